import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import type { Item } from "../../../src/domain/item.ts";
import { numbersOf } from "../../../src/domain/language/number-list.ts";
import { readItem } from "../../../src/domain/language/read-item.ts";
import { SPELLERS } from "./spell-numbers.ts";

const packs = loadLanguages(fileURLToPath(new URL("../../../config", import.meta.url)));
const item = (title: string, text: string, lang?: string): Item => ({
  id: "1",
  title,
  text,
  published: null,
  ...(lang ? { lang } : {}),
});

describe("an item as read", () => {
  it("has its title first, and no field that is empty", () => {
    const both = readItem(item("Two killed", "Two soldiers were killed on the border."), packs);
    expect(both.fields.map(({ field }) => field)).toEqual(["title", "text"]);
    expect(readItem(item("", "Two"), packs).fields.map(({ field }) => field)).toEqual(["text"]);
    expect(readItem(item("", ""), packs).fields).toEqual([]);
  });

  it("is read in its language whatever the feed claims", () => {
    const { lang, fields } = readItem(item("", "Погибли сто пять человек, сообщило министерство.", "en"), packs);
    expect(lang).toBe("ru");
    expect(fields[0]!.numbers.map(({ value }) => value)).toEqual([105]);
  });

  it("has digits read in a language without number words", () => {
    const { lang, fields } = readItem(item("", "Watu 1,500 na 105", "sw"), packs);
    expect(lang).toBe("sw");
    expect(fields[0]!.numbers.map(({ value }) => value)).toEqual([1500, 105]);
  });
});

describe("the list of numbers", () => {
  const listed = (text: string, lang: string): number[] =>
    numbersOf(readItem(item("", text, lang), packs)).map(({ value }) => value);

  it("holds every number, figures or not", () => {
    expect(listed("On 13 September 2022 at 20:00 they lost 105 men, or 5%.", "en")).toEqual([13, 2022, 20, 0, 105, 5]);
  });
  it("holds both ends of a range", () => {
    expect(listed("between 20 and 30 men", "en")).toEqual([20, 30]);
  });
  it("holds no vague quantity, no single person, no ordinal in words and no pronoun", () => {
    expect(listed("Dozens fled. A soldier was killed in the first raid, one of many.", "en")).toEqual([]);
  });
  it("splits addresses, telephone numbers and dates", () => {
    expect(listed("10.20.30.40", "en")).toEqual([10, 20, 30, 40]);
    expect(listed("call +1-555-0100", "en")).toEqual([1, 555, 100]);
    expect(listed("5/17/2018", "en")).toEqual([5, 17, 2018]);
  });
  it("gives the words that carry each number", () => {
    const text = "Сто пять и 2,5 тыс. человек";
    for (const { text: quote, start, end } of numbersOf(readItem(item("", text, "ru"), packs)))
      expect(quote).toBe(text.slice(start, end));
  });
});

/** Pieces of texts in all languages, with the marks that make reading hard. */
const pieces = fc.oneof(
  fc.constantFrom(
    ...[
      "1,500",
      "20:00",
      "13.09.2022",
      "192.168.0.1",
      "0",
      "007",
      "1e10",
      "٤٩",
      "۱۰۵",
      "-",
      "–",
      "'",
      "’",
      ".",
      ",",
      ":",
      "։",
      "«",
      "»",
      "\n",
      " ",
      "%",
      "$",
    ],
    ...[
      "and",
      "و",
      "et",
      "bin",
      "тыс",
      "ألف",
      "hundred",
      "half a",
      "million",
      "to",
      "between",
      "الـ",
      "yüz",
      "հազար",
      "\u0301",
      "\u200f",
      "\u00ad",
      "🕊",
    ],
  ),
  fc
    .constantFrom(...Object.values(SPELLERS))
    .chain((spell) => fc.integer({ min: 0, max: 9_999_999 }).map((value) => spell(value)[0]!)),
  fc.string({ unit: "binary", maxLength: 6 }),
);

describe("any text", () => {
  it("gives spans that are exact, in order and inside the field", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(pieces, fc.constantFrom("", " ", "-")), { maxLength: 25 }),
        fc.constantFrom("en", "ar", "ru", "tr", "fr", "hy", "az", "und"),
        (parts, lang) => {
          const text = parts.flat().join("");
          const reading = readItem(item("", text, lang), packs);
          for (const { original, numbers, tokens, sentences } of reading.fields) {
            expect(original).toBe(text);
            for (const { start, end, first, last } of [
              ...numbers,
              ...numbers.flatMap((number) => number.parts ?? []),
            ]) {
              expect(start).toBeLessThan(end);
              expect(first).toBeLessThan(last);
              expect(start).toBeGreaterThanOrEqual(tokens[first]!.start);
              expect(end).toBeLessThanOrEqual(tokens[last - 1]!.end);
            }
            for (let index = 1; index < numbers.length; index += 1)
              expect(numbers[index]!.start).toBeGreaterThanOrEqual(numbers[index - 1]!.end);
            expect(sentences.at(-1)?.last ?? 0).toBe(tokens.length);
          }
          for (const { value, text: quote, start, end } of numbersOf(reading)) {
            expect(quote).toBe(text.slice(start, end));
            expect(Number.isFinite(value)).toBe(true);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Texts that make careless readers slow, by the piece that is repeated. */
const HOSTILE: Readonly<Record<string, string>> = {
  "one run of digits": "9",
  "groups of digits": "1,000",
  "groups behind spaces": "123 ",
  "digits and hyphens": "1-",
  "number words": "one hundred and ",
  "thousands of thousands": "thousand ",
  "tens that cannot be added": "twenty and ",
  "Turkish words written together": "ikiyüz",
  "Arabic joiners": "وخمسة",
  "nested quotes": "«\"'",
  "full stops": "a. ",
  "marks over one letter": "\u0301",
  "mixed directions": "عربي\u200f abc\u200e 5 ",
  articles: "a young ",
  between: "between 5 and ",
  vague: "tens of ",
};

describe("reading time", () => {
  it.each(Object.entries(HOSTILE))("grows no faster than the text: %s", (_name, piece) => {
    /** Processor milliseconds, the better of two rounds: other processes must not count. */
    const took = (length: number): number => {
      const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
      const rounds = [0, 1].map(() => {
        const start = process.cpuUsage();
        for (const lang of ["en", "ar", "tr"]) readItem(item("", text, lang), packs);
        return process.cpuUsage(start).user / 1000;
      });
      return Math.min(...rounds);
    };
    took(10_000);
    // Ten times the text: linear reading takes ten times as long, quadratic a hundred times.
    expect(took(120_000) / Math.max(5, took(12_000))).toBeLessThan(45);
  });
});
