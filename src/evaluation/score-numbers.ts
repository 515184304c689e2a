import type { NumbersLabels, ParallelRow } from "./labels.ts";
import { ratio, valueAt } from "./ratio.ts";

/** How many texts of a language gave exactly the numbers expected. */
export interface NumbersScore {
  readonly share: number | null;
  readonly right: number;
  readonly cases: number;
}

/** The language that the others are held against, because its numbers are the surest. */
const REFERENCE = "en";

/** Scores the numbers read from texts, by language: all of a text and no others, in any order. */
export function scoreNumbers(
  texts: readonly NumbersLabels[],
  numbersOf: (id: string) => readonly number[],
  note: (line: string) => void,
): Record<string, NumbersScore> {
  const rows = texts.map(({ id, lang, text, numbers }): Row => {
    const said = joined(numbersOf(id));
    const expected = joined(numbers.map(({ value }) => Number(value)));
    return { lang, right: said === expected, said, expected, text };
  });
  return scoresOf(rows, "numbers", note);
}

/** Scores sentences in several languages: each is right where it gives the numbers of the English one, which has some. */
export function scoreParallel(
  sentences: readonly ParallelRow[],
  languages: readonly string[],
  numbersOf: (id: string) => readonly number[],
  note: (line: string) => void,
): Record<string, NumbersScore> {
  const rows = sentences.flatMap((row) => {
    const expected = joined(numbersOf(`${row.id}:${REFERENCE}`));
    if (expected === "") return [];
    return languages.map((lang): Row => {
      const said = joined(numbersOf(`${row.id}:${lang}`));
      return { lang, right: said === expected, said, expected, text: row[lang] ?? "" };
    });
  });
  return scoresOf(rows, "parallel", note);
}

interface Row {
  readonly lang: string;
  readonly right: boolean;
  readonly said: string;
  readonly expected: string;
  readonly text: string;
}

function scoresOf(rows: readonly Row[], part: string, note: (line: string) => void): Record<string, NumbersScore> {
  const languages = new Map<string, { right: number; cases: number }>();
  for (const { lang, right, said, expected, text } of rows) {
    const counts = valueAt(languages, lang, () => ({ right: 0, cases: 0 }));
    counts.cases += 1;
    if (right) counts.right += 1;
    else note(`${part} ${lang}: said [${said}], is [${expected}] «${text}»`);
  }
  return Object.fromEntries(
    [...languages].map(([lang, { right, cases }]) => [lang, { share: ratio(right, cases), right, cases }]),
  );
}

function joined(numbers: readonly number[]): string {
  return [...numbers].sort((a, b) => a - b).join();
}
