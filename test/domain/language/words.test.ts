import { expect, it } from "vitest";
import { isFull, rememberByWord, vocabularyOf, wordAt } from "../../../src/domain/language/words.ts";

const formsOf = (folded: string) => [folded];

it("knows a spelling by its letters wherever it stands, and tells others apart", () => {
  const vocabulary = vocabularyOf({});
  const first = wordAt(vocabulary, "killed in clashes", 0, 6, formsOf);
  expect(first.folded).toBe("killed");
  expect(wordAt(vocabulary, "49 killed", 3, 9, formsOf)).toBe(first);
  expect(wordAt(vocabulary, "killer", 0, 6, formsOf)).not.toBe(first);
  expect(wordAt(vocabulary, "kille", 0, 5, formsOf).id).toBe(2);
});

it("begins anew when it is full, so that it cannot grow without end", () => {
  const language = {};
  const old = vocabularyOf(language);
  for (let count = 0; !isFull(old); count += 1) {
    const spelling = `w${count}`;
    wordAt(old, spelling, 0, spelling.length, formsOf);
  }
  expect(vocabularyOf(language)).not.toBe(old);
  expect(vocabularyOf(language).words).toHaveLength(0);
});

it("asks once for every word, each vocabulary's apart", () => {
  const asked: string[] = [];
  const lengthOf = rememberByWord(({ folded }) => {
    asked.push(folded);
    return [folded.length];
  });
  const [one, other] = [vocabularyOf({}), vocabularyOf({})];
  const dead = wordAt(one, "dead", 0, 4, formsOf);
  const alive = wordAt(other, "alive", 0, 5, formsOf);
  expect(lengthOf(dead)).toEqual([4]);
  expect(lengthOf(alive)).toEqual([5]);
  expect(lengthOf(dead)).toEqual([4]);
  expect(asked).toEqual(["dead", "alive"]);
});
