import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { Analysis } from "../domain/analyze.ts";
import type { Span } from "../domain/claims/claim.ts";
import type { Item } from "../domain/item.ts";
import { InputError } from "../input-error.ts";
import { currentEvent, itemLabels, numbersLabels, parallelRow } from "./labels.ts";
import { type Agreement, ratio } from "./ratio.ts";
import { scoreCopies } from "./score-copies.ts";
import { scoreFigures } from "./score-figures.ts";
import { type NumbersScore, scoreNumbers, scoreParallel } from "./score-numbers.ts";
import { scoreCurrentEvents, scoreRelevance } from "./score-relevance.ts";
import { scoreStatements } from "./score-statements.ts";

/** One line of the table. `score` is a share or an F1; null where nothing was there to score. */
export interface ScoreRow {
  readonly part: string;
  readonly of: string;
  readonly score: number | null;
  /** What the score was made from: counts, or precision and recall. */
  readonly detail: string;
}

/** A part that could not be scored, and what was missing. */
export interface LeftOut {
  readonly part: string;
  readonly because: string;
}

export interface Evaluation {
  readonly rows: readonly ScoreRow[];
  readonly leftOut: readonly LeftOut[];
}

/** What is evaluated. Each reader gets items alone, never labels. */
export interface Readers {
  /** The items of a file of JSON Lines, without whatever else a line has. */
  readonly items: (file: string) => Promise<readonly Item[]>;
  readonly analyze: (item: Item) => Pick<Analysis, "relevance" | "figures" | "statements">;
  readonly numbers: (item: Item) => readonly number[];
  /** The cluster of each item, in the order of the items. */
  readonly clusters: (items: readonly Item[]) => readonly string[];
  /** Fields equal and compared over a folder of feeds. */
  readonly feeds: (folder: string) => Promise<{ fields: number; equal: number; files: number }>;
}

export interface EvaluationOptions {
  /** Only items of these languages; absent: all. */
  readonly languages?: readonly string[] | undefined;
  /** Told every miss and every false hit. */
  readonly note: (line: string) => void;
}

const NOTHING: Pick<Analysis, "figures" | "statements"> = { figures: [], statements: [] };
const PARALLEL_LANGUAGES = ["ar", "ru", "tr", "fr", "hy", "az"];

/** Scores a folder of labelled data, part by part; a part whose file is absent is left out, and said so. */
export async function evaluate(folder: string, readers: Readers, options: EvaluationOptions): Promise<Evaluation> {
  const parts: [string, () => Promise<ScoreRow[]>][] = [
    ["story-items.jsonl", () => itemRows(join(folder, "story-items.jsonl"), readers, options)],
    ["current-events.jsonl", () => currentEventRows(join(folder, "current-events.jsonl"), readers, options)],
    ["numbers.jsonl", () => numberRows(join(folder, "numbers.jsonl"), readers, options)],
    ["parallel-news.jsonl", () => parallelRows(join(folder, "parallel-news.jsonl"), readers, options)],
    ["feeds", () => feedRows(join(folder, "feeds"), readers)],
  ];
  const rows: ScoreRow[] = [];
  const leftOut: LeftOut[] = [];
  for (const [name, score] of parts) {
    if (existsSync(join(folder, name))) rows.push(...(await score()));
    else leftOut.push({ part: name, because: `${join(folder, name)} is absent` });
  }
  return { rows, leftOut };
}

function readLines<S extends z.ZodType>(file: string, schema: S): z.output<S>[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, index) => {
      if (line.trim() === "") return [];
      const parsed = schema.safeParse(parsedLine(line, `${file}:${index + 1}`));
      if (parsed.success) return [parsed.data];
      const issue = parsed.error.issues[0];
      throw new InputError(`${file}:${index + 1}: field ${issue?.path.join(".")}: ${issue?.message}`);
    });
}

function parsedLine(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new InputError(`${place}: no JSON`);
  }
}

