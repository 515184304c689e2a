import type { FieldContext, ItemContext } from "../item-context.ts";
import type { PhraseHit } from "../language/phrases.ts";
import type { Token } from "../language/tokens.ts";
import type { Entity } from "../story.ts";
import { groupPieces, isPerson, type Marked, markTokens, type Piece, type Role } from "./actor-pieces.ts";
import type { AttributionCue, AttributionCues } from "./attribution-cues.ts";

/** A noun phrase that can speak: "Armenian Prime Minister Nikol Pashinyan", «الدفاع الأذربيجانية», "he". */
export interface Actor {
  readonly first: number;
  readonly last: number;
  readonly person: Entity | null;
  readonly body: Entity | null;
  /** A country, or the people that an adjective names. */
  readonly country: Entity | null;
  /** An office, a body or a sort of speaker that no entity of the story covers. */
  readonly role: Role | null;
  readonly pronoun: boolean;
  /** Its form shows that it is no subject (a genitive, a dative …). */
  readonly oblique: boolean;
}

/** Finds the noun phrases of a field that can speak, in order of place. */
export function findActors(
  field: FieldContext,
  cues: readonly PhraseHit<AttributionCue>[],
  context: ItemContext,
): Actor[] {
  const { tokens } = field.reading;
  const { attribution } = context.pack;
  const marked = markTokens(cues);
  const actors = groupPieces(field, cues, marked)
    .map((group) => actorOf(group, tokens, attribution, marked))
    .filter(canSpeak);
  const joined = joinPairs(withOwners(actors, tokens, attribution), marked);
  return attribution.subject === "after" ? withObjects(joined) : joined;
}

/** Whom the name in the genitive right before an office is of, that speaks for it. */
function withOwners(
  actors: readonly Actor[],
  tokens: readonly Token[],
  { genitiveEndings }: AttributionCues,
): readonly Actor[] {
  const isGenitive = ({ last }: Actor): boolean => {
    const { folded, suffix } = tokens[last - 1]!;
    return genitiveEndings.some((ending) => (folded + suffix).endsWith(ending));
  };
  return actors.map((actor, index) => {
    const before = actors[index - 1];
    const owner = before?.last === actor.first ? ownerOf(actor, before) : null;
    return before && owner && isGenitive(before) ? { ...actor, first: before.first, country: owner } : actor;
  });
}

/**
 * An envoy speaks for the country before the one he is sent to («Azerbaycan'ın Ankara Büyükelçisi»); who speaks for a
 * person is of that person's side («Paşinyanın sözçüsü»).
 */
function ownerOf({ role, country, person, body }: Actor, before: Actor): Actor["country"] {
  if (role?.role === "envoy") return country && !before.role && !before.person ? before.country : null;
  return role?.role === "spokesperson" && !country && !person && !body ? before.person : null;
}

/** Where verbs come first, of two countries side by side the second is what the first acts on: «سلمت باكو يريفان …». */
function withObjects(actors: readonly Actor[]): Actor[] {
  return actors.map((actor, index) => {
    const before = actors[index - 1];
    return before && before.last === actor.first && isBare(before) && isBare(actor)
      ? { ...actor, oblique: true }
      : actor;
  });
}

/** "Armenia and Azerbaijan" speak as both; what is joined to a name that is no subject is none either. */
function joinPairs(actors: readonly Actor[], marked: Marked): Actor[] {
  const joined: Actor[] = [];
  for (const actor of actors) {
    const before = joined.at(-1);
    const gap = actor.first - (before?.last ?? 0);
    const pair = before && ((gap === 1 && marked.and.has(before.last)) || (gap === 0 && marked.and.has(actor.first)));
    if (pair && before.oblique) joined.push({ ...actor, oblique: true });
    else if (pair && isBare(before) && isBare(actor) && before.country!.side !== actor.country!.side) {
      const role: Role = { role: "both", of: "sort" };
      // Where endings mark the case, the last name of a pair carries it for both.
      joined[joined.length - 1] = { ...before, last: actor.last, country: null, role, oblique: actor.oblique };
    } else joined.push(actor);
  }
  return joined;
}

/** One of the two sides, named by its country alone. */
function isBare({ person, body, role, country }: Actor): boolean {
  return person === null && body === null && role === null && TWO_SIDES.has(country?.side ?? "");
}

const TWO_SIDES = new Set(["armenia", "azerbaijan"]);

function canSpeak(actor: Actor): boolean {
  return (
    actor.person !== null ||
    actor.body !== null ||
    actor.role !== null ||
    actor.pronoun ||
    actor.country?.kind === "party"
  );
}

function actorOf(
  group: readonly Piece[],
  tokens: readonly Token[],
  attribution: AttributionCues,
  marked: Marked,
): Actor {
  const entityOf = (kinds: readonly string[]): Entity | null =>
    group.find((piece) => piece.entity && kinds.includes(piece.entity.kind))?.entity ?? null;
  const person = group.find(isPerson);
  const head =
    attribution.subject === "first"
      ? group.at(-1)!
      : (person ?? group.find((piece) => piece.role || piece.entity?.kind === "body") ?? group[0]!);
  return {
    first: group[0]!.first,
    last: group.at(-1)!.last,
    person: person?.entity ?? null,
    body: entityOf(["body"]),
    country: entityOf(["party", "demonym"]) ?? group.find((piece) => piece.within)?.within ?? null,
    role:
      (group.find(({ role }) => role !== null && role.of !== "sort") ?? group.find(({ role }) => role))?.role ?? null,
    pronoun: group[0]!.pronoun,
    oblique:
      isOblique(tokens[head.last - 1]!, attribution) ||
      isGoverned(group[0]!.first, marked) ||
      isOwner(group, tokens[group.at(-1)!.last], attribution),
  };
}

/** A country alone whose next word is a possessed noun in the genitive. */
function isOwner(group: readonly Piece[], next: Token | undefined, { genitiveEndings }: AttributionCues): boolean {
  const country = group.length === 1 && group[0]!.entity?.kind === "party";
  return country && next?.kind === "word" && genitiveEndings.some((ending) => next.folded.endsWith(ending));
}

/** Right behind a preposition, an article in between or not. */
function isGoverned(first: number, { preposition }: Marked): boolean {
  return preposition.has(first - 1) || preposition.has(first - 2);
}

/** A case ending behind an apostrophe, or at the end of a word of which enough remains. */
function isOblique(token: Token, cues: AttributionCues): boolean {
  if (token.suffix !== "") return cues.caseSuffixes.has(token.suffix);
  if (token.gap === "-" && cues.caseSuffixes.has(token.folded)) return true;
  return cues.obliqueEndings.some(
    (ending) => token.folded.length >= ending.length + 4 && token.folded.endsWith(ending),
  );
}
