import type { FieldReading, Reading } from "../language/reading.ts";
import type { Token } from "../language/tokens.ts";
import type { Capital, Entity, Story } from "../story.ts";

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
  for (const { first, last, payload } of story.names(lang)(field.tokens)) {
    if (first < end || !isWritten(field.original, field.tokens[first]!, payload.capital)) continue;
    mentions.push({ entity: payload.entity, first, last });
    end = last;
  }
  return mentions;
}

/**
 * Finds the names in every field of an item, in the order of its fields, and settles who a bare surname means:
 * the one of the name who was last named in full, wherever in the item that first is.
 */
export function findItemEntities(reading: Reading, story: Story): EntityMention[][] {
  const found = reading.fields.map((field) => findEntities(field, reading.lang, story));
  return settleNamesakes(found, story);
}

function settleNamesakes(found: EntityMention[][], story: Story): EntityMention[][] {
  const all = found.flat();
  const others = all.filter(({ entity }) => entity.namesake !== undefined);
  if (others.length === 0) return found;
  return found.map((mentions) =>
    mentions.map((mention) => {
      if (mention.last - mention.first > 1) return mention;
      const inFull = all.filter(
        (other) => other.last - other.first > 1 && (other.entity.namesake ?? other.entity.id) === mention.entity.id,
      );
      const before = inFull.filter((other) => all.indexOf(other) < all.indexOf(mention));
      const meant = before.at(-1) ?? inFull[0];
      return meant ? { ...mention, entity: story.entities.get(meant.entity.id) ?? meant.entity } : mention;
    }),
  );
}

function isWritten(original: string, token: Token, capital: Capital): boolean {
  if (capital === "any") return true;
  const written = original.slice(token.start, token.end - (token.suffix === "" ? 0 : token.suffix.length));
  return capital === "first"
    ? isCapital(written.charAt(0))
    : written === written.toUpperCase() && isCapital(written.charAt(0));
}

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase();
}
