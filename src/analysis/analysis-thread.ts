import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { keptFiles } from "../config/kept-config.ts";
import { loadReadingConfiguration } from "../config/load-configuration.ts";
import { loadCopyRules } from "../config/load-copy-rules.ts";
import type { AnalyzeOptions } from "../domain/revision-analysis.ts";
import { readText } from "./read-text.ts";
import type { Analyzed, TextToRead, ThreadAnswer, ThreadData, ThreadJob } from "./thread-messages.ts";

// The entry of an analysis thread: it compiles the configuration itself, for what is compiled of it cannot be sent.
const port = threadPort();
const { config } = workerData as ThreadData;
const files = keptFiles(config);
const options: AnalyzeOptions = {
  ...loadReadingConfiguration(config.configDir, files),
  copyRules: loadCopyRules(config.configDir, files),
};

function threadPort(): MessagePort {
  if (parentPort !== null) return parentPort;
  throw new Error("analysis-thread.ts runs as a worker thread only");
}

function analyzed(text: TextToRead): Analyzed {
  try {
    return readText(text, options);
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

port.on("message", ({ job, texts }: ThreadJob) => {
  port.postMessage({ kind: "analyzed", job, results: texts.map(analyzed) } satisfies ThreadAnswer);
});
port.postMessage({ kind: "ready" } satisfies ThreadAnswer);
