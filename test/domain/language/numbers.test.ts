import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { readField } from "../../../src/domain/language/read-item.ts";
import { SPELLERS } from "./spell-numbers.ts";

interface GoldenNumber {
  quote: string;
  value?: number;
  low?: number;
  high?: number;
  form?: string;
  not?: string;
}
interface GoldenSentence {
  text: string;
  numbers: GoldenNumber[];
}

const root = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const packs = loadLanguages(root("config"));
/** Forms that the golden files name; the others follow from the quote. */
const NAMED_FORMS = new Set(["dual", "singular", "collective", "range", "vague", "ordinal"]);

/** The numbers of a sentence in the shape of the golden files. */
function numbersIn(iso: string, text: string): GoldenNumber[] {
  return readField("text", text, packs.byIso.get(iso)!).numbers.map((number) => ({
    quote: text.slice(number.start, number.end),
    ...(number.value === null ? {} : { value: number.value }),
    ...(number.low === undefined ? {} : { low: number.low, high: number.high! }),
    ...(NAMED_FORMS.has(number.form) ? { form: number.form } : {}),
    ...(number.notFigure === null ? {} : { not: number.notFigure }),
  }));
}

const languages = readdirSync(root("test/golden"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe.each(languages)("numbers in golden sentences: %s", (iso) => {
  const sentences: GoldenSentence[] = parse(readFileSync(root(`test/golden/${iso}/numbers.yaml`), "utf8"));
  it.each(sentences)("$text", ({ text, numbers }) => {
    expect(numbersIn(iso, text)).toEqual(numbers);
  });
});

describe("numbers in languages read by data alone", () => {
  const sentences: (GoldenSentence & { lang: string })[] = parse(
    readFileSync(root("test/golden/light-numbers.yaml"), "utf8"),
  );
  it.each(sentences)("$lang: $text", ({ lang, text, numbers }) => {
    expect(numbersIn(lang, text)).toEqual(numbers);
  });
});

/** All values below 2000, the round ones, and a fixed sample up to ten million. */
function sampleValues(): number[] {
  const values = Array.from({ length: 2000 }, (_, value) => value);
  for (let step = 2; step < 100; step += 1) values.push(step * 1000, step * 1000 + 5, step * 100_000);
  let seed = 7;
  for (let count = 0; count < 1500; count += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    values.push(seed % 10_000_000);
  }
  return values;
}

describe.each(Object.entries(SPELLERS))("numbers spelled out: %s", (iso, spell) => {
  it("reads them whole and right", () => {
    const pack = packs.byIso.get(iso)!;
    const misread: string[] = [];
    let spellings = 0;
    for (const value of sampleValues()) {
      for (const spelled of spell(value)) {
        spellings += 1;
        const [only, ...others] = readField("text", spelled, pack).numbers;
        const whole = only?.start === 0 && only.end === spelled.length && others.length === 0;
        if (!whole || only.value !== value) misread.push(`${value} ${spelled}`);
      }
    }
    // Left out on purpose: forms that alone are other words of the language ("bir", "bine" to the horse, "un").
    expect(misread.filter((line) => Number.parseInt(line, 10) > 1000)).toEqual([]);
    expect(misread.length / spellings).toBeLessThan(0.001);
  });
});
