import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { loadReadingConfiguration } from "../config/load-configuration.ts";
import { loadCopyRules } from "../config/load-copy-rules.ts";
import { type AnalyzeOptions, analyzeRevision, type RevisionToAnalyze } from "../domain/revision-analysis.ts";
import type { Analyzed, ThreadAnswer, ThreadData, ThreadJob } from "./thread-messages.ts";

// The entry of an analysis thread: it reads the configuration itself, for what is compiled of it cannot be sent.
const port = threadPort();
const { configDir } = workerData as ThreadData;
const options: AnalyzeOptions = { ...loadReadingConfiguration(configDir), copyRules: loadCopyRules(configDir) };

function threadPort(): MessagePort {
  if (parentPort !== null) return parentPort;
  throw new Error("analysis-thread.ts runs as a worker thread only");
}

function analyzed(revision: RevisionToAnalyze): Analyzed {
  try {
    return { analysis: analyzeRevision(revision, options) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

port.on("message", ({ job, revisions }: ThreadJob) => {
  port.postMessage({ kind: "analyzed", job, results: revisions.map(analyzed) } satisfies ThreadAnswer);
});
port.postMessage({ kind: "ready" } satisfies ThreadAnswer);
