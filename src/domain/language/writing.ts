import type { WordWriting } from "./tokens.ts";

export const SCRIPTS = ["latin", "cyrillic", "arabic", "armenian", "georgian", "greek", "hebrew", "other"] as const;
export type Script = (typeof SCRIPTS)[number];

/** What `writing.yaml` of a language compiles to: how its words are written and by what it is recognised. */
export interface Writing extends WordWriting {
  readonly script: Script;
  /** Letters that set the language apart from others of its script. */
  readonly letters: string;
  /** Frequent short words, lower case as written. */
  readonly functionWords: readonly string[];
  /** Words behind which a full stop ends no sentence, folded, without the stop. */
  readonly abbreviations: ReadonlySet<string>;
}
