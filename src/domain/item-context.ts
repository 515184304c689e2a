import type { EntityMention } from "./classify/entities.ts";
import type { Happening } from "./classify/happening.ts";
import type { Relevance } from "./classify/relevance.ts";
import type { Item } from "./item.ts";
import type { LanguagePack } from "./language/language-pack.ts";
import type { FieldReading, Reading } from "./language/reading.ts";
import type { Story } from "./story.ts";

/** One field with what was found in it before claims are read. */
export interface FieldContext {
  readonly reading: FieldReading;
  /** In order of place. */
  readonly entities: readonly EntityMention[];
}

/** Everything that reading claims takes: built once per item and story. */
export interface ItemContext {
  readonly item: Item;
  readonly reading: Reading;
  readonly pack: LanguagePack;
  readonly story: Story;
  /** The zone in which relative days resolve: the feed's, else the story's. */
  readonly timezone: string;
  readonly fields: readonly FieldContext[];
  readonly relevance: Relevance;
  /** Says when the happening that a place in the text speaks of took place: the date gate. */
  readonly happening: Happening;
}
