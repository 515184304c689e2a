import type { FieldReading } from "../language/reading.ts";
import type { Entity, Story } from "../story.ts";

/** A name of the story found in a field: tokens `first` to `last` (exclusive). */
export interface EntityMention {
  readonly entity: Entity;
  readonly first: number;
  readonly last: number;
}

/** Finds the names of the story in a field, longest first, without overlaps, in order of place. */
export function findEntities(field: FieldReading, lang: string, story: Story): EntityMention[] {
  const mentions: EntityMention[] = [];
  let end = 0;
  for (const hit of story.names(lang)(field.tokens)) {
    if (hit.first < end) continue;
    mentions.push({ entity: hit.payload, first: hit.first, last: hit.last });
    end = hit.last;
  }
  return mentions;
}
