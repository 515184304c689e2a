import { expect, it } from "vitest";
import { isFull, rememberByWord, type Vocabulary, vocabularyOf, wordAt } from "../../../src/domain/language/words.ts";

const formsOf = (folded: string) => [folded];

const wordIn = (vocabulary: Vocabulary, text: string, start = 0, end = text.length) =>
  wordAt(
    vocabulary,
    Uint16Array.from(text, (letter) => letter.charCodeAt(0)),
    start,
    end,
    formsOf,
  );

it("knows a spelling by its letters wherever it stands, and tells others apart", () => {
  const vocabulary = vocabularyOf({});
  const first = wordIn(vocabulary, "killed in clashes", 0, 6);
  expect(first.folded).toBe("killed");
  expect(wordIn(vocabulary, "49 killed", 3)).toBe(first);
  expect(wordIn(vocabulary, "killer")).not.toBe(first);
  expect(wordIn(vocabulary, "kille").id).toBe(2);
});

it("begins anew when it is full, so that it cannot grow without end", () => {
  const language = {};
  const old = vocabularyOf(language);
  for (let count = 0; !isFull(old); count += 1) wordIn(old, `w${count}`);
  expect(vocabularyOf(language)).not.toBe(old);
  expect(vocabularyOf(language).size).toBe(0);
});

it("asks once for every word, each vocabulary's apart", () => {
  const asked: string[] = [];
  const lengthOf = rememberByWord(({ folded }) => {
    asked.push(folded);
    return [folded.length];
  });
  const [one, other] = [vocabularyOf({}), vocabularyOf({})];
  const dead = wordIn(one, "dead");
  const alive = wordIn(other, "alive");
  expect(lengthOf(dead)).toEqual([4]);
  expect(lengthOf(alive)).toEqual([5]);
  expect(lengthOf(dead)).toEqual([4]);
  expect(asked).toEqual(["dead", "alive"]);
});
