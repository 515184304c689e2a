import { z } from "zod";

/** A star amid its word or alone, or a gap at either end: what the phrase compiler would refuse later. */
const MALFORMED = /[^\s|(]\*[^\s|)]|(?:^|[\s|(])\*+(?=$|[\s|)])|^\.\.\d|\.\.\d+$/;

/** A bracket that nothing answers: what stands in it would never be found. */
const OPEN_GROUP = /\([^)]*(?:\(|$)|^[^(]*\)|\)[^(]*\)/;

/** Alternatives are single words: "(laid down|gave)" would be read as three parts. */
const SPACED_GROUP = /\([^)]*\s[^)]*\)/;

const isMalformed = (phrase: string): boolean => MALFORMED.test(phrase) || OPEN_GROUP.test(phrase);

/** One phrase, as the phrase compiler takes it. */
export const phraseText = z
  .string()
  .min(1)
  .refine((text) => !isMalformed(text) && !SPACED_GROUP.test(text), "a malformed phrase");

/** Phrases on one line, parted by commas: quick to read and easy to compare between languages. */
export const phraseList = z.string().transform((list, context) => {
  const phrases = list
    .split(",")
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "");
  for (const phrase of phrases) {
    if (isMalformed(phrase)) context.addIssue({ code: "custom", message: `a malformed phrase: «${phrase}»` });
  }
  return phrases;
});
