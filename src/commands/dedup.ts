import type { Command } from "commander";
import { loadReadingConfiguration } from "../config/load-configuration.ts";
import { loadCopyRules } from "../config/load-copy-rules.ts";
import { loadUrlRules } from "../config/tracking-parameters-schema.ts";
import { clusterItem, createCopyIndex } from "../domain/dedup/copy-index.ts";
import type { CopyRules } from "../domain/dedup/copy-rules.ts";
import { copyWindow } from "../domain/dedup/copy-window.ts";
import type { CopyDecision } from "../domain/dedup/decide-copy.ts";
import { fingerprintItem } from "../domain/dedup/fingerprint-item.ts";
import { canonicalUrl, type UrlRules } from "../domain/feed/canonical-url.ts";
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
      const rules = { copies: loadCopyRules(configDir), urls: loadUrlRules(configDir) };
      for (const [index, decision] of clusterItems(items, read, rules).entries()) {
        await writeJsonLine({ id: items[index]?.id, ...decision });
      }
    });
}

/** What telling copies takes of the configuration. */
export interface DedupRules {
  readonly copies: CopyRules;
  readonly urls: UrlRules;
}

/** Places items in clusters in order of publication, as the daemon does; the answers are in the order of the items. */
export function clusterItems(items: readonly Item[], read: RevisionReader, rules: DedupRules): CopyDecision[] {
  const decisions: CopyDecision[] = [];
  const index = createCopyIndex();
  for (const { place, item, at } of inOrderOfPublication(items)) {
    const canonical = item.url ? canonicalUrl(item.url, rules.urls) : null;
    const readings = read(item);
    const taken = fingerprintItem(readings, canonical, rules.copies);
    decisions[place] = clusterItem(index, { id: item.id, at, fingerprint: taken }, copyWindow(readings));
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
