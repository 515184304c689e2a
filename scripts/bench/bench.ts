/**
 * Measures how fast Rasid is, with everything real: the built daemon, feeds and endpoint in a process of their own, the
 * embedded PostgreSQL, a Redis with AOF.
 *
 *   npm run bench                         all of it (about an hour), writes docs/benchmarks.md and its plots
 *   npm run bench -- --only analysis,redis    some parts: embedded, redis, analysis, memory, workers, growth
 *   npm run bench -- --items 100000       how far the long run (growth) goes; 1,000,000 unless given
 *   npm run bench -- --quick              fewer runs of embedded, redis, analysis and memory
 *   npm run bench -- --quick --json       under 4 minutes; prints one JSON object and writes nothing
 */
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { hasRedis, type RedisServer, startRedis } from "../../test/faults/redis-server.ts";
import { analysisRates } from "./analysis.ts";
import { measureBackend } from "./backend.ts";
import { measureGrowth } from "./growth.ts";
import { readResults, writeReport } from "./report.ts";
import type { BackendResult, Measured, Results } from "./results.ts";
import { quantile, rounded } from "./statistics.ts";
import { measureWorkers } from "./workers.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    only: { type: "string" },
    items: { type: "string", default: "1000000" },
  },
});
const PARTS = ["embedded", "redis", "analysis", "memory", "workers", "growth"] as const;
type Part = (typeof PARTS)[number];
/** Items after which a worker's caches are full for the most part; the long run (growth) shows what comes then. */
const SHORT_GROWTH = 40_000;
const say = (text: string): void => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

const wanted = (values.only?.split(",") ?? (values.quick ? PARTS.slice(0, 4) : PARTS)) as Part[];
const unknown = wanted.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) throw new Error(`there is no part «${unknown.join(", ")}»; there are: ${PARTS.join(", ")}`);

const counts = values.quick
  ? { rounds: 3, engineRuns: 1, engineItems: { embedded: 500, redis: 3000 }, samples: 30, analysisRuns: 3 }
  : { rounds: 5, engineRuns: 3, engineItems: { embedded: 1500, redis: 10_000 }, samples: 200, analysisRuns: 9 };

async function onBackend(kind: "embedded" | "redis"): Promise<BackendResult | undefined> {
  const redis: RedisServer | null = kind === "redis" && hasRedis() ? await startRedis() : null;
  if (kind === "redis" && redis === null) {
    say("no redis-server here: the figures on Redis are left out");
    return undefined;
  }
  try {
    const options = { redis, rounds: counts.rounds, engineRuns: counts.engineRuns, samples: counts.samples };
    return await measureBackend({ ...options, engineItems: counts.engineItems[kind], say });
  } finally {
    await redis?.stop();
  }
}

async function measure(part: Part): Promise<object | undefined> {
  if (part === "analysis") return { rates: await analysisRates(counts.analysisRuns) };
  if (part === "workers") return hasRedis() ? measureWorkers({ runs: values.quick ? 1 : 7, say }) : undefined;
  if (part === "memory") return { points: await measureGrowth({ items: SHORT_GROWTH, say }) };
  if (part === "growth") {
    const points = await measureGrowth({ items: Number(values.items), say });
    return { points, anew: await measureGrowth({ items: SHORT_GROWTH, say }) };
  }
  return onBackend(part);
}

const machine = `${availableParallelism()} cores (${cpus()[0]?.model ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
const measured: Record<string, object> = {};
for (const part of wanted) {
  say(`measuring: ${part} (load ${loadavg()[0]?.toFixed(1)})`);
  const load = rounded(loadavg()[0] ?? 0, 1);
  const found = await measure(part);
  if (found !== undefined) measured[part] = { ...found, at: new Date().toISOString(), load };
  // A later part that fails does not take the earlier ones along.
  if (!values.json) writeReport({ machine, parts: { ...readResults()?.parts, ...measured } });
}
const summary = JSON.stringify(summaryOf({ machine, parts: measured }));
if (values.json) console.log(summary);
else say(summary);
process.exit(0);

/**
 * The figures by name. `engineShare` is that of the embedded backend, which is the default; `memoryMb` is that of a worker
 * process, those of a daemon with all roles stand with its backend.
 */
function summaryOf({ machine, parts: { embedded, redis, analysis, memory, growth } }: Results): object {
  const latencies = (embedded ?? redis)?.latenciesMs ?? [];
  return {
    engineShare: embedded === undefined ? null : shareOf(embedded),
    embedded: figuresOf(embedded),
    redis: figuresOf(redis),
    latencyMs: { p50: figure(quantile(latencies, 0.5), 1), p95: figure(quantile(latencies, 0.95), 1) },
    analysis: { itemsPerSecond: figure(quantile(analysis?.rates ?? [], 0.5)) },
    memoryMb: figure(Math.max(...((growth ?? memory)?.points ?? []).map(({ rssMb }) => rssMb ?? Number.NaN))),
    machine,
    load: loadavg().map((one) => rounded(one, 1)),
  };
}

function figuresOf(result: Measured<BackendResult> | undefined): object {
  if (result === undefined) return { itemsPerSecond: null };
  const { first, rounds, engine, latenciesMs, startMs } = result;
  return {
    itemsPerSecond: figure(bulkOf(result)),
    firstItemsPerSecond: figure(first.itemsPerSecond),
    runs: rounds.map(({ itemsPerSecond }) => rounded(itemsPerSecond)),
    alerts: rounds.map(({ alerts }) => alerts),
    engineItemsPerSecond: figure(quantile(engine, 0.5)),
    engineShare: shareOf(result),
    cpuMsPerItem: rounds.at(-1)?.cpu ?? null,
    latencyMs: { p50: figure(quantile(latenciesMs, 0.5), 1), p95: figure(quantile(latenciesMs, 0.95), 1) },
    memoryMb: figure(Math.max(...[first, ...rounds].map(({ peakMb }) => peakMb ?? 0))),
    startMs: { cold: rounded(startMs.cold), warm: rounded(startMs.warm) },
  };
}

function bulkOf({ rounds }: BackendResult): number {
  return quantile(
    rounds.map(({ itemsPerSecond }) => itemsPerSecond),
    0.5,
  );
}

function shareOf(result: BackendResult): number | null {
  return figure(bulkOf(result) / quantile(result.engine, 0.5), 2);
}

function figure(value: number, digits = 0): number | null {
  return Number.isFinite(value) ? rounded(value, digits) : null;
}