async function itemRows(
  file: string,
  { items: read, analyze, clusters }: Readers,
  { languages, note }: EvaluationOptions,
): Promise<ScoreRow[]> {
  const labels = readLines(file, itemLabels).filter(({ lang }) => languages?.includes(lang) ?? true);
  const wanted = new Set(labels.map(({ id }) => id));
  const items = (await read(file)).filter(({ id }) => wanted.has(id));
  const analyses = new Map(items.map((one) => [one.id, analyze(one)]));
  const of = (id: string) => analyses.get(id) ?? NOTHING;
  const clustered = clusters(items);
  const cluster = new Map(items.map(({ id }, index) => [id, clustered[index]]));
  const relevance = scoreRelevance(labels, (id) => analyses.get(id)?.relevance.relevant ?? false, note);
  const figures = scoreFigures(labels, (id) => of(id).figures, note);
  const statements = scoreStatements(labels, (id) => of(id).statements, note);
  const copies = scoreCopies(labels, (id) => cluster.get(id), note);
  return [
    ...agreementRows("relevance", relevance),
    ...agreementRows("figures", figures),
    { part: "figures", of: "event", score: figures.event, detail: `of ${figures.all.hits} found` },
    { part: "figures", of: "qualifier", score: figures.qualifier, detail: `of ${figures.all.hits} found` },
    { part: "figures", of: "false updates", score: figures.falseUpdates, detail: "a count: none is right" },
    ...agreementRows("statements", statements),
    { part: "copies", of: "found", score: copies.found, detail: `${copies.pairs} pairs` },
    {
      part: "copies",
      of: "look-alikes merged",
      score: copies.lookAlikesMerged,
      detail: `a count, of ${copies.lookAlikes}`,
    },
    { part: "copies", of: "merged without a reason", score: copies.merged, detail: "a count" },
    quoteRow(items, of),
  ];
}

interface Scored {
  readonly all: Agreement;
  readonly byLanguage: Readonly<Record<string, number>>;
}

function agreementRows(part: string, { all, byLanguage }: Scored): ScoreRow[] {
  const { precision, recall, f1, hits, predicted, expected } = all;
  const detail = `F1; precision ${precision ?? "–"}, recall ${recall ?? "–"}; ${hits} of ${expected}, ${predicted} read`;
  return [
    { part, of: "all", score: f1, detail },
    ...sorted(byLanguage).map(([lang, score]) => ({ part, of: lang, score, detail: "F1" })),
  ];
}

function sorted<V>(byLanguage: Readonly<Record<string, V>>): [string, V][] {
  return Object.entries(byLanguage).sort(([one], [other]) => one.localeCompare(other));
}

/** Every quote must be the exact span of its field. */
function quoteRow(items: readonly Item[], of: (id: string) => typeof NOTHING): ScoreRow {
  const exact = items.flatMap((item) =>
    [...of(item.id).figures, ...of(item.id).statements].map(
      ({ field, start, end, quote }: Span) => item[field].slice(start, end) === quote && quote !== "",
    ),
  );
  const right = exact.filter(Boolean).length;
  return { part: "quotes", of: "exact", score: ratio(right, exact.length), detail: `${right} of ${exact.length}` };
}

async function currentEventRows(file: string, { analyze }: Readers, { note }: EvaluationOptions): Promise<ScoreRow[]> {
  const events = readLines(file, currentEvent);
  const relevant = new Map(
    events.map(({ id, date, text }) => {
      const item = { id, title: "", text, published: new Date(date).toISOString() };
      return [id, analyze(item).relevance.relevant];
    }),
  );
  const { kept, others, found, ofStory } = scoreCurrentEvents(events, (id) => relevant.get(id) ?? false, note);
  return [
    { part: "current events", of: "other kept out", score: kept, detail: `${others} summaries` },
    { part: "current events", of: "story found", score: found, detail: `${ofStory} summaries` },
  ];
}

async function numberRows(
  file: string,
  { numbers }: Readers,
  { languages, note }: EvaluationOptions,
): Promise<ScoreRow[]> {
  const texts = readLines(file, numbersLabels).filter(({ lang }) => languages?.includes(lang) ?? true);
  const read = new Map(
    texts.map(({ id, lang, text }) => [id, numbers({ id, title: "", text, published: null, lang })]),
  );
  return numbersRows(
    "numbers",
    scoreNumbers(texts, (id) => read.get(id) ?? [], note),
  );
}

async function parallelRows(file: string, { numbers }: Readers, options: EvaluationOptions): Promise<ScoreRow[]> {
  const rows = readLines(file, parallelRow);
  const languages = PARALLEL_LANGUAGES.filter((lang) => options.languages?.includes(lang) ?? true);
  const read = new Map(
    rows.flatMap((row) =>
      ["en", ...languages].map((lang): [string, readonly number[]] => {
        const id = `${row.id}:${lang}`;
        return [id, numbers({ id, title: "", text: row[lang] ?? "", published: null, lang })];
      }),
    ),
  );
  return numbersRows(
    "parallel",
    scoreParallel(rows, languages, (id) => read.get(id) ?? [], options.note),
  );
}

function numbersRows(part: string, scores: Readonly<Record<string, NumbersScore>>): ScoreRow[] {
  return sorted(scores).map(([of, { share, right, cases }]) => ({
    part,
    of,
    score: share,
    detail: `${right} of ${cases}`,
  }));
}

async function feedRows(folder: string, { feeds }: Readers): Promise<ScoreRow[]> {
  const { fields, equal, files } = await feeds(folder);
  const detail = `${equal} of ${fields} fields in ${files} feeds`;
  return [{ part: "feeds", of: "fields", score: ratio(equal, fields), detail }];
}
