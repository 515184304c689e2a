import type { BackendResult, GrowthPoint, Results } from "./results.ts";
import { quantile, rounded, spreadOf } from "./statistics.ts";

/** A line of the table of figures. */
export interface Row {
  readonly figure: string;
  readonly target: string;
  readonly measured: string;
  readonly spread: string;
  readonly bound: string;
  readonly between: string;
}

const NOT_MEASURED = "not measured in this run";
const CORES = 2;

/** The figures in the order of the targets; what was not measured says so. */
export function rowsOf({ parts }: Results): Row[] {
  const { embedded, redis, analysis, growth, workers } = parts;
  return [
    bulkRow("items a second in bulk, Redis", "≥ 1,500", redis),
    bulkRow("items a second in bulk, embedded", "≥ 750", embedded),
    shareRow("engineShare (embedded)", embedded),
    shareRow("engineShare on Redis", redis),
    ...latencyRows("embedded", embedded),
    ...latencyRows("Redis", redis),
    runsRow(
      { figure: "pure analysis, items of 1 KB a second on one core", target: "≥ 2,000", unit: "" },
      analysis?.rates,
      "one core; every character is looked at several times",
      "matching of phrases and words; garbage",
    ),
    memoryRow(parts),
    wholeRow(parts),
    growthRow(growth),
    startRow(
      "start to ready, warm",
      "≤ 1,500 ms",
      embedded?.startMs.warm,
      "reading 6 MB of code and the configuration",
    ),
    startRow("start to ready, cold with initdb", "≤ 4,000 ms", embedded?.startMs.cold, "initdb writes 40 MB and syncs"),
    workersRow(workers),
  ];
}

function bulkRow(figure: string, target: string, result: BackendResult | undefined): Row {
  const rates = result?.rounds.map(({ itemsPerSecond }) => itemsPerSecond);
  const cpu = result?.rounds.at(-1)?.cpu;
  const bound = cpu
    ? `${rounded((CORES * 1000) / cpuOf(result))} if both cores did nothing else: ${rounded(cpu.daemon, 2)} ms daemon, ${rounded(cpu.postgres, 2)} PostgreSQL, ${rounded(cpu.redis, 3)} Redis`
    : "CPU";
  return runsRow({ figure, target, unit: "" }, rates, bound, "feeds' and endpoint's own process; waits for commits");
}

/** CPU that an item took in the last round in all processes, ms; NaN where the system does not tell. */
function cpuOf(result: BackendResult | undefined): number {
  const cpu = result?.rounds.at(-1)?.cpu;
  return cpu ? cpu.daemon + cpu.postgres + cpu.redis : Number.NaN;
}

function shareRow(figure: string, result: BackendResult | undefined): Row {
  const engine = quantile(result?.engine ?? [], 0.5);
  const shares = result?.rounds.map(({ itemsPerSecond }) => itemsPerSecond / engine);
  return {
    ...runsRow(
      { figure, target: "≥ 2", unit: "", digits: 2 },
      shares,
      `the engine alone: ${rounded(engine)} items/s; twice that leaves an item ${rounded((CORES * 1000) / (2 * engine), 2)} ms of CPU on both cores, and it takes ${rounded(cpuOf(result), 2)}`,
      "",
    ),
    between: "the cost of reading and keeping an item, which the engine has not",
  };
}

function latencyRows(name: string, result: BackendResult | undefined): Row[] {
  return [
    [0.5, 60],
    [0.95, 150],
  ].map(([share, target]) => {
    const value = quantile(result?.latenciesMs ?? [], share as number);
    return {
      figure: `feed answer → webhook received, idle, ${name}: p${(share as number) * 100}`,
      target: `≤ ${target} ms`,
      measured: Number.isNaN(value) ? NOT_MEASURED : `${rounded(value, 1)} ms`,
      spread: result ? `${result.latenciesMs.length} alerts` : "",
      bound: "seven commits, one after the other, and three hops of the queue",
      between: "taking and committing at each stage",
    };
  });
}

interface RunsOptions {
  readonly figure: string;
  readonly target: string;
  readonly unit: string;
  readonly digits?: number;
}

