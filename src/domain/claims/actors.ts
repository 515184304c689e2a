import type { FieldContext, ItemContext } from "../item-context.ts";
import type { PhraseHit } from "../language/phrases.ts";
import type { Token } from "../language/tokens.ts";
import type { Entity } from "../story.ts";
import type { AttributionCue, AttributionCues } from "./attribution-cues.ts";
import type { Attribution } from "./claim.ts";

/** A noun phrase that can speak: "Armenian Prime Minister Nikol Pashinyan", «الدفاع الأذربيجانية», "he". */
export interface Actor {
  readonly first: number;
  readonly last: number;
  readonly person: Entity | null;
  readonly body: Entity | null;
  /** A country, or the people that an adjective names. */
  readonly country: Entity | null;
  /** An office, a body or a sort of speaker that no entity of the story covers. */
  readonly role: { readonly role: string; readonly of: "office" | "body" | "sort" } | null;
  readonly pronoun: boolean;
  /** Its form shows that it is no subject (a genitive, a dative …). */
  readonly oblique: boolean;
}

type Hit = PhraseHit<AttributionCue>;
interface Piece {
  first: number;
  last: number;
  entity: Entity | null;
  role: Actor["role"];
  pronoun: boolean;
  /** A country named inside the words of a role: «ministère arménien de la Défense». */
  within?: Entity;
}

/** Finds the noun phrases of a field that can speak, in order of place. */
export function findActors(field: FieldContext, cues: readonly Hit[], context: ItemContext): Actor[] {
  const { tokens } = field.reading;
  const groups: Piece[][] = [];
  const marked = markTokens(cues);
  for (const piece of piecesOf(field, cues)) {
    const group = groups.at(-1);
    if (group && joins(group, piece, tokens, marked)) group.push(piece);
    else groups.push([piece]);
  }
  const actors = groups.map((group) => actorOf(group, tokens, context.pack.attribution, marked)).filter(canSpeak);
  return joinPairs(actors, marked);
}

/** The cues that stand at a token, by kind; roles are pieces of their own. */
interface Marked {
  readonly preposition: ReadonlySet<number>;
  readonly and: ReadonlySet<number>;
  readonly other: ReadonlySet<number>;
}

