import type { BaselineDraft } from "../domain/baseline/draft.ts";
import type { Article } from "../domain/baseline/draft-article.ts";
import type { BaselineCheck, CheckOptions } from "./check-baseline.ts";
import type { DraftOptions } from "./draft-of.ts";

/** A draft with the article that its spans lie in. */
export interface DrawnDraft {
  readonly article: Article;
  readonly draft: BaselineDraft;
}

/** What the drafting thread is asked. */
export type DraftingJob =
  | { readonly kind: "draft"; readonly source: string; readonly options: DraftOptions; readonly configDir: string }
  | ({ readonly kind: "check" } & CheckOptions);

/** What the thread says. */
export type ThreadMessage = { readonly kind: "ready" } | DraftingAnswer;

/** What it answers to a job. */
export type DraftingAnswer =
  | { readonly kind: "drawn"; readonly drawn: DrawnDraft }
  | { readonly kind: "checked"; readonly check: BaselineCheck }
  /** `field`: what was given wrong; empty where the configuration is at fault. */
  | { readonly kind: "refused"; readonly field: string; readonly message: string };
