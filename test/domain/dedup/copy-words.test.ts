import { describe, expect, test } from "vitest";
import { compileCopyWords, MARKS } from "../../../src/domain/dedup/copy-words.ts";

const none = { words: [], beginnings: [], inside: [] };
const classOf = compileCopyWords({
  stem: 5,
  common: ["the"],
  auxiliaries: ["has"],
  negation: { words: ["not"], beginnings: ["չ", "س+ت"], inside: ["mayac"] },
  possibility: { ...none, words: ["may"] },
  future: { ...none, inside: ["acak"] },
  opposites: [[["confirm*"], ["deny", "denie*"]]],
});

describe("words as copies compare them", () => {
  test("endings do not tell words apart", () => {
    expect(classOf("soldier").stem).toBe(classOf("soldiers").stem);
    expect(classOf("soldier").stem).not.toBe(classOf("solar").stem);
  });

  test("a word of negation is a mark and no part of the sequence", () => {
    expect(classOf("not")).toMatchObject({ marks: MARKS.negated, dropped: true });
    expect(classOf("has")).toMatchObject({ marks: 0, dropped: true });
  });

  test("a negated form has the stem of the plain one", () => {
    expect(classOf("չհաստատեց")).toMatchObject({ marks: MARKS.negated, dropped: false });
    expect(classOf("չհաստատեց").stem).toBe(classOf("հաստատեց").stem);
  });

  test("of a beginning with a plus only what stands before it is taken off", () => {
    expect(classOf("سترسل").stem).toBe(classOf("ترسل").stem);
    expect(classOf("سكان").marks).toBe(0);
  });

  test("letters inside a word may carry several marks", () => {
    expect(classOf("göndermayacak").marks).toBe(MARKS.negated | MARKS.future);
  });

  test("opposites share a group and differ in their pole", () => {
    expect(classOf("confirmed").opposite).toEqual({ group: 1, pole: 1 });
    expect(classOf("denied").opposite).toEqual({ group: 1, pole: -1 });
    expect(classOf("described").opposite).toBeNull();
  });
});
