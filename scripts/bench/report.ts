import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { planFor, predictedRate } from "./model.ts";
import { type Bar, barPlot, linePlot } from "./plot.ts";
import type { BackendResult, GrowthPoint, Measured, Results } from "./results.ts";
import { type Row, rowsOf } from "./rows.ts";
import { quantile, rounded, spreadOf } from "./statistics.ts";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));
const PLOTS = `${DOCS}benchmarks/`;
const KEPT = `${PLOTS}results.json`;

/** The results of earlier runs; parts that were not measured anew are shown from them. */
export function readResults(): Results | null {
  return existsSync(KEPT) ? (JSON.parse(readFileSync(KEPT, "utf8")) as Results) : null;
}

/** Writes docs/benchmarks.md, its plots and the results that they show. */
export function writeReport(results: Results): void {
  mkdirSync(PLOTS, { recursive: true });
  writeFileSync(KEPT, `${JSON.stringify(results, null, 1)}\n`);
  const plots = plotsOf(results);
  for (const [name, svg] of plots) writeFileSync(`${PLOTS}${name}.svg`, svg);
  writeFileSync(`${DOCS}benchmarks.md`, documentOf(results, [...plots.keys()]));
}

function plotsOf({ parts: { embedded, redis, analysis, growth, workers } }: Results): Map<string, string> {
  const plots = new Map<string, string>();
  const bulk = [...barsOf("embedded", 750, embedded), ...barsOf("Redis", 1500, redis)];
  if (bulk.length > 0) plots.set("bulk", barPlot("Items in bulk, and the queue engine alone", "items a second", bulk));
  const waits = [...waitBars("embedded", embedded), ...waitBars("Redis", redis)];
  if (waits.length > 0) plots.set("latency", barPlot("Feed answer to webhook received, idle", "ms", waits));
  const costs = [...costBars("embedded", embedded), ...costBars("Redis", redis)];
  if (costs.length > 0) plots.set("cost", barPlot("CPU of an item in bulk", "ms", costs));
  if (analysis)
    plots.set(
      "analysis",
      barPlot("Pure analysis on one core", "items a second", [bar("analysis", analysis.rates, 2000)]),
    );
  if (growth) {
    plots.set("growth-cost", growthPlot("CPU of an item as the ledger grows", "ms", growth.points, "cpuMsPerItem"));
    plots.set("growth-memory", growthPlot("Resident memory of a worker process", "MB", growth.points, "rssMb"));
  }
  if (workers)
    plots.set(
      "workers",
      barPlot("Worker processes on Redis", "items a second", [bar("one", workers.one), bar("two", workers.two)]),
    );
  return plots;
}

function bar(label: string, runs: readonly number[], target?: number): Bar {
  const { median, least, most } = spreadOf(runs);
  return { label, value: median, least, most, ...(target === undefined ? {} : { target }) };
}

function barsOf(name: string, target: number, result: BackendResult | undefined): Bar[] {
  if (result === undefined) return [];
  const rates = result.rounds.map(({ itemsPerSecond }) => itemsPerSecond);
  return [
    bar(`${name}: bulk`, rates, target),
    bar(`${name}: a daemon just started`, [result.first.itemsPerSecond]),
    bar(`${name}: engine alone`, result.engine),
  ];
}

function waitBars(name: string, result: BackendResult | undefined): Bar[] {
  if (result === undefined) return [];
  return [
    { label: `${name}: p50`, value: quantile(result.latenciesMs, 0.5), target: 60 },
    { label: `${name}: p95`, value: quantile(result.latenciesMs, 0.95), target: 150 },
  ];
}

function costBars(name: string, result: BackendResult | undefined): Bar[] {
  const cpu = result?.rounds.at(-1)?.cpu;
  if (!cpu) return [];
  return [
    { label: `${name}: daemon`, value: cpu.daemon },
    { label: `${name}: PostgreSQL`, value: cpu.postgres },
    ...(cpu.redis > 0 ? [{ label: `${name}: Redis`, value: cpu.redis }] : []),
  ];
}

function growthPlot(
  title: string,
  unit: string,
  points: readonly GrowthPoint[],
  key: "cpuMsPerItem" | "rssMb",
): string {
  const shown = points.flatMap((point) => {
    const y = point[key];
    return y === null ? [] : [{ x: point.items, y }];
  });
  return linePlot(title, unit, shown, "items in the ledger");
}

