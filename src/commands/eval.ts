import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { loadReadingConfiguration } from "../config/load-configuration.ts";
import { loadCopyRules } from "../config/load-copy-rules.ts";
import { loadUrlRules } from "../config/tracking-parameters-schema.ts";
import { analyzeItem } from "../domain/analyze.ts";
import type { Item } from "../domain/item.ts";
import { numbersOf } from "../domain/language/number-list.ts";
import { readItem } from "../domain/language/read-item.ts";
import { createRevisionReader } from "../domain/revision-reader.ts";
import { type Evaluation, evaluate, type Readers } from "../evaluation/evaluate.ts";
import { scoreFeeds } from "../evaluation/score-feeds.ts";
import { InputError } from "../input-error.ts";
import { readSettings } from "../settings.ts";
import { clusterItems } from "./dedup.ts";
import { readItemLines } from "./json-lines.ts";
import { textTable } from "./text-table.ts";

interface EvalOptions {
  readonly languages?: string;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** Labelled data lie beside the checkout; they are no part of the package. */
const LABELLED = fileURLToPath(new URL("../../../shared/corpora", import.meta.url));

/** `rasid eval [DIR]`: how well labelled data are read, in one table. */
export function registerEval(program: Command): void {
  program
    .command("eval")
    .description("score reading, copies and feeds on a folder of labelled data, in one table")
    .argument("[dir]", "the labelled data", LABELLED)
    .option("--languages <list>", "only these languages, with commas")
    .option("--verbose", "every miss and every false hit on standard error")
    .option("--json", "JSON instead of a table")
    .action(async (dir: string, options: EvalOptions) => {
      if (!existsSync(dir)) throw new InputError(`there is no folder ${dir}; name one: rasid eval DIR`);
      const evaluation = await evaluate(dir, readersOf(readSettings().configDir), {
        languages: options.languages?.split(","),
        note: (line) => options.verbose && console.error(line),
      });
      console.log(options.json ? JSON.stringify(evaluation, null, 2) : tableOf(evaluation));
    });
}

/** Everything that is evaluated, on a configuration. The first story is read for. */
export function readersOf(configDir: string): Readers {
  const { packs, stories } = loadReadingConfiguration(configDir);
  const story = stories[0];
  if (!story) throw new InputError(`there is no story under ${join(configDir, "stories")}`);
  return {
    items: async (file) => {
      const items: Item[] = [];
      for await (const item of readItemLines(file)) items.push(item);
      return items;
    },
    analyze: (item) => analyzeItem(item, { packs, story }),
    numbers: (item) => numbersOf(readItem(item, packs)).map(({ value }) => value),
    clusters: (items) => {
      const rules = { copies: loadCopyRules(configDir), urls: loadUrlRules(configDir) };
      const read = createRevisionReader({ packs, stories, keep: 1 });
      return clusterItems(items, read, rules).map(({ cluster }) => cluster);
    },
    feeds: (folder) => scoreFeeds(folder, configDir),
  };
}

function tableOf({ rows, leftOut }: Evaluation): string {
  const cells = rows.map(({ part, of, score, detail }) => [part, of, score === null ? "–" : String(score), detail]);
  const missing = leftOut.map(({ part, because }) => `left out: ${part} (${because})`);
  return [...(cells.length === 0 ? [] : [textTable(cells)]), ...missing].join("\n");
}
