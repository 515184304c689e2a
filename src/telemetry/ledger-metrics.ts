import { statfs } from "node:fs/promises";
import { Gauge } from "prom-client";
import { type LedgerHealth, readLedgerHealth, readLedgerSize } from "../ledger/ledger-health.ts";
import type { Database } from "../ledger/schema.ts";
import type { Metrics } from "./metrics.ts";

const HEALTH_KEPT_MS = 5_000;
const SIZE_KEPT_MS = 60_000;
/** However slow the ledger is, reading how it does takes no more than this part of its time. */
const SHARE = 20;

export interface LedgerMetricsOptions {
  readonly db: Database;
  readonly now: () => Date;
  /** The folder of the embedded database; null when it stands elsewhere. */
  readonly dataDir: string | null;
}

/** Adds gauges of what the ledger knows. Several processes tell the same of one ledger: take `max`, never `sum`. */
export function watchLedger({ registry }: Metrics, { db, now, dataDir }: LedgerMetricsOptions): void {
  const health = kept(() => readLedgerHealth(db, now()), HEALTH_KEPT_MS);
  const size = kept(() => readLedgerSize(db), SIZE_KEPT_MS);
  const registers = [registry];
  new Gauge({
    name: "rasid_ledger_up",
    help: "1 when the ledger answered the last time that it was asked how it does",
    registers,
    async collect() {
      this.set((await health()) === null ? 0 : 1);
    },
  });
  states("rasid_queue_depth", "Work that the ledger owes to a stage", "stage", ({ stages }) =>
    mapped(stages, ({ depth }) => depth),
  );
  states(
    "rasid_queue_oldest_age_seconds",
    "Seconds for which the oldest work owed to a stage has waited; for fetch: by which the latest poll is overdue",
    "stage",
    ({ stages }) => mapped(stages, ({ oldestSeconds }) => oldestSeconds),
  );
  states("rasid_deliveries", "Deliveries that are not delivered by state", "state", ({ deliveries }) => deliveries);
  states("rasid_feeds", "Configured feeds by state", "state", ({ feeds }) => feeds);
  states("rasid_endpoints", "Endpoints by state", "state", ({ endpoints }) => endpoints);
  single("rasid_revisions_parked", "Revisions taken out of the pipeline by an error", ({ parked }) => parked);
  single(
    "rasid_feeds_overdue_seconds",
    "Seconds by which the latest poll is overdue",
    ({ stages }) => stages.fetch.oldestSeconds,
  );
  single(
    "rasid_newest_item_age_seconds",
    "Seconds since any feed brought a new item",
    ({ newestItemSeconds }) => newestItemSeconds,
  );
  new Gauge({
    name: "rasid_ledger_size_bytes",
    help: "Size of the ledger's database",
    registers,
    async collect() {
      this.reset();
      const known = await size();
      if (known !== null) this.set(known.bytes);
    },
  });
  new Gauge({
    name: "rasid_ledger_table_size_bytes",
    help: "Size of a table of the ledger with its indexes",
    labelNames: ["table"],
    registers,
    async collect() {
      this.reset();
      for (const [table, bytes] of (await size())?.tables ?? []) this.set({ table }, bytes);
    },
  });
  if (dataDir !== null)
    new Gauge({
      name: "rasid_data_free_bytes",
      help: "Free space on the file system of the embedded database",
      registers,
      async collect() {
        const { bavail, bsize } = await statfs(dataDir);
        this.set(bavail * bsize);
      },
    });

  function states(
    name: string,
    help: string,
    label: string,
    of: (health: LedgerHealth) => Readonly<Record<string, number>>,
  ): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers,
      async collect() {
        this.reset();
        const known = await health();
        if (known !== null) for (const [value, count] of Object.entries(of(known))) this.set({ [label]: value }, count);
      },
    });
  }

  function single(name: string, help: string, of: (health: LedgerHealth) => number | null): void {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const known = await health();
        const value = known === null ? null : of(known);
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  }
}

const mapped = <K extends string, V>(
  record: Readonly<Record<K, V>>,
  of: (value: V) => number,
): Record<string, number> => Object.fromEntries(Object.entries<V>(record).map(([key, value]) => [key, of(value)]));

/** One reading for all that ask within a while; null when it failed. */
function kept<T>(read: () => Promise<T>, keptMs: number): () => Promise<T | null> {
  let reading: Promise<T | null> | null = null;
  let until = 0;
  return () => {
    if (reading !== null && performance.now() < until) return reading;
    const started = performance.now();
    until = Number.POSITIVE_INFINITY;
    reading = read()
      .catch(() => null)
      .finally(() => {
        const took = performance.now() - started;
        until = performance.now() + Math.max(keptMs, took * SHARE);
      });
    return reading;
  };
}
