import { z } from "zod";
import type { AttributionCue, AttributionCues } from "../domain/claims/attribution-cues.ts";
import { foldPhrase } from "../domain/language/folding.ts";
import { compilePhrases, type Phrase } from "../domain/language/phrases.ts";
import { phraseList } from "./phrase-list.ts";

const phrases = phraseList.default([]);
const named = z.record(z.string(), phrases).default({});

/** `config/languages/<iso>/attribution.yaml`: who asserts something, and how a clause claims. */
export const attributionSchema = z.strictObject({
  subject: z.enum(["near", "after", "first"]).default("near"),
  home: z.string().nullable().default(null),
  prepositions: phrases,
  oblique: phrases,
  genitive: phrases,
  cases: phrases,
  speech: phrases,
  addressed: phrases,
  denies: phrases,
  silence: phrases,
  after: phrases,
  before: phrases,
  offices: named,
  bodies: named,
  sorts: named,
  pronouns: phrases,
  and: phrases,
  complement: phrases,
  contrast: phrases,
});

export type AttributionFile = z.output<typeof attributionSchema>;

/** Compiles a language's attribution cues. Throws an Error that names a malformed phrase. */
export function compileAttribution(file: AttributionFile): AttributionCues {
  return {
    find: compilePhrases(cuesOf(file)),
    subject: file.subject,
    home: file.home,
    caseSuffixes: new Set(file.cases.map(foldPhrase)),
    genitiveEndings: file.genitive.map(foldPhrase),
    obliqueEndings: file.oblique.map(foldPhrase).sort((a, b) => b.length - a.length),
  };
}

function tagged<T>(list: readonly string[], payload: T): Phrase<T>[] {
  return list.map((phrase) => ({ phrase, payload }));
}

function cuesOf(file: AttributionFile): Phrase<AttributionCue>[] {
  const roles = (["offices", "bodies", "sorts"] as const).flatMap((part) =>
    Object.entries(file[part]).flatMap(([role, list]) =>
      tagged<AttributionCue>(list, {
        kind: "role",
        role,
        of: part === "offices" ? "office" : part === "bodies" ? "body" : "sort",
      }),
    ),
  );
  return [
    ...tagged<AttributionCue>(file.speech, { kind: "speech", speaker: "subject", manner: "says" }),
    ...tagged<AttributionCue>(file.addressed, { kind: "speech", speaker: "subject", manner: "addresses" }),
    ...tagged<AttributionCue>(file.denies, { kind: "speech", speaker: "subject", manner: "denies" }),
    ...tagged<AttributionCue>(file.silence, { kind: "speech", speaker: "subject", manner: "silent" }),
    ...tagged<AttributionCue>(file.after, { kind: "speech", speaker: "after", manner: "says" }),
    ...tagged<AttributionCue>(file.before, { kind: "speech", speaker: "before", manner: "says" }),
    ...tagged<AttributionCue>(file.prepositions, { kind: "preposition" }),
    ...tagged<AttributionCue>(file.pronouns, { kind: "pronoun" }),
    ...tagged<AttributionCue>(file.and, { kind: "and" }),
    ...tagged<AttributionCue>(file.complement, { kind: "complement" }),
    ...tagged<AttributionCue>(file.contrast, { kind: "contrast" }),
    ...roles,
  ];
}
