import { z } from "zod";

/** A star that does not end its word, or a gap at either end: what the phrase compiler would refuse later. */
const MALFORMED = /\*[^\s|)]|(?:^|\s)\*|^\.\.\d|\.\.\d+$/;

/** Phrases on one line, parted by commas: quick to read and easy to compare between languages. */
export const phraseList = z.string().transform((list, context) => {
  const phrases = list
    .split(",")
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "");
  for (const phrase of phrases) {
    if (MALFORMED.test(phrase)) context.addIssue({ code: "custom", message: `a malformed phrase: «${phrase}»` });
  }
  return phrases;
});
