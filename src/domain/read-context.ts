import { findItemEntities } from "./classify/entities.ts";
import { makeHappening } from "./classify/happening.ts";
import { judgeRelevance } from "./classify/relevance.ts";
import type { Item } from "./item.ts";
import type { ItemContext } from "./item-context.ts";
import type { LanguagePacks } from "./language/language-pack.ts";
import { packOf, readItem } from "./language/read-item.ts";
import type { Reading } from "./language/reading.ts";
import type { Story } from "./story.ts";

/** What reading an item takes besides the item. */
export interface ReadOptions {
  readonly packs: LanguagePacks;
  readonly story: Story;
  /** The feed's zone, in which relative days resolve; the story's when absent. */
  readonly timezone?: string | undefined;
  /** The item's reading, where it was made before. */
  readonly reading?: Reading;
}

/** Reads an item for a story: language, sentences, numbers, names, relevance and times. */
export function readContext(
  item: Item,
  { packs, story, timezone, reading = readItem(item, packs) }: ReadOptions,
): ItemContext {
  const pack = packOf(reading.lang, packs);
  const zone = timezone ?? story.timezone;
  const entities = findItemEntities(reading, story);
  const relevance = judgeRelevance(reading, entities, story, item.published);
  const fields = reading.fields.map((field, index) => ({ reading: field, entities: entities[index] ?? [] }));
  return {
    item,
    reading,
    pack,
    story,
    timezone: zone,
    fields,
    relevance,
    happening: makeHappening(reading, { pack, story, published: item.published, timezone: zone }),
  };
}
