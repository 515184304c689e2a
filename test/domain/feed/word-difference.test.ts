import fc from "fast-check";
import { expect, test } from "vitest";
import { wordDifference } from "../../../src/domain/feed/word-difference.ts";

/** In the notation of wdiff. */
const shown = (before: string, after: string): string =>
  wordDifference(before, after)
    .map(({ kind, text }) => (kind === "same" ? text : kind === "removed" ? `[-${text}-]` : `{+${text}+}`))
    .join(" ");

test("a changed number stands beside the one that it replaced", () => {
  expect(shown("The army lost 49 men on Tuesday.", "The army lost 105 men on Tuesday.")).toBe(
    "The army lost [-49-] {+105+} men on Tuesday.",
  );
});

test("words that came or went stand alone", () => {
  expect(shown("Two were hurt.", "Two soldiers were badly hurt.")).toBe("Two {+soldiers+} were {+badly+} hurt.");
  expect(shown("قتل أمس عشرة جنود", "قتل عشرة جنود")).toBe("قتل [-أمس-] عشرة جنود");
});

test("spacing alone is no difference", () => {
  expect(wordDifference("One  two\nthree", "One two three")).toEqual([]);
});

test("a long text shows the words around a change", () => {
  const words = Array.from({ length: 60 }, (_, index) => `w${index}`);
  const after = words.with(30, "new");
  expect(shown(words.join(" "), after.join(" "))).toBe(
    "… w22 w23 w24 w25 w26 w27 w28 w29 [-w30-] {+new+} w31 w32 w33 w34 w35 w36 w37 w38 …",
  );
});

test("both texts can be told from the difference", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 14 });
  const side = (parts: ReturnType<typeof wordDifference>, without: string) =>
    parts.flatMap(({ kind, text }) => (kind === without ? [] : text.split(" "))).join(" ");
  fc.assert(
    fc.property(words, words, (before, after) => {
      const parts = wordDifference(before.join(" "), after.join(" "));
      if (parts.length === 0) {
        expect(before).toEqual(after);
        return;
      }
      if (parts.some(({ text }) => text.includes("…"))) return;
      expect(side(parts, "added")).toBe(before.join(" "));
      expect(side(parts, "removed")).toBe(after.join(" "));
    }),
    { numRuns: 2000 },
  );
});

test("another text altogether is told within bounds", () => {
  const one = Array.from({ length: 20_000 }, (_, index) => `a${index}`).join(" ");
  const other = Array.from({ length: 20_000 }, (_, index) => `b${index}`).join(" ");
  const began = performance.now();
  expect(wordDifference(one, other).map(({ kind }) => kind)).toEqual(["removed", "added"]);
  expect(performance.now() - began).toBeLessThan(2000);
});
