import type { RevisionAnalysis, RevisionToAnalyze } from "../domain/revision-analysis.ts";

/** What an analysis thread is asked: texts together, because a message costs more than a short text. */
export interface ThreadJob {
  readonly job: number;
  readonly revisions: readonly RevisionToAnalyze[];
}

/** Of each text its analysis, or why there is none. */
export type Analyzed = { readonly analysis: RevisionAnalysis } | { readonly error: string };

export type ThreadAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "analyzed"; readonly job: number; readonly results: readonly Analyzed[] };

export interface ThreadData {
  readonly configDir: string;
}
