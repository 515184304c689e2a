import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { StageName } from "./queues/pipeline.ts";

/** What the daemon measures of itself, in Prometheus' terms. */
export interface Metrics {
  readonly registry: Registry;
  readonly items: Counter<"feed">;
  readonly fetches: Counter<"outcome">;
  readonly alerts: Counter<"kind">;
  readonly attempts: Counter<"outcome">;
  readonly stageSeconds: Histogram<"stage">;
  readonly stageRows: Counter<"stage" | "outcome">;
  /** Calls `read` at every scrape for the work owed in each stage. */
  watchOwed(read: () => Promise<Readonly<Record<string, number>>>): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    items: new Counter({
      name: "rasid_items_total",
      help: "New items and revisions stored",
      labelNames: ["feed"],
      registers,
    }),
    fetches: new Counter({
      name: "rasid_fetches_total",
      help: "Polls of feeds by outcome",
      labelNames: ["outcome"],
      registers,
    }),
    alerts: new Counter({ name: "rasid_alerts_total", help: "Alerts raised by kind", labelNames: ["kind"], registers }),
    attempts: new Counter({
      name: "rasid_attempts_total",
      help: "Webhook attempts by outcome",
      labelNames: ["outcome"],
      registers,
    }),
    stageSeconds: new Histogram({
      name: "rasid_stage_seconds",
      help: "Seconds that a job of a stage took",
      labelNames: ["stage"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    stageRows: new Counter({
      name: "rasid_stage_rows_total",
      help: "Revisions worked on by outcome",
      labelNames: ["stage", "outcome"],
      registers,
    }),
    watchOwed: (read) => {
      new Gauge({
        name: "rasid_owed",
        help: "Work that the ledger owes",
        labelNames: ["stage"],
        registers,
        async collect() {
          for (const [stage, count] of Object.entries(await read())) this.set({ stage }, count);
        },
      });
    },
  };
}

/** Measures one job of a stage. */
export async function timed<T>(
  metrics: Metrics,
  stage: StageName,
  work: () => Promise<T>,
): Promise<{ result: T; durationMs: number }> {
  const started = performance.now();
  const result = await work();
  const durationMs = Math.round(performance.now() - started);
  metrics.stageSeconds.observe({ stage }, durationMs / 1000);
  return { result, durationMs };
}
