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
  return settleNamesakes(found);
}

function settleNamesakes(found: EntityMention[][]): EntityMention[][] {
  const nameOf = ({ entity }: EntityMention) => entity.namesake ?? entity.id;
  const shared = new Set(found.flat().flatMap(({ entity }) => entity.namesake ?? []));
  if (shared.size === 0) return found;
  const isFull = (mention: EntityMention) => mention.last - mention.first > 1 && shared.has(nameOf(mention));
  const meant = new Map<string, Entity>();
  for (const mention of found.flat().filter(isFull))
    if (!meant.has(nameOf(mention))) meant.set(nameOf(mention), mention.entity);
  return found.map((mentions) =>
    mentions.map((mention) => {
      if (isFull(mention)) meant.set(nameOf(mention), mention.entity);
      const entity = shared.has(mention.entity.id) && !isFull(mention) ? meant.get(mention.entity.id) : undefined;
      return entity ? { ...mention, entity } : mention;
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