function markTokens(cues: readonly Hit[]): Marked {
  const marked = { preposition: new Set<number>(), and: new Set<number>(), other: new Set<number>() };
  for (const { first, last, payload } of cues) {
    if (payload.kind === "role") continue;
    const tokens = payload.kind === "preposition" || payload.kind === "and" ? marked[payload.kind] : marked.other;
    for (let token = first; token < last; token += 1) tokens.add(token);
  }
  return marked;
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
      joined[joined.length - 1] = { ...before, last: actor.last, country: null, role: { role: "both", of: "sort" } };
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

/** Names and role words in order of place; of two that overlap the longer stays, a name before a role. */
function piecesOf(field: FieldContext, cues: readonly Hit[]): Piece[] {
  const pieces: Piece[] = [];
  for (const { entity, first, last } of field.entities) {
    if (entity.side !== null && entity.kind !== "place")
      pieces.push({ first, last, entity, role: null, pronoun: false });
  }
  for (const { first, last, payload } of cues) {
    if (payload.kind === "role")
      pieces.push({ first, last, entity: null, role: { role: payload.role, of: payload.of }, pronoun: false });
    if (payload.kind === "pronoun") pieces.push({ first, last, entity: null, role: null, pronoun: true });
  }
  pieces.sort((a, b) => a.first - b.first || b.last - a.last || Number(b.entity !== null) - Number(a.entity !== null));
  const kept: Piece[] = [];
  for (const piece of pieces) {
    const before = kept.at(-1);
    if (!before || piece.first >= before.last) kept.push(piece);
    else kept[kept.length - 1] = overlaid(before, piece);
  }
  return kept;
}

/**
 * Of two that overlap: a name inside the words of a role says whose role it is («секретарь [Совбеза Армении]»);
 * else the longer stays, a name before a role.
 */
function overlaid(before: Piece, piece: Piece): Piece {
  const last = Math.max(before.last, piece.last);
  if (before.role && piece.entity) return { ...before, last, within: before.within ?? piece.entity };
  if (before.entity?.kind === "body" && piece.role && piece.role.of !== "body" && piece.last >= before.last) {
    return { ...piece, first: before.first, last, within: before.entity };
  }
  return before;
}

/** Whether a piece goes on with the noun phrase before it. */
function joins(group: readonly Piece[], piece: Piece, tokens: readonly Token[], marked: Marked): boolean {
  const before = group.at(-1)!;
  const gap = tokens.slice(before.last, piece.first);
  if (gap.length > 2 || before.pronoun || piece.pronoun) return false;
  for (let token = before.last; token < piece.first; token += 1) {
    if (marked.other.has(token) || marked.and.has(token)) return false;
    if (marked.preposition.has(token) && !placesRole(group, piece)) return false;
  }
  if (gap.some((token) => token.kind === "digits")) return false;
  const marks = gap.filter((token) => token.kind === "punctuation");
  const apposition =
    marks.length === 1 &&
    marks[0]!.folded === "," &&
    isTitle(group) !== isTitle([piece]) &&
    isPerson(piece) !== group.some(isPerson);
  if (marks.length > 0 && !apposition) return false;
  if (group.some(isPerson) && (isPerson(piece) || !apposition)) return false;
  if (isPerson(piece) && !isTitle(group)) return false;
  if (isPerson(piece) && gap.length === 0) return true;
  const side = sideOf(group);
  return side === null || piece.entity?.side == null || piece.entity.side === side;
}

/** "officials in Baku", "the foreign ministry of Armenia": a country says whose role it is. */
function placesRole(group: readonly Piece[], piece: Piece): boolean {
  return piece.entity?.kind === "party" && sideOf(group) === null && group.some(({ role }) => role !== null);
}

/** Sorts of speakers that are many. */
const GROUPS = new Set(["side", "both", "government", "sources"]);

function isPerson(piece: Piece): boolean {
  return piece.entity?.kind === "person";
}

/** A title without the name of who bears it: an office or a sort of person, not a body. */
function isTitle(group: readonly Piece[]): boolean {
  return (
    group.some(({ role }) => role !== null && role.of !== "body" && !GROUPS.has(role.role)) && !group.some(isPerson)
  );
}

function sideOf(group: readonly Piece[]): string | null {
  const named = group.find((piece) => piece.entity ?? piece.within);
  return (named?.entity ?? named?.within)?.side ?? null;
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
    role: group.find((piece) => piece.role)?.role ?? null,
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

/** Sorts of speakers that are the country itself. */
const SPEAKS_FOR_COUNTRY = new Set(["side", "both", "government"]);

/** Both sides of the conflict at once. */
const BOTH: Attribution = { speaker: "both", side: "both" };

/** Who was named before a noun phrase (the nearest last), and the person whom the sentence before was about. */
export interface Before {
  readonly actors: readonly Actor[];
  readonly topic: Attribution | null;
}

/** Who the noun phrase is, given what came before it. */
export function identify(
  actor: Actor,
  { actors: before, topic }: Before,
  written: string,
  context: ItemContext,
): Attribution | null {
  if (actor.person) return attributionOf(actor.person);
  const side = actor.body?.side ?? actor.country?.side ?? null;
  if (actor.pronoun) return topic ?? lastPerson(before, () => true);
  if (actor.role?.of === "office") return holderOf(actor.role.role, side, before, written, context);
  if (actor.body) return attributionOf(actor.body);
  if (actor.role?.of === "body") return holderOf(actor.role.role, side, before, written, context);
  if (actor.role?.role === "official" && side !== null) {
    return lastPerson(before, (person) => person.side === side) ?? sideOfCountry(actor, written, side);
  }
  if (actor.role?.role === "both" && !actor.country) return BOTH;
  if (actor.country && SPEAKS_FOR_COUNTRY.has(actor.role?.role ?? ""))
    return attributionOf({ ...actor.country, kind: "demonym" });
  if (actor.role?.of === "sort" && side === null && topic && !GROUPS.has(actor.role.role)) return topic;
  if (actor.role) return { speaker: written, side: side ?? context.pack.attribution.home ?? lastSide(before) };
  return actor.country ? attributionOf(actor.country) : null;
}

/** Officials of a country that names nobody speak for it. */
function sideOfCountry({ country }: Actor, written: string, side: string): Attribution {
  return country ? { speaker: side, side } : { speaker: written, side };
}

function attributionOf(entity: Entity): Attribution {
  const side = entity.side ?? "other";
  return { speaker: entity.kind === "demonym" ? side : entity.id, side };
}

/** Who holds an office, or which body bears a role: named before in the item, else of the side that is named or was last. */
function holderOf(
  office: string,
  side: string | null,
  before: readonly Actor[],
  written: string,
  context: ItemContext,
): Attribution {
  const holds = (one: Entity, of: string | null) =>
    (one.offices ?? []).includes(office) && (of === null || one.side === of);
  const named = lastPerson(before, (person) => holds(person, side));
  if (named) return named;
  const near = side ?? context.pack.attribution.home ?? lastSide(before);
  for (const entity of context.story.entities.values()) if (holds(entity, near)) return attributionOf(entity);
  return { speaker: written, side: near };
}

function lastPerson(before: readonly Actor[], fits: (person: Entity) => boolean): Attribution | null {
  const actor = before.findLast((one) => one.person !== null && fits(one.person));
  return actor?.person ? attributionOf(actor.person) : null;
}

function lastSide(before: readonly Actor[]): string {
  const actor = before.findLast((one) => one.person ?? one.body ?? one.country);
  return (actor?.person ?? actor?.body ?? actor?.country)?.side ?? "other";
}
