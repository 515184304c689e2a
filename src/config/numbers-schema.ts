import { z } from "zod";
import { foldPhrase } from "../domain/language/folding.ts";
import type { NumberLexicon, NumberWord } from "../domain/language/number-lexicon.ts";

const formsByValue = z.record(z.string().regex(/^\d+(\.\d+)?$/, "a number is expected as key"), z.string()).default({});

/** `config/languages/<iso>/numbers.yaml` */
export const numbersSchema = z.strictObject({
  decimal: z.enum([".", ","]).default("."),
  joiners: z.array(z.string()).default([]),
  unitsFirst: z.boolean().default(false),
  words: formsByValue,
  scales: formsByValue,
});

/** How much may be added behind a value: 10 behind 20, 100 behind 300, nothing behind 13. */
function roomBehind(value: number): number {
  if (value === 0) return 0;
  let room = 1;
  while (value % (room * 10) === 0) room *= 10;
  return room;
}

/** Compiles the file into look-up tables keyed by folded words. */
export function compileNumbers(data: z.output<typeof numbersSchema>): NumberLexicon {
  const words = new Map<string, NumberWord>();
  const phrases = new Map<string, { rest: string[]; word: NumberWord }[]>();
  const put = (form: string, word: NumberWord): void => {
    const [first = "", ...rest] = foldPhrase(form).split(/[\s-]+/);
    if (rest.length === 0) words.set(first, word);
    else
      phrases.set(
        first,
        [...(phrases.get(first) ?? []), { rest, word }].sort((a, b) => b.rest.length - a.rest.length),
      );
  };
  for (const [key, forms] of Object.entries(data.words))
    for (const form of forms.split(","))
      put(form, { kind: "add", value: Number(key), room: roomBehind(Number(key)), inside: false });
  for (const [key, forms] of Object.entries(data.scales))
    for (const form of forms.split(","))
      put(form, { kind: "times", value: Number(key), room: Number(key), inside: false });
  return {
    decimal: data.decimal,
    words,
    phrases,
    joiners: new Set(data.joiners.map(foldPhrase)),
    unitsFirst: data.unitsFirst,
  };
}
