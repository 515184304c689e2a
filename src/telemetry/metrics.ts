import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { answersWithin } from "../answers-within.ts";
import type { StageName } from "../queues/pipeline.ts";
import { VERSION } from "../version.ts";
import type { SpanAttributes, Tracing } from "./tracing.ts";

/** What a process measures of itself, in Prometheus' terms. What the ledger knows is added by `watchLedger`. */
export interface Metrics {
  readonly registry: Registry;
  readonly items: Counter;
  readonly revisions: Counter;
  readonly polls: Counter<"outcome">;
  readonly pages: Counter<"outcome">;
  readonly observations: Counter;
  readonly alerts: Counter<"kind">;
  readonly deliveriesOwed: Counter;
  readonly deliveriesEnded: Counter<"outcome">;
  readonly attempts: Counter<"outcome">;
  readonly attemptSeconds: Histogram;
  /** From the alert's commit to the begin of the first attempt. */
  readonly alertSeconds: Histogram;
  readonly stageSeconds: Histogram<"stage">;
  readonly stageRows: Counter<"stage" | "outcome">;
}

const STAGE_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const EXCHANGE_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];
const WAIT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3600];

const ANSWER_WITHIN_MS = 1000;

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Gauges that are named as counters are, each the sum of one that stays.
  for (const what of ["handles", "requests", "resources"]) registry.removeSingleMetric(`nodejs_active_${what}_total`);
  const registers = [registry];
  const counter = <L extends string = never>(name: string, help: string, labelNames: L[] = []) =>
    new Counter<L>({ name, help, labelNames, registers });
  const metrics: Metrics = {
    registry,
    items: counter("rasid_items_total", "New items stored"),
    revisions: counter("rasid_revisions_total", "Revisions stored: new items, and edits of known ones"),
    polls: counter("rasid_polls_total", "Polls of feeds by outcome", ["outcome"]),
    pages: counter("rasid_pages_total", "Article pages read for feeds that carry teasers, by outcome", ["outcome"]),
    observations: counter("rasid_observations_total", "Figures and statements entered in the ledger"),
    alerts: counter("rasid_alerts_total", "Alerts raised by kind", ["kind"]),
    deliveriesOwed: counter("rasid_deliveries_owed_total", "Deliveries that alerts made due"),
    deliveriesEnded: counter(
      "rasid_deliveries_ended_total",
      "Deliveries that an attempt ended: delivered, or dead after the last one",
      ["outcome"],
    ),
    attempts: counter("rasid_attempts_total", "Attempts to deliver by outcome: delivered, failed, dead", ["outcome"]),
    attemptSeconds: new Histogram({
      name: "rasid_attempt_duration_seconds",
      help: "Seconds from the begin of an attempt to its answer",
      buckets: EXCHANGE_BUCKETS,
      registers,
    }),
    alertSeconds: new Histogram({
      name: "rasid_alert_wait_seconds",
      help: "Seconds from the commit of an alert to the begin of the first attempt to deliver it",
      buckets: WAIT_BUCKETS,
      registers,
    }),
    stageSeconds: new Histogram({
      name: "rasid_stage_duration_seconds",
      help: "Seconds that a job of a stage took",
      labelNames: ["stage"],
      buckets: STAGE_BUCKETS,
      registers,
    }),
    stageRows: counter("rasid_stage_rows_total", "Revisions worked on by stage and outcome: moved or parked", [
      "stage",
      "outcome",
    ]),
  };
  // A counter that appears with its first event shows no increase to Prometheus: it must be there before.
  for (const outcome of ["delivered", "dead"]) metrics.deliveriesEnded.inc({ outcome }, 0);
  for (const outcome of ["delivered", "failed", "dead"]) metrics.attempts.inc({ outcome }, 0);
  for (const stage of ["deduplicate", "classify", "match"]) metrics.stageRows.inc({ stage, outcome: "parked" }, 0);
  metrics.alerts.inc({ kind: "endpoint.disabled" }, 0);
  return metrics;
}

/** The connections of this process, read at each scrape. */
export interface Connections {
  readonly pool: () => {
    readonly total: number;
    readonly idle: number;
    readonly waiting: number;
    readonly most: number;
  };
  /** The queues' backend, and a question that it answers. */
  readonly queues: { readonly backend: "postgres" | "redis"; readonly ask: () => Promise<unknown> };
}

/** Adds what is known once connections stand: the pool, the queues' backend, and what runs here. */
export function watchConnections({ registry }: Metrics, { pool, queues }: Connections, roles: readonly string[]): void {
  const registers = [registry];
  new Gauge({
    name: "rasid_build_info",
    help: "1, with the version, the queues' backend and the roles of this process",
    labelNames: ["version", "node_version", "backend", "roles"],
    registers,
  }).set({ version: VERSION, node_version: process.version, backend: queues.backend, roles: roles.join(",") }, 1);
  new Gauge({
    name: "rasid_database_pool_connections",
    help: "Connections of this process's pool to the ledger by state",
    labelNames: ["state"],
    registers,
    collect() {
      const { total, idle } = pool();
      this.set({ state: "idle" }, idle);
      this.set({ state: "in_use" }, total - idle);
    },
  });
  gauge("rasid_database_pool_size", "Connections of the pool that are open", () => pool().total);
  gauge("rasid_database_pool_max", "Connections that the pool opens at most", () => pool().most);
  gauge("rasid_database_pool_waiting", "Queries that wait for a connection of the pool", () => pool().waiting);
  new Gauge({
    name: "rasid_queue_backend_up",
    help: "1 when the queues' backend, Redis or PostgreSQL, answered",
    labelNames: ["backend"],
    registers,
    async collect() {
      this.set({ backend: queues.backend }, (await answersWithin(ANSWER_WITHIN_MS, queues.ask)) ? 1 : 0);
    },
  });

  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
}

/** Measures the work of a stage, and enters it in the traces of its revisions with the counts that it ended in. */
export async function timed<T>(
  { metrics, tracing }: { readonly metrics: Metrics; readonly tracing: Tracing },
  stage: StageName,
  work: () => Promise<T>,
  revisions: readonly string[] = [],
): Promise<{ result: T; durationMs: number }> {
  const started = performance.now();
  const result = await tracing.span(
    stage,
    async (add) => {
      const done = await work();
      add(countsOf(done));
      return done;
    },
    { attributes: { "rasid.stage": stage }, of: { stage, ids: revisions } },
  );
  const durationMs = Math.round(performance.now() - started);
  metrics.stageSeconds.observe({ stage }, durationMs / 1000);
  return { result, durationMs };
}

/** What a stage tells of its outcome in numbers; of lists their length. */
function countsOf(outcome: unknown): SpanAttributes {
  const counts: Record<`rasid.${string}`, number> = {};
  if (typeof outcome !== "object" || outcome === null) return counts;
  for (const [name, value] of Object.entries(outcome)) {
    if (typeof value === "number") counts[`rasid.${name}`] = value;
    else if (Array.isArray(value)) counts[`rasid.${name}`] = value.length;
  }
  return counts;
}
