/**
 * Measures how copies are told from updates, on generated copies of the texts given:
 *
 *   npx tsx scripts/measure/copies.ts EVENTS.jsonl [PARALLEL.jsonl] [--speed 1000000] [--verbose]
 *
 * EVENTS.jsonl holds lines with "text" (one or two English sentences), PARALLEL.jsonl lines with one sentence in several
 * languages by ISO code. Prints one JSON object: copies found, updates held apart, unrelated reports merged, times.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadReadingConfiguration } from "../../src/config/load-configuration.ts";
import { loadCopyRules } from "../../src/config/load-copy-rules.ts";
import { findItemEntities } from "../../src/domain/classify/entities.ts";
import { clusterItem, createCopyIndex, DEFAULT_WINDOW_MS } from "../../src/domain/dedup/copy-index.ts";
import { type CopyCandidate, decideCopy, type NewItem } from "../../src/domain/dedup/decide-copy.ts";
import { fingerprint } from "../../src/domain/dedup/fingerprint.ts";
import { fingerprintItem } from "../../src/domain/dedup/fingerprint-item.ts";
import { likeness } from "../../src/domain/dedup/likeness.ts";
import { readItem } from "../../src/domain/language/read-item.ts";
import { createRevisionReader } from "../../src/domain/revision-reader.ts";
import { seeded } from "../bench/random.ts";

const args = process.argv.slice(2);
const verbose = args.includes("--verbose");
const speed = args.includes("--speed") ? Number(args[args.indexOf("--speed") + 1]) : 0;
const [eventsFile, parallelFile] = args.filter((arg) => arg.endsWith(".jsonl"));
if (!eventsFile)
  throw new Error("usage: scripts/measure/copies.ts EVENTS.jsonl [PARALLEL.jsonl] [--speed N] [--verbose]");

const configDir = join(import.meta.dirname, "../../config");
const { packs, stories } = loadReadingConfiguration(configDir);
const rules = loadCopyRules(configDir);
const read = createRevisionReader({ packs, stories, keep: 1 });
const random = seeded(20220915);
const LANGUAGES = ["en", "ar", "ru", "tr", "fr", "hy", "az"];
const NOW = Date.parse("2022-09-15T00:00:00Z");

interface Report {
  readonly lang: string;
  readonly text: string;
  /** Milliseconds; reports without a date are taken as of one time. */
  readonly at: number;
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const lines = (file: string): Record<string, unknown>[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** The item as the daemon places it: names and figures read for every story. */
function take(id: string, lang: string, title: string, text: string, at = NOW): NewItem {
  const readings = read({ id, title, text, published: new Date(at).toISOString(), lang });
  return { id, at, fingerprint: fingerprintItem(readings, null, rules) };
}

/** The same without its figures, which cost most: for measuring how the index grows. */
function takeQuickly(id: string, text: string, at: number): NewItem {
  const reading = readItem({ id, title: "", text, published: null, lang: "en" }, packs);
  const fields = reading.fields.map((field) => ({ reading: field, entities: [] }));
  return { id, at, fingerprint: fingerprint({ lang: reading.lang, fields, url: null }, rules) };
}

const candidate = ({ id, at, fingerprint: { exact, sketch } }: NewItem): CopyCandidate => ({
  id,
  cluster: id,
  at,
  exact,
  sketch,
});

const CREDITS: readonly ((text: string) => string)[] = [
  (text) => `YEREVAN, September 15 (Reuters) - ${text}`,
  (text) => `(AFP) - ${text}`,
  (text) => `${text} (AP)`,
  (text) => `${text} Source: TASS`,
  (text) => `By Press Association. ${text}`,
  (text) => `${text} Copyright 2022 AFP. All rights reserved.`,
  (text) => text,
];

/** A copy as portals make them: 40 % of the words, from the start or from within, another heading and credit line. */
function cutCopy(text: string): string {
  const words = text.replace(/(?:\s*,?\s*\([^()]*\))+\.?\s*$/, "").split(/\s+/);
  const length = Math.max(1, Math.round(words.length * 0.4));
  const start = random() < 0.7 ? 0 : Math.floor(random() * (words.length - length + 1));
  return pick(CREDITS)(words.slice(start, start + length).join(" "));
}

/** Another toll in the same template: the first figure written in digits is changed. Null where there is none to change. */
function otherToll({ lang, text }: Report): string | null {
  const field = readItem({ id: "", title: "", text, published: null, lang }, packs).fields[0];
  const number = field?.numbers.find(
    ({ form, notFigure, value }) => form === "digits" && notFigure === null && value !== null,
  );
  if (!number?.value || number.last >= (field?.tokens.length ?? 0)) return null;
  const written = text.slice(number.start, number.end);
  const digits = /^\d+$/.exec(written)?.[0];
  if (digits === undefined) return null;
  return text.slice(0, number.start) + String(Number(digits) + 1 + Math.floor(random() * 40)) + text.slice(number.end);
}

const SIDES: Record<string, string> = { Armenia: "Azerbaijan", Armenian: "Azerbaijani", Yerevan: "Baku" };

/** The same said of the other side. Null where no side is named, or both are named and only their order would differ. */
function otherSide({ lang, text }: Report): string | null {
  if (lang !== "en") return null;
  const turned = text.replace(/\b(Armenia|Armenian|Yerevan)\b/g, (side) => SIDES[side] ?? side);
  return turned === text || /Azer|Baku|Armen(?!ian?\b)/.test(text) ? null : turned;
}

/** The opposite in the same words. Null where no such verb stands in the text. */
function opposite({ text }: Report): string | null {
  if (/\b(?:not|no|never|nor)\b|n't/.test(text)) return null;
  const turned = text
    .replace(/\bwill\b/, "will not")
    .replace(/\b(has|have) (?!not|been|no\b)(\w+ed)\b/, "$1 not $2")
    .replace(/\b(is|are|was|were) (?!not|no\b)(\w+ed)\b/, "$1 not $2")
    .replace(/\bconfirms\b/, "denies");
  return turned === text ? null : turned;
}

function describe(one: NewItem, other: NewItem): string {
  const { contained, shared, counted, words } = likeness(one.fingerprint.sketch, other.fingerprint.sketch);
  return `[${shared}/${counted} = ${round(contained)}, words ${round(words)}]`;
}

/** Words of another report: a heading that shares nothing with the copy but says no other toll either. */
function heading(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => !/\d/.test(word))
    .slice(0, 5)
    .join(" ");
}

function measureCopies(reports: readonly Report[], pairs: number) {
  const originals = reports.map(({ lang, text }, index) =>
    take(`original-${index}`, lang, text.split(/\s+/).slice(0, 6).join(" "), text),
  );
  const index = createCopyIndex();
  for (const original of originals) clusterItem(index, original);
  let found = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const at = pair % reports.length;
    const { lang, text } = reports[at]!;
    const cut = cutCopy(text);
    const copy = take(`copy-${pair}`, lang, heading(pick(reports).text), cut);
    const decision = decideCopy(copy, index.lookUp(copy));
    const ofOriginal = decideCopy(copy, [candidate(originals[at]!)]);
    if (decision.kind !== "first" && ofOriginal.kind !== "first") found += 1;
    else if (verbose) {
      const why =
        decision.veto?.because ??
        ofOriginal.veto?.because ??
        (ofOriginal.kind === "first" ? "unlike" : "not looked up");
      console.error(`kept apart (${why}) ${describe(copy, originals[at]!)}: ${cut} <> ${text}`);
    }
  }
  return { pairs, found: round(found / pairs) };
}

