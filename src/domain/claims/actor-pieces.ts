import type { FieldContext } from "../item-context.ts";
import type { PhraseHit } from "../language/phrases.ts";
import type { Token } from "../language/tokens.ts";
import type { Entity } from "../story.ts";
import type { AttributionCue } from "./attribution-cues.ts";

type Hit = PhraseHit<AttributionCue>;

/** An office, a body or a sort of speaker named by a common noun: "prime minister", "defence ministry", "official". */
export interface Role {
  readonly role: string;
  readonly of: "office" | "body" | "sort";
}

/** A name or a role word, of which noun phrases are made: tokens first to last (exclusive). */
export interface Piece {
  readonly first: number;
  readonly last: number;
  readonly entity: Entity | null;
  readonly role: Role | null;
  readonly pronoun: boolean;
  /** A country named inside the words of a role: «ministère arménien de la Défense». */
  readonly within?: Entity;
}

/** The cues that stand at a token, by kind; roles are pieces of their own. */
export interface Marked {
  readonly preposition: ReadonlySet<number>;
  readonly and: ReadonlySet<number>;
  readonly other: ReadonlySet<number>;
}

/** Marks the tokens of a field by the cues that stand at them. */
export function markTokens(cues: readonly Hit[]): Marked {
  const marked = { preposition: new Set<number>(), and: new Set<number>(), other: new Set<number>() };
  for (const { first, last, payload } of cues) {
    if (payload.kind === "role") continue;
    const tokens = payload.kind === "preposition" || payload.kind === "and" ? marked[payload.kind] : marked.other;
    for (let token = first; token < last; token += 1) tokens.add(token);
  }
  return marked;
}

/** Finds the noun phrases of a field: names and role words that belong together, in order of place. */
export function groupPieces(field: FieldContext, cues: readonly Hit[], marked: Marked): Piece[][] {
  const groups: Piece[][] = [];
  for (const piece of piecesOf(field, cues)) {
    const group = groups.at(-1);
    if (group && joins(group, piece, field.reading.tokens, marked)) group.push(piece);
    else groups.push([piece]);
  }
  return groups;
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

/** Sorts of speakers that are many. */
export const GROUPS = new Set(["side", "both", "government", "sources"]);

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

/** Whether it names a person. */
export function isPerson(piece: Piece): boolean {
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
