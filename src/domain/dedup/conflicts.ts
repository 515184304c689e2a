import { holds } from "./likeness.ts";
import { factKind, SEQUENCE_OPENS, type Sketch } from "./sketch.ts";

/** Why two items that look alike say different things. */
export type Conflict =
  | "toll"
  | "figure"
  | "numbers"
  | "side"
  | "person"
  | "opposite"
  | "polarity"
  | "persons"
  | "sides";

/**
 * Finds what two items assert against each other: other current values of one measure and party, another figure, side,
 * person or opposite word in the same place of the text, a negation or modality in the one alone. What only one of them
 * says is no conflict: a trimmed copy has fewer figures.
 */
export function findConflict(one: Sketch, other: Sketch): Conflict | null {
  if (conflictingTolls(one, other)) return "toll";
  return conflictingFacts(one, other) ?? conflictingMarks(one, other) ?? conflictingActors(one, other);
}

/** Whether both give current values of one measure and party, and none in common. */
export function conflictingTolls({ tolls: mine }: Sketch, { tolls: theirs }: Sketch): boolean {
  for (let at = 0; at < mine.length; at += 2) {
    const key = mine[at]!;
    if (hasKey(theirs, key) && !sharesValue(mine, theirs, key)) return true;
  }
  return false;
}

function hasKey(pairs: Uint32Array, key: number): boolean {
  for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === key) return true;
  return false;
}

function sharesValue(mine: Uint32Array, theirs: Uint32Array, key: number): boolean {
  for (let at = 0; at < mine.length; at += 2) {
    if (mine[at] !== key) continue;
    for (let other = 0; other < theirs.length; other += 2) {
      if (theirs[other] === key && theirs[other + 1] === mine[at + 1]) return true;
    }
  }
  return false;
}

/** A place in the text conflicts when each item has a value there that the other has not there. */
function conflictingFacts(one: Sketch, other: Sketch): Conflict | null {
  const mine = placesOf(one.facts);
  const theirs = placesOf(other.facts);
  for (const [place, values] of mine) {
    const others = theirs.get(place);
    if (!others) continue;
    for (const value of values) {
      const kind = factKind(value);
      if (others.has(value)) continue;
      const instead = [...others].find((code) => factKind(code) === kind && !values.has(code));
      if (instead !== undefined && (kind !== "figure" || isNew(value, instead, one, other))) return kind;
    }
  }
  return null;
}

/** Two items that both give both figures only say them in another order. */
function isNew(value: number, instead: number, one: Sketch, other: Sketch): boolean {
  return !holdsCode(other.numbers, value) || !holdsCode(one.numbers, instead);
}

function holdsCode(numbers: Uint32Array, code: number): boolean {
  return numbers.some((number) => number >>> 2 === code >>> 2);
}

function placesOf(facts: Uint32Array): Map<number, Set<number>> {
  const places = new Map<number, Set<number>>();
  for (let at = 0; at < facts.length; at += 4) {
    for (let side = 0; side < 3; side += 1) if (facts[at + side] !== 0) add(places, facts[at + side]!, facts[at + 3]!);
  }
  return places;
}

/** The same three words in a row, negated or hedged in the one alone. */
function conflictingMarks(one: Sketch, other: Sketch): Conflict | null {
  return lacksMarks(one, other) || lacksMarks(other, one) ? "polarity" : null;
}

function lacksMarks(one: Sketch, other: Sketch): boolean {
  const mine = pairsOf(one.marks);
  const theirs = pairsOf(other.marks);
  for (const [place, values] of mine) {
    if (!holds(other.sequences.hashes, place)) continue;
    const others = theirs.get(place) ?? UNMARKED;
    if (![...values].some((marks) => agrees(marks, others, place === other.opening))) return true;
  }
  return false;
}

const UNMARKED: ReadonlySet<number> = new Set([0]);

/** A mark before the first word of a cut text is cut off with what stood there. */
function agrees(marks: number, others: ReadonlySet<number>, atOpening: boolean): boolean {
  if (atOpening && (marks & SEQUENCE_OPENS) !== 0) return true;
  return others.has(marks);
}

/** Whom the items name is compared as sets: a cut copy names fewer, but none of its own. */
function conflictingActors(one: Sketch, other: Sketch): Conflict | null {
  if (areApart(one.persons, other.persons)) return "persons";
  return bothHaveOwn(one.sides, other.sides) ? "sides" : null;
}

function bothHaveOwn(one: Uint32Array, other: Uint32Array): boolean {
  return one.some((value) => !holds(other, value)) && other.some((value) => !holds(one, value));
}

function areApart(one: Uint32Array, other: Uint32Array): boolean {
  return one.length > 0 && other.length > 0 && !one.some((value) => holds(other, value));
}

function pairsOf(pairs: Uint32Array): Map<number, Set<number>> {
  const map = new Map<number, Set<number>>();
  for (let at = 0; at < pairs.length; at += 2) add(map, pairs[at]!, pairs[at + 1]!);
  return map;
}

function add(map: Map<number, Set<number>>, key: number, value: number): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}