function measureUnrelated(reports: readonly Report[], pairs: number) {
  const items = reports.map(({ lang, text, at }, index) => take(`item-${index}`, lang, "", text, at));
  let merged = 0;
  let mergedAtOneTime = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const [one, other] = [Math.floor(random() * items.length), Math.floor(random() * items.length)];
    if (one === other || reports[one]!.text === reports[other]!.text) continue;
    if (decideCopy({ ...items[one]!, at: items[other]!.at }, [candidate(items[other]!)]).kind === "first") continue;
    mergedAtOneTime += 1;
    if (Math.abs(items[one]!.at - items[other]!.at) <= DEFAULT_WINDOW_MS) merged += 1;
    if (verbose)
      console.error(`merged ${describe(items[one]!, items[other]!)}: ${reports[one]!.text} <> ${reports[other]!.text}`);
  }
  return { pairs, merged, mergedAtOneTime };
}

function measureUpdates(reports: readonly Report[], change: (report: Report) => string | null) {
  let changed = 0;
  let merged = 0;
  for (const [index, report] of reports.entries()) {
    const { lang, text } = report;
    const other = change(report);
    if (other === null) continue;
    changed += 1;
    const decision = decideCopy(take(`b-${index}`, lang, "", other), [candidate(take(`a-${index}`, lang, "", text))]);
    if (decision.kind === "first") continue;
    merged += 1;
    if (verbose) console.error(`update merged: ${text} <> ${other}`);
  }
  return { changed, merged };
}