function runsRow(
  { figure, target, unit, digits = 0 }: RunsOptions,
  runs: readonly number[] | undefined,
  bound: string,
  between: string,
): Row {
  if (runs === undefined || runs.length === 0)
    return { figure, target, measured: NOT_MEASURED, spread: "", bound, between };
  const { median, least, most } = spreadOf(runs);
  const shown = (value: number) => rounded(value, digits).toLocaleString("en");
  return {
    ...{ figure, target, bound, between },
    measured: `${shown(median)}${unit}`,
    spread: `${shown(least)} – ${shown(most)} (${runs.length})`,
  };
}

function memoryRow({ growth, memory }: Results["parts"]): Row {
  const points = (growth ?? memory)?.points ?? [];
  const items = points.at(-1)?.items.toLocaleString("en");
  return runsRow(
    {
      figure: `memory of a worker process (deduplicate, classify, match)${items ? `, at ${items} items` : ""}`,
      target: "≤ 250 MB",
      unit: " MB",
    },
    points.slice(-5).flatMap(({ rssMb }) => (rssMb === null ? [] : [rssMb])),
    "48 MB Node's own code and data, what main and analysis thread hold live, 10 compiled code",
    "what V8 leaves lying until it must collect (a seventh of a worker's heap), and what malloc keeps",
  );
}

function wholeRow({ embedded, redis }: Results["parts"]): Row {
  const peaks = [embedded, redis].flatMap((one) => one?.rounds.flatMap(({ peakMb }) => peakMb ?? []) ?? []);
  return runsRow(
    { figure: "memory of a daemon with all roles, in bulk", target: "–", unit: " MB" },
    peaks,
    "a worker's, and two parsing threads of 30 MB, API and dashboard",
    "as above",
  );
}

function growthRow(growth: Results["parts"]["growth"]): Row {
  const frame = {
    figure: "cost of an item as the ledger grows, against a fresh one right after",
    target: "≤ 1.15 ×",
    bound: "trees of a ledger 100 times as large are one or two pages deeper",
    between: "index pages that no longer lie in memory",
  };
  if (growth?.anew === undefined) return { ...frame, measured: NOT_MEASURED, spread: "" };
  // The first round of a daemon is compiling its code.
  const [before, late, anew] = [growth.points.slice(1, 4), growth.points.slice(-3), growth.anew.slice(1)].map(costOf);
  return {
    ...frame,
    measured: `${rounded(late! / anew!, 2)} × at ${growth.points.at(-1)?.items.toLocaleString("en")}`,
    spread: `${rounded(before!, 2)} ms → ${rounded(late!, 2)} ms; fresh ${rounded(anew!, 2)} ms`,
  };
}

function costOf(points: readonly GrowthPoint[]): number {
  return quantile(
    points.map(({ cpuMsPerItem }) => cpuMsPerItem ?? Number.NaN),
    0.5,
  );
}

function startRow(figure: string, target: string, ms: number | undefined, bound: string): Row {
  return {
    ...{ figure, target, bound, spread: "" },
    measured: ms === undefined ? NOT_MEASURED : `${rounded(ms).toLocaleString("en")} ms`,
    between: "PostgreSQL's own start, and opening the queues",
  };
}

function workersRow(workers: Results["parts"]["workers"]): Row {
  const frame = {
    figure: "two worker processes against one, Redis, analysis-bound (articles of 24 KB, a core for each)",
    target: "≥ 1.7 ×",
    bound: "2 × where each has a core of its own; here PostgreSQL, Redis and the other roles share the two cores",
    between: "the CPU of the ledger for the same items",
  };
  if (workers === undefined) return { ...frame, measured: NOT_MEASURED, spread: "" };
  const [one, two] = [spreadOf(workers.one), spreadOf(workers.two)];
  return {
    ...frame,
    measured: `${rounded(two.median / one.median, 2)} ×`,
    spread: `one: ${rounded(one.least)} – ${rounded(one.most)}; two: ${rounded(two.least)} – ${rounded(two.most)}`,
  };
}
