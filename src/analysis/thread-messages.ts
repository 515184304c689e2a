import type { KeptConfig } from "../config/kept-config.ts";
import type { RevisionAnalysis, RevisionToAnalyze } from "../domain/revision-analysis.ts";
import type { RevisionText } from "../domain/revision-reader.ts";
import type { TraceReading } from "../domain/trace.ts";

/** A text, and what it is read for: as the stages take it, or with how everything was decided. */
export type TextToRead =
  | { readonly kind: "analysis"; readonly revision: RevisionToAnalyze }
  | { readonly kind: "trace"; readonly revision: RevisionText };

/** What an analysis thread is asked: texts together, because a message costs more than a short text. */
export interface ThreadJob {
  readonly job: number;
  readonly texts: readonly TextToRead[];
}

/** What was asked of a text. */
export type TextRead = { readonly analysis: RevisionAnalysis } | { readonly trace: readonly TraceReading[] };
/** … or why there is none. */
export type Analyzed = TextRead | { readonly error: string };

export type ThreadAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "analyzed"; readonly job: number; readonly results: readonly Analyzed[] };

export interface ThreadData {
  /** What the process runs with, whatever stands in the folder when the thread starts. */
  readonly config: KeptConfig;
}