const RECENT = 5000;

/** Reports put together of other reports' phrases, as many as asked for, to see how the index grows. */
function measureSpeed(reports: readonly Report[], upTo: number) {
  const index = createCopyIndex();
  const words = reports.flatMap(({ text }) => text.split(/\s+/));
  const marks = [10_000, 100_000, 1_000_000].filter((mark) => mark <= upTo);
  const times: Record<string, unknown> = {};
  const recent: number[] = [];
  for (let count = 1; count <= upTo; count += 1) {
    const text = Array.from({ length: 4 }, () => {
      const at = Math.floor(random() * (words.length - 12));
      return words.slice(at, at + 10).join(" ");
    }).join(" ");
    const item = takeQuickly(`item-${count}`, text, NOW + count);
    const began = performance.now();
    clusterItem(index, item);
    recent[count % RECENT] = performance.now() - began;
    if (!marks.includes(count)) continue;
    times[`at ${count}`] = { ...quantiles(recent), memoryMb: Math.round(process.memoryUsage().rss / 1e6) };
    console.error(`${count} items: ${JSON.stringify(times[`at ${count}`])}`);
  }
  return times;
}

function measureFingerprint(reports: readonly Report[]) {
  const text = reports
    .slice(0, 400)
    .map((report) => report.text)
    .join(" ")
    .slice(0, 50_000);
  const chunks = Array.from({ length: 50 }, (_, at) => text.slice(at * 1000, at * 1000 + 1000));
  const inputs = chunks.map((chunk, at) => {
    const reading = readItem({ id: `${at}`, title: "", text: chunk, published: null, lang: "en" }, packs);
    const entities = findItemEntities(reading, stories[0]!);
    return {
      lang: reading.lang,
      fields: reading.fields.map((field, index) => ({ reading: field, entities: entities[index] ?? [] })),
      url: null,
    };
  });
  const times = Array.from({ length: 60 }, () => {
    const began = performance.now();
    for (const input of inputs) fingerprint(input, rules);
    return (performance.now() - began) / inputs.length;
  });
  return round(Math.min(...times));
}

function quantiles(times: readonly number[]): Record<string, number> {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number): number => round(sorted[Math.floor(sorted.length * share)] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

const events = lines(eventsFile).map((line) => ({
  lang: "en",
  text: String(line.text),
  at: typeof line.date === "string" ? Date.parse(line.date) : NOW,
}));
const result: Record<string, unknown> = {
  cut: measureCopies(events, 2000),
  unrelated: measureUnrelated(events, 1_000_000),
  otherToll: measureUpdates(events, otherToll),
  otherSide: measureUpdates(events, otherSide),
  opposite: measureUpdates(events, opposite),
  fingerprintMsPerKb: measureFingerprint(events),
};
if (parallelFile) {
  const rows = lines(parallelFile);
  for (const lang of LANGUAGES) {
    const reports: Report[] = [];
    for (let at = 0; at + 2 < rows.length; at += 3) {
      const text = rows
        .slice(at, at + 3)
        .map((row) => String(row[lang] ?? ""))
        .join(" ");
      if (text.trim() !== "") reports.push({ lang, text, at: NOW });
    }
    result[lang] = {
      ...measureCopies(reports, reports.length * 2),
      otherToll: measureUpdates(reports, otherToll),
      unrelated: measureUnrelated(reports, 100_000).mergedAtOneTime,
    };
  }
}
if (speed > 0) result.speed = measureSpeed(events, speed);
console.log(JSON.stringify(result, null, 2));
