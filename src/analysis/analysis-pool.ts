import type { Worker } from "node:worker_threads";
import type { KeptConfig } from "../config/kept-config.ts";
import type { AnalyzeOptions, RevisionAnalysis, RevisionToAnalyze } from "../domain/revision-analysis.ts";
import type { RevisionText } from "../domain/revision-reader.ts";
import type { TraceReading } from "../domain/trace.ts";
import { startThread } from "../parsing/start-thread.ts";
import { startThreadDeadline, type ThreadDeadline } from "../parsing/thread-deadline.ts";
import { AnalysisError, notStartedError, stoppedError } from "./analyzer.ts";
import { readText } from "./read-text.ts";
import type { TextRead, TextToRead, ThreadAnswer, ThreadData, ThreadJob } from "./thread-messages.ts";

export interface AnalysisPoolOptions {
  /** What the threads compile. */
  readonly config: KeptConfig;
  /** Threads at work; 0: texts are read in the event loop, which a long one then blocks. */
  readonly threads: number;
  /** The configuration, for reading in the event loop. */
  readonly inLoop: AnalyzeOptions;
  /** For a message of short texts, ms, and what each character adds. Default 2000 and 0.005. */
  readonly deadlineMs?: number;
  readonly msACharacter?: number;
}

interface Waiting {
  readonly text: TextToRead;
  readonly resolve: (read: TextRead) => void;
  readonly reject: (error: Error) => void;
  /** A thread was lost over a message with this text in it: it is sent by itself. */
  suspect: boolean;
}

interface Sent {
  readonly job: number;
  readonly texts: readonly Waiting[];
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  /** Messages under way; the first one is being read. */
  readonly sent: Sent[];
  /** For its start, then for the message that is being read. */
  deadline: ThreadDeadline | undefined;
}

const DEADLINE_MS = 2000;
/** Above what a long text takes for each of its characters, on a machine with other things to do. */
const MS_A_CHARACTER = 0.005;
const START_MS = 30_000;
const TEXTS_A_MESSAGE = 24;
const CHARACTERS_A_MESSAGE = 100_000;
/** One message is read while the next one waits beside it. */
const MESSAGES_A_THREAD = 2;
/** How often a thread that was starved is given its time again. */
const MOST_EXTENSIONS = 5;
/** A thread that reads is about as large as its configuration. */
const HEAP_MB = 256;
const YOUNG_MB = 12;

/**
 * Reads texts in threads, so that none holds up the event loop. A text that does not come to an end costs its thread and
 * is refused; the others of its message are read again. Owned by whoever opens it; `stop` must be awaited.
 *
 * `analyze` is all that the stages need, `trace` all that the API's routes do.
 */
export class AnalysisPool {
  readonly #options: AnalysisPoolOptions;
  readonly #deadlineMs: number;
  readonly #msACharacter: number;
  readonly #threads = new Set<Thread>();
  readonly #queue: Waiting[] = [];
  readonly #atFirstThread: (() => void)[] = [];
  #begun = false;
  #lastJob = 0;
  #dispatching = false;
  #stopped = false;

  constructor(options: AnalysisPoolOptions) {
    this.#options = options;
    this.#deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    this.#msACharacter = options.msACharacter ?? MS_A_CHARACTER;
  }

