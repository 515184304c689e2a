import type { Command } from "commander";
import { loadReadingConfiguration } from "../config/load-configuration.ts";
import { loadCopyRules } from "../config/load-copy-rules.ts";
import { clusterItem, createCopyIndex } from "../domain/dedup/copy-index.ts";
import type { CopyRules } from "../domain/dedup/copy-rules.ts";
import type { CopyDecision, NewItem } from "../domain/dedup/decide-copy.ts";
import { fingerprint } from "../domain/dedup/fingerprint.ts";
import type { Item } from "../domain/item.ts";
import { createRevisionReader, type RevisionReader } from "../domain/revision-reader.ts";
import { readSettings } from "../settings.ts";
import { readItemLines, writeJsonLine } from "./json-lines.ts";

/** `rasid dedup FILE`: which items carry the same report, one line an item in the order of the input. */
export function registerDedup(program: Command): void {
  program
    .command("dedup")
    .description("tell which items (JSON Lines) are copies of one report, and which only look alike")
    .argument("<file>", "items, one JSON object a line; - for standard input")
    .action(async (file: string) => {
      const { configDir } = readSettings();
      const { packs, stories } = loadReadingConfiguration(configDir);
      const read = createRevisionReader({ packs, stories, keep: 1 });
      const items: Item[] = [];
      for await (const item of readItemLines(file)) items.push(item);
      for (const [index, decision] of clusterItems(items, read, loadCopyRules(configDir)).entries()) {
        await writeJsonLine({ id: items[index]?.id, ...decision });
      }
    });
}

/** Places items in clusters in order of publication, as the daemon does; the answers are in the order of the items. */
export function clusterItems(items: readonly Item[], read: RevisionReader, rules: CopyRules): CopyDecision[] {
  const decisions: CopyDecision[] = [];
  const index = createCopyIndex();
  for (const { place, item, at } of inOrderOfPublication(items)) {
    decisions[place] = clusterItem(index, newItem(item, at, read, rules));
  }
  return decisions;
}

/** An item without a date is taken to appear with the one before it in the input. */
function inOrderOfPublication(items: readonly Item[]): { place: number; item: Item; at: number }[] {
  let last = 0;
  const dated = items.map((item, place) => {
    last = item.published === null ? last : Date.parse(item.published);
    return { place, item, at: last };
  });
  return dated.sort((one, other) => one.at - other.at || one.place - other.place);
}

function newItem(item: Item, at: number, read: RevisionReader, rules: CopyRules): NewItem {
  const readings = read(item);
  const reading = readings[0]?.context.reading;
  if (!reading) throw new Error("no story is configured");
  const fields = reading.fields.map((field, place) => ({
    reading: field,
    entities: readings.flatMap(({ context }) => context.fields[place]?.entities ?? []),
  }));
  const tolls = readings.flatMap(({ analysis }) => analysis.figures);
  return {
    id: item.id,
    at,
    fingerprint: fingerprint({ lang: reading.lang, fields, url: item.url ?? null, tolls }, rules),
  };
}
