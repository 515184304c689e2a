import type { Command } from "commander";
import type { Configuration } from "../config/load-configuration.ts";
import { loadReadingConfiguration } from "../config/load-configuration.ts";
import { type Analysis, analyzeContext } from "../domain/analyze.ts";
import type { Item } from "../domain/item.ts";
import { numbersOf } from "../domain/language/number-list.ts";
import { readItem } from "../domain/language/read-item.ts";
import type { Reading } from "../domain/language/reading.ts";
import { readContext } from "../domain/read-context.ts";
import type { Story } from "../domain/story.ts";
import { InputError } from "../input-error.ts";
import { readSettings } from "../settings.ts";
import { readItemBatches, writeJsonLines } from "./json-lines.ts";

interface AnalyzeOptions {
  readonly story?: string;
  readonly trace?: boolean;
  readonly numbers?: boolean;
}

/** `rasid analyze FILE`: what would be read from each item, with the words that carry it. */
export function registerAnalyze(program: Command): void {
  program
    .command("analyze")
    .description("read figures and statements from items (JSON Lines), with the exact words that carry them")
    .argument("<file>", "items, one JSON object a line; - for standard input")
    .option("--story <id>", "the story to read for (default: the first)")
    .option("--trace", "add the numbers found and the rules that decided on them")
    .option("--numbers", "give only the numbers of each item")
    .action(async (file: string, options: AnalyzeOptions) => {
      const configuration = loadReadingConfiguration(readSettings().configDir);
      const story = storyOf(configuration.stories, options.story);
      for await (const items of readItemBatches(file))
        await writeJsonLines(items.map((item) => lineOf(item, configuration, story, options)));
    });
}

function storyOf(stories: readonly Story[], id: string | undefined): Story {
  const story = id === undefined ? stories[0] : stories.find((one) => one.id === id);
  if (story) return story;
  throw new InputError(`there is no story «${id ?? ""}»; there are: ${stories.map((one) => one.id).join(", ")}`);
}

function lineOf(item: Item, { packs }: Pick<Configuration, "packs">, story: Story, options: AnalyzeOptions): object {
  const reading = readItem(item, packs);
  if (options.numbers) return { id: item.id, numbers: numbersOf(reading) };
  const analysis = analyzeContext(readContext(item, { packs, story, reading }));
  return { ...outputOf(item.id, analysis), ...(options.trace ? traceOf(analysis, reading) : {}) };
}

const FIGURE_FIELDS = [
  "event",
  "measure",
  "party",
  "civilian",
  "value",
  "low",
  "high",
  "qualifier",
  "role",
  "speaker",
  "side",
  "quote",
  "field",
  "start",
  "end",
  "spans",
] as const;
const STATEMENT_FIELDS = ["event", "topic", "position", "speaker", "side", "quote", "field", "start", "end"] as const;

/** The format of the offline commands: what else the domain keeps of a claim is left out. */
export function outputOf(id: string, { lang, relevance, figures, statements }: Analysis): object {
  return {
    id,
    lang,
    story: relevance,
    figures: figures.map((figure) => only(figure, FIGURE_FIELDS)),
    statements: statements.map((statement) => only(statement, STATEMENT_FIELDS)),
  };
}

function only<T extends object, K extends keyof T>(claim: T, fields: readonly K[]): Partial<Pick<T, K>> {
  const kept: Partial<Pick<T, K>> = {};
  for (const field of fields) kept[field] = claim[field];
  return kept;
}

function traceOf(analysis: Analysis, reading: Reading): object {
  return { numbers: numbersOf(reading), trace: analysis.trace };
}
