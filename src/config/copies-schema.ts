import { z } from "zod";
import { type CopyWords, compileCopyWords } from "../domain/dedup/copy-words.ts";

const words = z.array(z.string().min(1)).default([]);

const mark = z
  .strictObject({ words, beginnings: words, inside: words })
  .prefault({})
  .describe("whole words; beginnings that are taken off a word; letters inside a word behind its second letter");

/** `config/languages/<iso>/copies.yaml`: how words take part when two reports are compared. Every part may be left out. */
export const copiesSchema = z.strictObject({
  stem: z.number().int().min(3).max(20).default(6).describe("how many letters of a word are compared"),
  common: words.describe("words too frequent to tell reports apart"),
  auxiliaries: words.describe("words left out of sequences, so that a tense makes no other sequence"),
  negation: mark,
  possibility: mark,
  future: mark,
  opposites: z
    .array(z.tuple([words, words]))
    .default([])
    .describe("pairs of lists that say opposite things"),
});

/** Turns a language's `copies.yaml` into the look-up of its words. */
export function compileCopies(file: z.output<typeof copiesSchema>): CopyWords {
  return compileCopyWords(file);
}
