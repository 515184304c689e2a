import type { WordWriting } from "./tokens.ts";

export const SCRIPTS = ["latin", "cyrillic", "arabic", "armenian", "georgian", "greek", "hebrew", "other"] as const;
export type Script = (typeof SCRIPTS)[number];

/** What `writing.yaml` of a language compiles to: how its words are written and by what it is recognised. */
export interface Writing extends WordWriting {
  readonly script: Script;
  /** Letters that set the language apart from others of its script. */
  readonly letters: string;
  /** Letters that every longer text of the language has ("ə" in Azerbaijani). */
  readonly expected: string;
  /** Frequent short words, lower case as written. */
  readonly functionWords: readonly string[];
  /** The same words folded: one of them with a capital begins a sentence. */
  readonly openers: ReadonlySet<string>;
  /** Frequent endings of three letters, lower case as written. */
  readonly endings: readonly string[];
  /** How much likelier than others the language is before a text is read. */
  readonly prior: number;
  /** Words behind which a full stop ends no sentence, folded, without the stop. */
  readonly abbreviations: ReadonlySet<string>;
  /** Marks that end a sentence in this language beside the common ones, folded. */
  readonly sentenceEnds: ReadonlySet<string>;
  /** A full stop behind a small number makes it an ordinal: "2. Ordu". */
  readonly ordinalStop: boolean;
}
