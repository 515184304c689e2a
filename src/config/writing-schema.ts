import { z } from "zod";
import { foldPhrase } from "../domain/language/folding.ts";
import { SCRIPTS, type Writing } from "../domain/language/writing.ts";

/** `config/languages/<iso>/writing.yaml` */
export const writingSchema = z.strictObject({
  name: z.string().min(1).default("unnamed"),
  script: z.enum(SCRIPTS).default("other"),
  letters: z.string().default(""),
  expected: z.string().default(""),
  function: z.array(z.string()).default([]),
  endings: z.array(z.string().length(3)).default([]),
  prior: z.number().min(0).default(0),
  prefixes: z.array(z.string()).default([]),
  minimumStem: z.number().int().min(1).default(3),
  elisions: z.array(z.string()).default([]),
  hyphenEndings: z.array(z.string()).default([]),
  abbreviations: z.array(z.string()).default([]),
  sentenceEnds: z.array(z.string()).default([]),
  ordinalStop: z.boolean().default(false),
});

/** Turns the file's words into the folded forms that the domain compares. */
export function compileWriting(data: z.output<typeof writingSchema>): Writing {
  return {
    script: data.script,
    letters: data.letters + data.expected,
    expected: data.expected,
    functionWords: data.function,
    openers: new Set(data.function.map(foldPhrase)),
    endings: data.endings,
    prior: data.prior,
    prefixes: data.prefixes.map(foldPhrase).sort((a, b) => b.length - a.length),
    minimumStem: data.minimumStem,
    elisions: new Set(data.elisions.map(foldPhrase)),
    hyphenEndings: new Set(data.hyphenEndings.map(foldPhrase)),
    abbreviations: new Set(data.abbreviations.map(foldPhrase)),
    sentenceEnds: new Set(data.sentenceEnds.map(foldPhrase)),
    ordinalStop: data.ordinalStop,
  };
}
