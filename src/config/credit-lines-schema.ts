import { z } from "zod";
import type { CreditCue } from "../domain/dedup/credit-lines.ts";
import { compilePhrases, type PhraseMatcher } from "../domain/language/phrases.ts";

const phrases = z.array(z.string().min(1)).default([]);

/** `config/credit-lines.yaml`: the words by which lines are known that only say who sent a report. */
export const creditLinesSchema = z.strictObject({ agencies: phrases, by: phrases, source: phrases, rest: phrases });

/** Turns `credit-lines.yaml` into the matcher that finds credit lines. */
export function compileCreditLines(file: z.output<typeof creditLinesSchema>): PhraseMatcher<CreditCue> {
  const cues = { agency: file.agencies, by: file.by, source: file.source, rest: file.rest } as const;
  return compilePhrases(
    Object.entries(cues).flatMap(([cue, list]) => list.map((phrase) => ({ phrase, payload: cue as CreditCue }))),
  );
}
