import { parentPort, workerData } from "node:worker_threads";
import type { DateWords } from "../domain/feed/feed-date.ts";
import { FeedError } from "../domain/feed/feed-error.ts";
import { parseDocument } from "./parse-document.ts";
import type { ThreadAnswer, ThreadJob } from "./thread-messages.ts";

// The entry of a parsing thread: one document at a time, answered by its number.
const dateWords = (workerData as { dateWords: DateWords }).dateWords;
const port = parentPort;
if (port === null) throw new Error("parse-thread.ts runs as a worker thread only");

async function answer(job: ThreadJob): Promise<ThreadAnswer> {
  try {
    return {
      kind: "parsed",
      job: job.job,
      feed: await parseDocument(job.bytes, job.hints, dateWords, job.recoverOnly),
    };
  } catch (error) {
    if (error instanceof FeedError) return { kind: "refused", job: job.job, code: error.code, message: error.message };
    return {
      kind: "refused",
      job: job.job,
      code: "malformed",
      message: `the document cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

port.on("message", (job: ThreadJob) => {
  void answer(job).then((message) => port.postMessage(message));
});
port.postMessage({ kind: "ready" } satisfies ThreadAnswer);
