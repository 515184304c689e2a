import { describe, expect, it } from "vitest";
import { agree, isUnmarkedRounding } from "../../../src/domain/baseline/agreement.ts";
import type { Qualifier } from "../../../src/domain/claims/claim.ts";
import { frame } from "./course.ts";

const words = (value: number, qualifier: Qualifier = "exact") => ({ value, qualifier });

describe("wordings of a number", () => {
  it.each([
    [105, "exact", 105, "at_least"],
    [105, "exact", 100, "more_than"],
    [71, "exact", 70, "more_than"],
    [207, "exact", 200, "more_than"],
    [2570, "at_least", 2500, "more_than"],
    [49, "exact", 50, "nearly"],
    [49, "exact", 50, "about"],
    [105, "exact", 100, "about"],
    [7000, "about", 7200, "exact"],
  ] as const)("%s %s and %s %s agree", (a, qa, b, qb) => {
    expect(agree(words(a, qa), words(b, qb), frame.changes)).toBe(true);
    expect(agree(words(b, qb), words(a, qa), frame.changes)).toBe(true);
  });

  it.each([
    [105, "exact", 100, "exact"],
    [135, "exact", 105, "at_least"],
    [82, "exact", 70, "more_than"],
    [52, "exact", 50, "nearly"],
    [120, "exact", 100, "about"],
    [200, "exact", 100, "more_than"],
  ] as const)("%s %s and %s %s differ", (a, qa, b, qb) => {
    expect(agree(words(a, qa), words(b, qb), frame.changes)).toBe(false);
  });

  it.each([
    [50, 49, true],
    [100, 99, true],
    [80, 79, true],
    [79, 77, false],
    [100, 105, false],
    [7, 6, false],
    [300, 293, true],
    [200, 207, false],
  ])("%s is a rounding of %s: %s", (round, value, expected) => {
    expect(isUnmarkedRounding(words(round), value, frame.changes)).toBe(expected);
  });
});
