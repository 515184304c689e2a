import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { DateWords } from "../domain/feed/feed-date.ts";
import { FeedError } from "../domain/feed/feed-error.ts";
import { parseDocument } from "./parse-document.ts";
import type { ThreadAnswer, ThreadJob } from "./thread-messages.ts";

// The entry of a parsing thread: one document at a time, answered by its number.
const dateWords = (workerData as { dateWords: DateWords }).dateWords;
const port = threadPort();

function threadPort(): MessagePort {
  if (parentPort !== null) return parentPort;
  throw new Error("parse-thread.ts runs as a worker thread only");
}

async function answer({ job, kind, bytes, hints, recoverOnly }: ThreadJob): Promise<ThreadAnswer> {
  const onFirstParser = (): void => port.postMessage({ kind: "first-parser", job } satisfies ThreadAnswer);
  try {
    // Loaded only where pages are read: most threads never see one.
    if (kind === "page") return { kind, job, page: (await import("./read-page.ts")).readPage(bytes, hints) };
    return { kind: "parsed", job, feed: await parseDocument(bytes, hints, dateWords, { recoverOnly, onFirstParser }) };
  } catch (error) {
    if (error instanceof FeedError) return { kind: "refused", job, code: error.code, message: error.message };
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "refused", job, code: "malformed", message: `the document cannot be read: ${message}` };
  }
}

port.on("message", (job: ThreadJob) => {
  void answer(job).then((message) => port.postMessage(message));
});
port.postMessage({ kind: "ready" } satisfies ThreadAnswer);
