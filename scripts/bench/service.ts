import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type DaemonProcess, startDaemonProcess } from "../../src/demo/daemon-process.ts";
import { connectToRunning } from "../../src/ledger/embedded.ts";
import { fetchSoon } from "../../src/ledger/feeds.ts";
import { type Ledger, openLedger } from "../../src/ledger/open-ledger.ts";
import { environmentWith } from "../../src/settings.ts";
import { entryFile } from "./built.ts";
import { languageOf } from "./load.ts";
import { endWithUs, hasEnded } from "./processes.ts";
import { type Sink, startSink } from "./sink-process.ts";
import { startWorkerProcess } from "./worker-process.ts";

const DAY_SECONDS = 86_400;
/** The API answers an address 1,200 times a minute; a round that takes long may ask for more. */
const TOO_MANY = 429;
/** What reads texts, in one process: apart, each stage reads a text on the story anew. */
export const WORKER_ROLES = "deduplicate,classify,match";
/** What is left to the process with the database. */
export const OTHER_ROLES = "api,fetch,deliver,reconcile";

export interface ServiceOptions {
  readonly feeds: number;
  readonly redisUrl: string | null;
  /** Bounds of a feed's interval. Default a day: feeds are asked when the bench says so. */
  readonly intervalSeconds?: number;
  readonly variables?: Readonly<Record<string, string>>;
  /** The stages are worked in a process of their own, with these variables. Default: one process does all. */
  readonly worker?: Readonly<Record<string, string>>;
}

/** The built daemon on a fresh embedded ledger, with the feeds and the endpoint around it. Close it. */
export interface Service {
  readonly sink: Sink;
  readonly dataDir: string;
  readonly daemon: () => DaemonProcess;
  /** The process that works the stages: the daemon's, unless it is split. */
  readonly workerPid: () => number;
  readonly environment: NodeJS.ProcessEnv;
  /** From the start of the process to its word that it is ready, ms: the first with initdb, the second without. */
  readonly startMs: { readonly cold: number; readonly warm: number };
  readonly postgresPid: () => number;
  ask<T>(path: string, body?: object): Promise<T>;
  /** Makes a feed due now; all when none is named. */
  fetchAll(feedId?: string): Promise<void>;
  /** Makes the feeds from one place to before another due now. */
  fetchFeeds(from: number, to: number): Promise<void>;
  /** Work that the ledger owes: revisions and deliveries. */
  owed(): Promise<number>;
  close(): Promise<void>;
}

/** Starts the daemon twice: cold to make the ledger, the endpoint and the feeds known, then warm to be measured. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const dir = mkdtempSync(join(tmpdir(), "rasid-bench-"));
  // PostgreSQL's account must pass through, or else its data lies elsewhere and outlives the folder.
  chmodSync(dir, 0o711);
  const sink = await startSink(options.feeds);
  const interval = options.intervalSeconds ?? DAY_SECONDS;
  const polling = { hostGapSeconds: 0.05, minimumIntervalSeconds: interval, maximumIntervalSeconds: interval };
  const feedsFile = join(dir, "feeds.yaml");
  const feeds = sink.places.feeds.map((origin, place) => ({
    ...{ id: `feed-${place}`, url: `${origin}/feed`, source: `Agency ${place}` },
    ...{ lang: languageOf(place, options.feeds), tier: 1, timezone: "Asia/Yerevan" },
  }));
  writeFileSync(feedsFile, JSON.stringify({ polling: { ...polling, firstIntervalSeconds: interval }, feeds }));
  const environment = environmentWith({
    RASID_DATA: join(dir, "data"),
    RASID_FEEDS: feedsFile,
    RASID_ALLOW_ADDRESSES: "127.0.0.1/32",
    RASID_LOG_LEVEL: "info",
    PORT: "0",
    DATABASE_URL: "",
    REDIS_URL: options.redisUrl ?? "",
    ...(options.worker ? { RASID_ROLES: OTHER_ROLES, RASID_SECRET_KEY: randomBytes(32).toString("base64") } : {}),
    ...options.variables,
  });
  const pids: number[] = [];
  const start = async (): Promise<{ daemon: DaemonProcess; ms: number }> => {
    const begun = performance.now();
    const daemon = await startDaemonProcess({
      entry: entryFile(),
      environment,
      onLog: (text) => {
        if (process.env.RASID_BENCH_LOG) process.stderr.write(text);
        for (const [, pid] of text.matchAll(/"pid":(\d+),[^\n]*embedded PostgreSQL runs/g)) pids.push(Number(pid));
      },
    });
    endWithUs(daemon.pid);
    return { daemon, ms: performance.now() - begun };
  };
  const cold = await start();
  let { daemon } = cold;
  const ask = async <T>(path: string, body?: object): Promise<T> => {
    const response = await fetch(`${daemon.address}${path}`, {
      ...(body && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
    if (response.status === TOO_MANY) {
      await response.body?.cancel();
      await pause(1000);
      return ask(path, body);
    }
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return (await response.json()) as T;
  };
  const withLedger = async (work: (db: Ledger["db"]) => Promise<void>): Promise<void> => {
    const connectionString = connectToRunning(join(dir, "data")) ?? "";
    const ledger = await openLedger({ connectionString, maxConnections: 1 });
    await work(ledger.db).finally(() => ledger.close());
  };
  const made = await ask<{ secret: string }>("/api/v1/endpoints", { url: sink.places.endpoint });
  await sink.ask({ do: "trust", secret: made.secret });
  while ((await ask<{ dueFeeds: number }>("/api/v1/pipeline")).dueFeeds > 0) await pause(100);
  await pause(500);
  await daemon.stop(15_000);
  hasEnded(daemon.pid);
  const warm = await start();
  daemon = warm.daemon;
  const dataDir = join(dir, "data");
  const worker = options.worker
    ? await startWorkerProcess({ environment, dataDir, roles: WORKER_ROLES, variables: options.worker })
    : null;
  return {
    sink,
    dataDir,
    daemon: () => daemon,
    workerPid: () => worker?.pid ?? daemon.pid,
    environment,
    startMs: { cold: cold.ms, warm: warm.ms },
    postgresPid: () => pids.at(-1) ?? 0,
    ask,
    fetchAll: async (feedId) => {
      await withLedger(async (db) => void (await fetchSoon(db, { now: new Date(), ...(feedId && { feedId }) })));
    },
    fetchFeeds: (from, to) =>
      withLedger(async (db) => {
        for (let place = from; place < to; place += 1)
          await fetchSoon(db, { now: new Date(), feedId: `feed-${place}` });
      }),
    owed: async () => {
      const { stages, deliveries } = await ask<{
        stages: Record<string, number>;
        deliveries: Record<string, number>;
      }>("/api/v1/pipeline");
      const sum = (counts: Record<string, number>, ...names: string[]) =>
        names.reduce((total, name) => total + (counts[name] ?? 0), 0);
      return sum(stages, "deduplicate", "classify", "match") + sum(deliveries, "pending", "delivering", "failed");
    },
    close: async () => {
      await worker?.stop();
      await daemon.stop(15_000);
      hasEnded(daemon.pid);
      sink.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
