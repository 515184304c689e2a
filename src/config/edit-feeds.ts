import { existsSync, readFileSync } from "node:fs";
import { isMap, isSeq, parseDocument, type YAMLSeq } from "yaml";
import { z } from "zod";
import { type FeedConfig, type FeedsConfig, feedsSchema } from "./feeds-schema.ts";
import { readYamlText } from "./read-yaml.ts";
import { replaceFile } from "./replace-file.ts";

/** Adds feeds at the end of a list; everything else in the text, comments too, stays as it is. */
export function withFeeds(text: string, feeds: readonly FeedConfig[]): string {
  const document = parseDocument(text.trim() === "" ? "feeds:\n" : text);
  const list = listOf(document);
  for (const feed of feeds) list.add(document.createNode(feed, { flow: true }));
  return document.toString({ lineWidth: 0 });
}

/** Takes the feed with this id out of a list; everything else stays as it is. Returns null where there is none. */
export function withoutFeed(text: string, id: string): string | null {
  const document = parseDocument(text);
  const list = listOf(document);
  const at = list.items.findIndex((item) => isMap(item) && item.get("id") === id);
  if (at === -1) return null;
  list.delete(at);
  return document.toString({ lineWidth: 0 });
}

/** A list of feeds as it would become, and how it is put into its file, all at once. */
export interface PlannedFeeds {
  readonly config: FeedsConfig;
  write(): void;
}

/**
 * What a list of feeds would become, checked and not yet written.
 * @throws ConfigError when the file, or what it would become, is no list of feeds.
 */
export function planFeedsEdit(file: string, edit: (text: string) => string): PlannedFeeds {
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  // A file that is no YAML is nothing to edit: what was meant by it would be lost.
  readYamlText(before, file, z.unknown());
  const after = edit(before);
  return { config: readYamlText(after, file, feedsSchema), write: () => replaceFile(file, after) };
}

function listOf(document: ReturnType<typeof parseDocument>): YAMLSeq {
  const list = document.get("feeds", true);
  if (isSeq(list)) {
    // `feeds: []` would grow along one line.
    if (list.items.length === 0) list.flow = false;
    return list;
  }
  const made = document.createNode([]);
  made.flow = false;
  document.set("feeds", made);
  return made;
}
