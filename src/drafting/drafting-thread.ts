import { parentPort } from "node:worker_threads";
import { ConfigError } from "../config/read-yaml.ts";
import { readArticle } from "../parsing/read-article.ts";
import { checkBaseline } from "./check-baseline.ts";
import { DraftError, draftOf } from "./draft-of.ts";
import type { DraftingAnswer, DraftingJob, ThreadMessage } from "./drafting-jobs.ts";

// The entry of a drafting thread: jobs one after the other, an answer for each.
function answer(job: DraftingJob): DraftingAnswer {
  try {
    if (job.kind === "check") return { kind: "checked", check: checkBaseline(job) };
    const article = readArticle(job.source);
    return { kind: "drawn", drawn: { article, draft: draftOf(article, job.options, job.configDir) } };
  } catch (error) {
    if (error instanceof DraftError) return { kind: "refused", field: error.field, message: error.message };
    if (error instanceof ConfigError) return { kind: "refused", field: "", message: error.message };
    throw error;
  }
}

parentPort?.on("message", (job: DraftingJob) => parentPort?.postMessage(answer(job)));
parentPort?.postMessage({ kind: "ready" } satisfies ThreadMessage);