  /** Starts the threads now, so that the first text need not wait for them. */
  warm(): void {
    while (this.#threads.size < this.#options.threads) this.#start();
  }

  /**
   * Resolves when the first thread is there to read. Work is taken only then: what is in hand while nothing can be read
   * would be counted against it if the process died. A thread that cannot start lets its texts tell why.
   */
  ready(): Promise<void> {
    if (this.#begun || this.#options.threads === 0 || this.#stopped) return Promise.resolve();
    this.warm();
    return new Promise((resolve) => this.#atFirstThread.push(resolve));
  }

  /** Reads a text. Texts that are given in one turn of the event loop travel together. @throws AnalysisError */
  readonly analyze = async (revision: RevisionToAnalyze): Promise<RevisionAnalysis> => {
    const read = await this.#read({ kind: "analysis", revision });
    if ("analysis" in read) return read.analysis;
    throw new Error("a text was read for something else");
  };

  /** Reads a text with how everything was decided, before those that wait: somebody sits there. @throws AnalysisError */
  readonly trace = async (revision: RevisionText): Promise<readonly TraceReading[]> => {
    const read = await this.#read({ kind: "trace", revision });
    if ("trace" in read) return read.trace;
    throw new Error("a text was read for something else");
  };

  #read(text: TextToRead): Promise<TextRead> {
    if (this.#stopped) return Promise.reject(stoppedError());
    return new Promise((resolve, reject) => {
      const waiting = { text, resolve, reject, suspect: false };
      if (text.kind === "trace") this.#queue.unshift(waiting);
      else this.#queue.push(waiting);
      this.#dispatchSoon();
    });
  }

  /** Ends all threads; texts that wait or are being read are rejected. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#begin();
    const threads = [...this.#threads];
    const left = [...this.#queue.splice(0), ...threads.flatMap(({ sent }) => sent.flatMap(({ texts }) => texts))];
    await Promise.all(threads.map((thread) => this.#end(thread)));
    for (const { reject } of left) reject(stoppedError());
  }

  #dispatchSoon(): void {
    if (this.#dispatching) return;
    this.#dispatching = true;
    setImmediate(() => {
      this.#dispatching = false;
      if (this.#options.threads === 0) this.#readInLoop();
      else this.#dispatch();
    });
  }

  /** A few texts, then the event loop gets its turn. */
  #readInLoop(): void {
    for (const { text, resolve, reject } of this.#queue.splice(0, 8))
      try {
        resolve(readText(text, this.#options.inLoop));
      } catch (error) {
        reject(new AnalysisError(error instanceof Error ? (error.stack ?? error.message) : String(error)));
      }
    if (this.#queue.length > 0) this.#dispatchSoon();
  }

  #dispatch(): void {
    if (this.#stopped) return;
    while (this.#queue.length > 0) {
      if (this.#threads.size === 0 || this.#allBusy()) this.warm();
      const [thread] = [...this.#threads].sort((one, other) => one.sent.length - other.sent.length);
      if (thread === undefined || thread.sent.length >= MESSAGES_A_THREAD) return;
      this.#send(thread, this.#nextTexts());
    }
  }

  #allBusy(): boolean {
    return [...this.#threads].every(({ sent }) => sent.length > 0);
  }

  #nextTexts(): Waiting[] {
    const texts: Waiting[] = [];
    let characters = 0;
    while (texts.length < TEXTS_A_MESSAGE && characters < CHARACTERS_A_MESSAGE) {
      const [next] = this.#queue;
      if (next === undefined || (next.suspect && texts.length > 0)) break;
      this.#queue.shift();
      texts.push(next);
      characters += lengthOf(next);
      if (next.suspect) break;
    }
    return texts;
  }

  #send(thread: Thread, texts: readonly Waiting[]): void {
    this.#lastJob += 1;
    thread.sent.push({ job: this.#lastJob, texts });
    thread.worker.postMessage({ job: this.#lastJob, texts: texts.map(({ text }) => text) } satisfies ThreadJob);
    if (thread.ready && thread.sent.length === 1) this.#watchFirst(thread);
  }

  /** Time runs for the message that is being read. */
  #watchFirst(thread: Thread): void {
    thread.deadline?.end();
    const [first] = thread.sent;
    if (first === undefined) return;
    const characters = first.texts.reduce((sum, text) => sum + lengthOf(text), 0);
    const ms = this.#deadlineMs + characters * this.#msACharacter;
    thread.deadline = startThreadDeadline({ ms, extensions: MOST_EXTENSIONS }, () =>
      this.#lose(thread, `did not come to an end within ${Math.round(ms)} ms`),
    );
  }

  #start(): void {
    const worker = startThread("analysis-thread", import.meta.url, {
      workerData: { config: this.#options.config } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const thread: Thread = { worker, ready: false, sent: [], deadline: undefined };
    thread.deadline = startThreadDeadline({ ms: START_MS }, () => this.#lose(thread, "did not start"));
    this.#threads.add(thread);
    worker.on("message", (answer: ThreadAnswer) => this.#take(thread, answer));
    worker.on("error", (error) => this.#lose(thread, `failed: ${error.message}`));
    worker.on("exit", () => this.#lose(thread, "ended"));
  }

  #take(thread: Thread, answer: ThreadAnswer): void {
    if (answer.kind === "ready") {
      thread.ready = true;
      this.#begin();
    } else if (thread.sent[0]?.job === answer.job) {
      const { texts } = thread.sent.shift() as Sent;
      for (const [place, result] of answer.results.entries()) {
        if ("error" in result) texts[place]?.reject(new AnalysisError(result.error));
        else texts[place]?.resolve(result);
      }
    }
    this.#watchFirst(thread);
    this.#dispatch();
  }

  #begin(): void {
    this.#begun = true;
    for (const resolve of this.#atFirstThread.splice(0)) resolve();
  }

  /**
   * A thread that hangs or dies is ended. A text that was alone with it is at fault; others are tried one by one. Where no
   * thread comes up (a program that is being replaced, a machine out of memory) no text is.
   */
  #lose(thread: Thread, how: string): void {
    if (!this.#threads.has(thread) || this.#stopped) return;
    void this.#end(thread);
    this.#begin();
    const [first, ...later] = thread.sent;
    const again = later.flatMap(({ texts }) => texts);
    for (const text of first?.texts ?? []) {
      if (first?.texts.length === 1 && thread.ready)
        text.reject(new AnalysisError(`reading was given up: the analysis ${how}`, { givenUp: true }));
      else if (!thread.ready && text.suspect) text.reject(notStartedError(how));
      else {
        text.suspect = true;
        again.unshift(text);
      }
    }
    this.#queue.unshift(...again);
    this.#dispatchSoon();
  }

  async #end(thread: Thread): Promise<void> {
    this.#threads.delete(thread);
    thread.deadline?.end();
    thread.worker.removeAllListeners("exit");
    thread.worker.removeAllListeners("error").on("error", () => undefined);
    await thread.worker.terminate();
  }
}

const lengthOf = ({
  text: {
    revision: { title, text },
  },
}: Waiting): number => title.length + text.length;
