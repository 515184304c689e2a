import { statfs } from "node:fs/promises";
import { Gauge, type Registry } from "prom-client";
import { ROLES } from "../domain/role.ts";
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
  watchHealth(
    registry,
    kept(() => readLedgerHealth(db, now()), HEALTH_KEPT_MS),
  );
  watchSize(
    registry,
    kept(() => readLedgerSize(db), SIZE_KEPT_MS),
  );
  if (dataDir !== null) watchFreeSpace(registry, dataDir);
}

type ReadHealth = () => Promise<LedgerHealth | null>;

function watchHealth(registry: Registry, health: ReadHealth): void {
  new Gauge({
    name: "rasid_ledger_up",
    help: "1 when the ledger answered the last time that it was asked how it does",
    registers: [registry],
    async collect() {
      this.set((await health()) === null ? 0 : 1);
    },
  });
  for (const gauge of BY_STATE) gaugeByState(registry, health, gauge);
  for (const gauge of SINGLE) singleGauge(registry, health, gauge);
}

interface GaugeByState {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly of: (health: LedgerHealth) => Readonly<Record<string, number>>;
}

const BY_STATE: readonly GaugeByState[] = [
  {
    name: "rasid_queue_depth",
    help: "Work that the ledger owes to a stage",
    label: "stage",
    of: ({ stages }) => mapped(stages, ({ depth }) => depth),
  },
  {
    name: "rasid_queue_oldest_age_seconds",
    help: "Seconds for which the oldest work owed to a stage has waited; for fetch: by which the latest poll is overdue",
    label: "stage",
    of: ({ stages }) => mapped(stages, ({ oldestSeconds }) => oldestSeconds),
  },
  {
    name: "rasid_deliveries",
    help: "Deliveries that are not delivered by state",
    label: "state",
    of: ({ deliveries }) => deliveries,
  },
  { name: "rasid_feeds", help: "Configured feeds by state", label: "state", of: ({ feeds }) => feeds },
  {
    name: "rasid_role_present",
    help: "1 when a process with the role is connected to the ledger",
    label: "role",
    of: ({ missingRoles }) => Object.fromEntries(ROLES.map((role) => [role, missingRoles.includes(role) ? 0 : 1])),
  },
  { name: "rasid_endpoints", help: "Endpoints by state", label: "state", of: ({ endpoints }) => endpoints },
];

function gaugeByState(registry: Registry, health: ReadHealth, { name, help, label, of }: GaugeByState): void {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    async collect() {
      this.reset();
      const known = await health();
      if (known !== null) for (const [value, count] of Object.entries(of(known))) this.set({ [label]: value }, count);
    },
  });
}

interface SingleGauge {
  readonly name: string;
  readonly help: string;
  /** null: there is nothing to tell yet. */
  readonly of: (health: LedgerHealth) => number | null;
}

const SINGLE: readonly SingleGauge[] = [
  {
    name: "rasid_revisions_parked",
    help: "Revisions taken out of the pipeline by an error",
    of: ({ parked }) => parked,
  },
  {
    name: "rasid_feeds_overdue_seconds",
    help: "Seconds by which the latest poll is overdue",
    of: ({ stages }) => stages.fetch.oldestSeconds,
  },
  {
    name: "rasid_newest_item_age_seconds",
    help: "Seconds since any feed brought a new item",
    of: ({ newestItemSeconds }) => newestItemSeconds,
  },
];

function singleGauge(registry: Registry, health: ReadHealth, { name, help, of }: SingleGauge): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      const known = await health();
      const value = known === null ? null : of(known);
      if (value === null) this.remove();
      else this.set(value);
    },
  });
}

function watchSize(registry: Registry, size: () => Promise<Awaited<ReturnType<typeof readLedgerSize>> | null>): void {
  new Gauge({
    name: "rasid_ledger_size_bytes",
    help: "Size of the ledger's database",
    registers: [registry],
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
    registers: [registry],
    async collect() {
      this.reset();
      for (const [table, bytes] of (await size())?.tables ?? []) this.set({ table }, bytes);
    },
  });
}

function watchFreeSpace(registry: Registry, dataDir: string): void {
  new Gauge({
    name: "rasid_data_free_bytes",
    help: "Free space on the file system of the embedded database",
    registers: [registry],
    async collect() {
      const { bavail, bsize } = await statfs(dataDir);
      this.set(bavail * bsize);
    },
  });
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
