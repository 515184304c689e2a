import type { Worker } from "node:worker_threads";
import { startThread } from "../parsing/start-thread.ts";
import type { DraftingAnswer, DraftingJob, ThreadMessage } from "./drafting-jobs.ts";

/** A job took longer, or more memory, than it may. */
export class DraftingGivenUp extends Error {
  override name = "DraftingGivenUp";
}

/** A thread that drafts and checks, one job after the other. An owned resource: close it. */
export interface Drafter {
  /** @throws DraftingGivenUp */
  ask(job: DraftingJob): Promise<DraftingAnswer>;
  close(): Promise<void>;
}

/** Far above what the longest article takes. */
const DEADLINE_MS = 20_000;
/** For the thread to load its modules. */
const START_MS = 60_000;
/** After so long without a job the thread gives its memory back. */
const IDLE_MS = 120_000;
const HEAP_MB = 768;

/**
 * Opens a drafter; its thread starts with the first job. A job that takes too long costs the thread, for a page can be
 * made so that it is read for ever; the next job gets a new one.
 */
export function openDrafter({ deadlineMs = DEADLINE_MS } = {}): Drafter {
  let worker: Worker | null = null;
  let started: Promise<void> = Promise.resolve();
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ended = worker;
    worker = null;
    await ended?.terminate();
  }

  function start(): Worker {
    const begun = startThread("drafting-thread", import.meta.url, {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    begun.on("error", () => {});
    begun.unref();
    started = next(begun, START_MS).then(() => undefined);
    started.catch(() => {});
    return begun;
  }

  async function run(job: DraftingJob): Promise<DraftingAnswer> {
    clearTimeout(idle);
    worker ??= start();
    const at = worker;
    try {
      await started;
      at.postMessage(job);
      const message = await next(at, deadlineMs);
      if (message.kind === "ready") throw new DraftingGivenUp("given up: the thread started anew");
      idle = setTimeout(() => void end(), IDLE_MS).unref();
      return message;
    } catch (error) {
      await end();
      throw error;
    }
  }

  return {
    ask: (job) => {
      const done = last.then(() => run(job));
      last = done.catch(() => {});
      return done;
    },
    close: async () => {
      await end();
      await last;
      await end();
    },
  };
}

/** The next message of a thread. @throws DraftingGivenUp when time is up, or the thread ends before. */
function next(worker: Worker, ms: number): Promise<ThreadMessage> {
  return new Promise<ThreadMessage>((resolve, reject) => {
    const settle = (done: () => void) => () => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      done();
    };
    const giveUp = (how: string) => settle(() => reject(new DraftingGivenUp(`given up: ${how}`)))();
    const onMessage = (message: ThreadMessage) => settle(() => resolve(message))();
    const onError = (error: Error) => giveUp(error.message);
    const onExit = () => giveUp("the thread ended");
    const timer = setTimeout(() => giveUp(`it took longer than ${Math.round(ms / 1000)} seconds`), ms);
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  });
}
