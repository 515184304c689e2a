import { describe, expect, it } from "vitest";
import { foldText } from "../../../src/domain/language/folding.ts";
import { compilePhrases } from "../../../src/domain/language/phrases.ts";
import { type Token, tokenize } from "../../../src/domain/language/tokens.ts";

const writing = {
  prefixes: ["ال", "و"],
  minimumStem: 3,
  elisions: new Set<string>(),
  hyphenEndings: new Set<string>(),
};
const tokens = (text: string): Token[] => tokenize(foldText(text), writing);

/** The places where a phrase matches, as "first-last". */
function places(phrase: string, text: string): string[] {
  return compilePhrases([{ phrase, payload: 1 }])(tokens(text)).map(({ first, last }) => `${first}-${last}`);
}

describe("phrases", () => {
  it.each(["(killed|dead", "killed|dead", "more (on this|from)", "lost)"])(
    "refuses a group that would never be found: %s",
    (phrase) => {
      expect(() => compilePhrases([{ phrase, payload: 1 }])).toThrow(phrase);
    },
  );

  it.each([
    ["killed", "He was Killed, killed", ["2-3", "4-5"]],
    ["погиб*", "погиб и погибли", ["0-1", "2-3"]],
    ["(dead|wound*)", "dead or wounded", ["0-1", "2-3"]],
    ["# dead", "105 dead, ten dead", ["0-2"]],
    ["at _ time", "at that time, at this very time", ["0-3"]],
    ["lost ..2 men", "lost men; lost many brave men; lost a lot of men", ["0-2", "3-7"]],
    ["lost ..3 men", "lost. Men", []],
    ["a . m", "9 a.m.", ["1-4"]],
    ["well-known", "a well-known fact", ["1-3"]],
    ["جنود", "والجنود الجنود جنود", ["1-2", "2-3"]],
    ["ölü*", "ÖLÜ sayısı", ["0-1"]],
    ["*miyor*", "gelmiyorlar miyor geliyor", ["0-1"]],
    ["asker (*mez|*medi)", "asker gelmez, asker mez, asker gelmezler, asker gelmedi", ["0-2", "9-11"]],
  ])("%s in «%s»", (phrase, text, expected) => {
    expect(places(phrase, text)).toEqual(expected);
  });

  it("reports the longest phrase first at each place", () => {
    const match = compilePhrases([
      { phrase: "no", payload: "no" },
      { phrase: "no fewer than", payload: "at least" },
    ]);
    expect(match(tokens("no fewer than 5, no")).map((hit) => hit.payload)).toEqual(["at least", "no", "no"]);
  });

  it("keeps within the tokens asked for", () => {
    const match = compilePhrases([{ phrase: "a b", payload: 1 }]);
    const text = tokens("a b a b a b");
    expect(match(text, 1, 5).map((hit) => hit.first)).toEqual([2]);
    expect(match(text, 0, 6, 1).map((hit) => hit.first)).toEqual([0]);
    expect(match(text, 0, 1)).toEqual([]);
  });

  it.each(["", "  ", "..2 killed", "killed ..2", "a*b", "*", "(a|)", "-"])(
    "refuses the phrase «%s» by name",
    (phrase) => {
      expect(() => compilePhrases([{ phrase, payload: 1 }])).toThrow(phrase.trim() === "" ? "empty" : phrase);
    },
  );

  it("walks long repetitive texts in linear time", () => {
    const match = compilePhrases([{ phrase: "a ..3 a ..3 b", payload: 1 }]);
    const took = (count: number): number => {
      const text = tokens("a ".repeat(count));
      const start = process.cpuUsage();
      match(text);
      return process.cpuUsage(start).user / 1000;
    };
    took(2000);
    expect(took(80_000) / Math.max(3, took(8000))).toBeLessThan(45);
  });
});
