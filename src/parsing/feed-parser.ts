import type { Worker } from "node:worker_threads";
import type { DateWords } from "../domain/feed/feed-date.ts";
import { FeedError } from "../domain/feed/feed-error.ts";
import type { ParsedFeed } from "../domain/feed/parsed-feed.ts";
import type { DocumentHints } from "./parse-document.ts";
import type { PageText } from "./read-page.ts";
import { startThread } from "./start-thread.ts";
import { startThreadDeadline, type ThreadDeadline } from "./thread-deadline.ts";
import type { ThreadAnswer, ThreadJob } from "./thread-messages.ts";

export interface FeedParserOptions {
  readonly dateWords: DateWords;
  /** Threads at most; they start when there is work. Default 2. */
  readonly threads?: number;
  /** Milliseconds for one document in one parser; after it the thread is killed. Default 2000. */
  readonly deadlineMs?: number;
}

type Read = Extract<ThreadAnswer, { kind: "parsed" | "page" }>;

interface Waiting {
  readonly kind: ThreadJob["kind"];
  readonly bytes: Uint8Array;
  readonly hints: DocumentHints;
  readonly resolve: (read: Read) => void;
  readonly reject: (error: Error) => void;
  /** rss-parser has begun on this document. */
  begun: boolean;
  /** A thread was lost over this document while rss-parser was at work. */
  recover: boolean;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  current: { readonly job: number; readonly waiting: Waiting; deadline: ThreadDeadline | undefined } | undefined;
}

/** Milliseconds for a thread to load its modules. */
const START_MS = 15_000;
/** How often a thread that was starved is given its time again. */
const MOST_EXTENSIONS = 3;
/** Far above what the largest document takes, since a thread that runs out of memory can take the process along. */
const HEAP_MB = 768;
/** A document leaves little behind: a larger nursery is memory that a thread keeps and does not need. */
const YOUNG_MB = 6;
const HUGE = 4 * 1024 * 1024;

/** The parsing threads. Owned by whoever starts them; `stop` must be awaited. */
export class FeedParser {
  readonly #dateWords: DateWords;
  readonly #most: number;
  readonly #deadlineMs: number;
  readonly #threads = new Set<Thread>();
  readonly #queue: Waiting[] = [];
  #lastJob = 0;
  #stopped = false;

  constructor(options: FeedParserOptions) {
    this.#dateWords = options.dateWords;
    this.#most = options.threads ?? 2;
    this.#deadlineMs = options.deadlineMs ?? 2000;
  }

  /**
   * Parses a document in a thread. A document over which rss-parser does not come to an end costs its thread and is
   * read by the second parser; other documents are not affected.
   * @param bytes as fetched, content codings undone.
   * @throws FeedError where the document is no feed, may not be read, or takes too long.
   */
  async parseFeed(bytes: Uint8Array, hints: DocumentHints): Promise<ParsedFeed> {
    return ((await this.#read("feed", bytes, hints)) as Extract<Read, { kind: "parsed" }>).feed;
  }

  /**
   * Reads the article of a page in a thread, under the same deadline.
   * @throws FeedError where the document is no page with an article, or takes too long.
   */
  async readPage(bytes: Uint8Array, hints: DocumentHints): Promise<PageText> {
    return ((await this.#read("page", bytes, hints)) as Extract<Read, { kind: "page" }>).page;
  }

  #read(kind: ThreadJob["kind"], bytes: Uint8Array, hints: DocumentHints): Promise<Read> {
    if (this.#stopped) return Promise.reject(new Error("the feed parser is stopped"));
    return new Promise((resolve, reject) => {
      this.#queue.push({ kind, bytes, hints, resolve, reject, begun: false, recover: false });
      this.#dispatch();
    });
  }

  /** Ends all threads; documents that wait or are being parsed are rejected. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const rejected = this.#queue.splice(0);
    const threads = [...this.#threads];
    for (const thread of threads) if (thread.current !== undefined) rejected.push(thread.current.waiting);
    await Promise.all(threads.map((thread) => this.#end(thread)));
    for (const waiting of rejected) waiting.reject(new Error("the feed parser is stopped"));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const free = [...this.#threads].find((thread) => thread.current === undefined);
      if (free === undefined && this.#threads.size >= this.#most) return;
      const waiting = this.#queue.shift();
      if (waiting !== undefined) this.#give(free ?? this.#start(), waiting);
    }
  }

  #give(thread: Thread, waiting: Waiting): void {
    this.#lastJob += 1;
    thread.current = { job: this.#lastJob, waiting, deadline: undefined };
    if (thread.ready) this.#send(thread);
    else thread.current.deadline = startThreadDeadline({ ms: START_MS }, () => this.#lose(thread, "did not start"));
  }

  /** The bytes are copied, not handed over: a lost thread must not take them along. */
  #send(thread: Thread): void {
    const { current } = thread;
    if (current === undefined) return;
    current.deadline?.end();
    current.deadline = startThreadDeadline({ ms: this.#deadlineMs, extensions: MOST_EXTENSIONS }, () =>
      this.#lose(thread, `did not come to an end within ${this.#deadlineMs} ms`),
    );
    const { kind, bytes, hints, recover } = current.waiting;
    thread.worker.postMessage({ job: current.job, kind, bytes, hints, recoverOnly: recover } satisfies ThreadJob);
  }

  #start(): Thread {
    const worker = startThread("parse-thread", import.meta.url, {
      workerData: { dateWords: this.#dateWords },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const thread: Thread = { worker, ready: false, current: undefined };
    this.#threads.add(thread);
    worker.on("message", (answer: ThreadAnswer) => this.#take(thread, answer));
    worker.on("error", (error) => this.#lose(thread, `failed: ${error.message}`));
    worker.on("exit", () => this.#lose(thread, "ended"));
    return thread;
  }

  #take(thread: Thread, answer: ThreadAnswer): void {
    if (answer.kind === "ready") {
      thread.ready = true;
      this.#send(thread);
      return;
    }
    const { current } = thread;
    if (current === undefined || current.job !== answer.job) return;
    if (answer.kind === "first-parser") {
      current.waiting.begun = true;
      return;
    }
    current.deadline?.end();
    thread.current = undefined;
    // What a huge document leaves on a thread's heap goes with the thread.
    if (current.waiting.bytes.byteLength > HUGE) void this.#end(thread);
    if (answer.kind === "parsed" || answer.kind === "page") current.waiting.resolve(answer);
    else current.waiting.reject(new FeedError(answer.code, answer.message));
    this.#dispatch();
  }

  /** A thread that hangs or dies is ended. A document on which rss-parser had begun gets one more try without it. */
  #lose(thread: Thread, how: string): void {
    if (!this.#threads.has(thread) || this.#stopped) return;
    const waiting = thread.current?.waiting;
    void this.#end(thread);
    if (waiting !== undefined) {
      if (waiting.begun && !waiting.recover) {
        waiting.recover = true;
        this.#queue.unshift(waiting);
      } else waiting.reject(new FeedError("too-slow", `parsing was given up: the parser ${how}`));
    }
    this.#dispatch();
  }

  async #end(thread: Thread): Promise<void> {
    this.#threads.delete(thread);
    thread.current?.deadline?.end();
    thread.worker.removeAllListeners("exit");
    thread.worker.removeAllListeners("error").on("error", () => undefined);
    await thread.worker.terminate();
  }
}

/** Starts the parsing threads (they come up with the first documents). */
export function startFeedParser(options: FeedParserOptions): FeedParser {
  return new FeedParser(options);
}
