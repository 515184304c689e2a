import type { RevisionAnalysis, RevisionToAnalyze } from "../domain/revision-analysis.ts";

/**
 * Reads a revision's text: language, the stories it concerns, claims, fingerprint.
 * @throws AnalysisError when the text itself cannot be read, or takes too long.
 */
export type AnalyzeRevision = (revision: RevisionToAnalyze) => Promise<RevisionAnalysis>;

/** The text is at fault: reading it again would end the same way. */
export class AnalysisError extends Error {
  /** It did not come to an end, or took its thread with it; else the reading itself failed. */
  readonly givenUp: boolean;
  constructor(message: string, { givenUp = false }: { readonly givenUp?: boolean } = {}) {
    super(message);
    this.name = "AnalysisError";
    this.givenUp = givenUp;
  }
}

/** The analysis was stopped: the text is not at fault. The code says so to whoever decides what becomes of it. */
export function stoppedError(): Error {
  return Object.assign(new Error("the analysis is stopped"), { code: "ECANCELED" });
}

/** No thread comes up to read: the text is not at fault here either, and is tried again. */
export function notStartedError(how: string): Error {
  return Object.assign(new Error(`no text can be read: the analysis ${how}`), { code: "ENOTHREAD" });
}

/** Whether it is the analysis that failed, for the text or by itself, and not whoever asked for it. */
export function isUnread(error: unknown): boolean {
  return error instanceof AnalysisError || (error instanceof Error && "code" in error && error.code === "ENOTHREAD");
}

export function isStopped(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECANCELED";
}

/**
 * Remembers the last `keep` analyses of revisions that concern a story, by their ids: the next stages of the same process
 * ask for them within moments. Another process reads them again and gets the same.
 */
export function remembering(analyze: AnalyzeRevision, keep: number): AnalyzeRevision {
  const remembered = new Map<string, RevisionAnalysis>();
  return async (revision) => {
    const known = remembered.get(revision.id);
    if (known !== undefined) return known;
    const analysis = await analyze(revision);
    if (analysis.relevant) remembered.set(revision.id, analysis);
    if (remembered.size > keep) remembered.delete(remembered.keys().next().value as string);
    return analysis;
  };
}

/** Begins reading rows as soon as they are there; `of` waits for one. Together they fill the messages to the threads. */
export function readAhead<Row extends { readonly id: string }>(
  analyze: AnalyzeRevision,
  toRevision: (row: Row) => RevisionToAnalyze,
): { begin(rows: readonly Row[]): void; of(row: Row): Promise<RevisionAnalysis> } {
  const begun = new Map<string, Promise<RevisionAnalysis>>();
  return {
    begin: (rows) => {
      for (const row of rows) {
        const analysis = analyze(toRevision(row));
        // Whoever asks for the row gets the error; one whose row is never asked for is no loss.
        analysis.catch(() => {});
        begun.set(row.id, analysis);
      }
    },
    of: (row) => begun.get(row.id) ?? analyze(toRevision(row)),
  };
}
