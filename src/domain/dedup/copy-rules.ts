import type { PhraseMatcher } from "../language/phrases.ts";
import type { CopyWords } from "./copy-words.ts";
import type { CreditCue } from "./credit-lines.ts";

/** What telling copies takes of the configuration: `config/languages/<iso>/copies.yaml` and `config/credit-lines.yaml`. */
export interface CopyRules {
  readonly byIso: ReadonlyMap<string, CopyWords>;
  /** For languages that have no file. */
  readonly other: CopyWords;
  readonly credits: PhraseMatcher<CreditCue>;
}

export function wordsOf(lang: string, rules: CopyRules): CopyWords {
  return rules.byIso.get(lang) ?? rules.other;
}
