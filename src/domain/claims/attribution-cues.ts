import type { PhraseMatcher } from "../language/phrases.ts";

/**
 * Where the one who speaks stands around words of saying: `subject` is found by the language's word order,
 * `after` follows ("according to X", «وفق X»), `before` precedes ("X'e göre", "X-ի խոսքով").
 */
export type SpeakerPlace = "subject" | "after" | "before";

/** A word or phrase that bears on who asserts something. */
export type AttributionCue =
  /** Words of saying; `addresses` takes the one spoken to as its object, `silent` is "has not commented". */
  | {
      readonly kind: "speech";
      readonly speaker: SpeakerPlace;
      readonly manner: "says" | "addresses" | "denies" | "silent";
    }
  /** What follows it is no subject: "to", «أمام», «с». */
  | { readonly kind: "preposition" }
  /** An office ("prime-minister"), a body that several countries have ("defence-ministry"), or a sort of speaker ("official"). */
  | { readonly kind: "role"; readonly role: string; readonly of: "office" | "body" | "sort" }
  /** "he", «она», «բայց նա»: the one who spoke last. */
  | { readonly kind: "pronoun" }
  /** Joins two that speak or are spoken of: "and", «и». */
  | { readonly kind: "and" }
  /** Opens the complement: "that", «что», «إن». */
  | { readonly kind: "complement" }
  /** Begins another clause with a subject of its own: "while", «а», «فيما». */
  | { readonly kind: "contrast" };

/** What `attribution.yaml` of a language compiles to. */
export interface AttributionCues {
  readonly find: PhraseMatcher<AttributionCue>;
  /** Where a verb of saying has its subject: right before or after it (`near`), after it (`after`), or first in the clause (`first`). */
  readonly subject: "near" | "after" | "first";
  /** The side whose offices a text of this language means when it names no country («վարչապետը»); null for none. */
  readonly home: string | null;
  /** Case endings written behind an apostrophe or hyphen, folded ("in", "ից"). */
  readonly caseSuffixes: ReadonlySet<string>;
  /** Endings of a possessed noun in the genitive: a country right before it is its owner, no subject («Azərbaycan qoşunlarının»). */
  readonly genitiveEndings: readonly string[];
  /** Endings that show a name to be no subject, longest first, folded ("nin", "ին", "ии"). */
  readonly obliqueEndings: readonly string[];
}