function documentOf(results: Results, plots: readonly string[]): string {
  const measured = Object.entries(results.parts) as [string, Measured<object>][];
  return `# How fast Rasid is

\`npm run bench\` measures this and writes this page with its plots; nothing here is written by hand. \`npm run bench -- --quick --json\` takes under 4 minutes and prints the main figures. Everything is real: the built daemon, 200 feeds and an endpoint that verifies in a process of their own, the embedded PostgreSQL, durable as in service, and a Redis with AOF. All of it shares the machine's cores.

Load: 200 feeds with 50 items of 1 KB each (1,024 bytes of title and text in UTF-8) in seven languages, a tenth on the story, 500 of them each raising an alert, a twentieth copies. The clock runs from the first request of a feed until all items are matched and all alerts received. The rounds follow each other on one daemon; the first one of a daemon just started is shown apart.

Machine: ${results.machine}. ${measured.map(([part, { at, load }]) => `${part}: ${at.slice(0, 16).replace("T", " ")}, load before ${load}`).join("; ")}.${busyNote(measured.map(([, { load }]) => load))}

| figure | target | measured | least – most | physical bound | what stands between |
|---|---|---|---|---|---|
${rowsOf(results).map(lineOf).join("\n")}

\`engineShare\` is the bulk rate ÷ the items a second of the queue engine alone with a no-op job for each item and each of five hops, on the same backend in the same run. The figure without a backend's name is that of the embedded one, the default. A job of the pipeline carries up to 100 items, and an item that concerns no story leaves it after one stage.

${plots.map((name) => `![${name}](benchmarks/${name}.svg)`).join("\n\n")}

${modelOf(results)}

## A soak

\`npm run soak -- --minutes 30\` runs the daemon at half the measured bulk rate and watches memory, queues, connections and file handles of all processes. It ends with what grew.
`;
}

/** A machine that was at other work: what takes time is then too slow, CPU for an item about right. */
function busyNote(loads: readonly number[]): string {
  if (!loads.some((load) => load > 2)) return "";
  return " **The machine was shared with other work while some of this was measured** (its load before was above its two cores), so speeds, latencies and starts are worse than the machine's own; CPU for an item and ratios within one run are about right.";
}

const lineOf = ({ figure, target, measured, spread, bound, between }: Row): string =>
  `| ${figure} | ${target} | ${measured} | ${spread} | ${bound} | ${between} |`;

function modelOf({ parts: { embedded, redis, workers } }: Results): string {
  const cpu = (redis ?? embedded)?.rounds.at(-1)?.cpu;
  if (!cpu) return "";
  const lines = [1_000_000, 10_000_000].map((itemsADay) => {
    const { perSecond, cores } = planFor(itemsADay, cpu);
    return `| ${itemsADay.toLocaleString("en")} | ${rounded(perSecond)} | ${rounded(cores.rasid, 2)} | ${rounded(cores.postgres, 2)} | ${rounded(cores.redis, 2)} |`;
  });
  return `## More than one machine

An item costs ${rounded(cpu.daemon, 2)} ms of CPU in Rasid, ${rounded(cpu.postgres, 2)} ms in PostgreSQL${cpu.redis > 0 ? ` and ${rounded(cpu.redis, 3)} ms in Redis` : ""}. With the busiest hour at three times the mean and cores planned to 70 %:

| items a day | items a second at the peak | cores of Rasid | of PostgreSQL | of Redis |
|---|---|---|---|---|
${lines.join("\n")}

${checkOf(workers)}`;
}

function checkOf(workers: Results["parts"]["workers"]): string {
  if (!workers?.cpu) return "";
  const [one, two] = [quantile(workers.one, 0.5), quantile(workers.two, 0.5)];
  const predicted = [1, 2].map((count) => predictedRate(count, 2, workers.cpu as NonNullable<typeof workers.cpu>));
  return `Checked against worker processes (deduplicate, classify, match) that read articles of 24 KB and keep to a core each, on two cores, which all else shares: from the CPU per item (worker ${rounded(workers.cpu.worker, 2)}, the process with the other roles ${rounded(workers.cpu.rest, 2)}, PostgreSQL ${rounded(workers.cpu.postgres, 2)}, Redis ${rounded(workers.cpu.redis, 3)} ms) the model says ${rounded(predicted[0] ?? 0)} items a second for one and ${rounded(predicted[1] ?? 0)} for two; measured were ${rounded(one)} and ${rounded(two)}.`;
}
