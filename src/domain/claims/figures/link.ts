import type { EntityMention } from "../../classify/entities.ts";
import type { MeasureCue } from "../figure-cues.ts";
import type { Counted } from "./counted.ts";
import type { Distance } from "./distance.ts";
import type { CueHit, SentenceCues } from "./sentence-cues.ts";

/** A number bound to the words that say what it measures. */
export interface Link {
  readonly counted: Counted;
  readonly hit: CueHit<MeasureCue>;
  /** The number took the measure of a neighbour: "180 of the army and 12 of the police". */
  readonly inherited: Link | null;
}

/** The side of its numbers on which a cue is used; a verb between two numbers belongs to one of them. */
type Direction = "left" | "right";

interface Pair {
  readonly counted: Counted;
  readonly hit: CueHit<MeasureCue>;
  readonly direction: Direction;
  readonly cost: number;
}

const FARTHEST = { people: 6, bare: 4.2, unknown: 0.7, thing: -Infinity } as const;
/** Part of the cost left where a word of change leads to the number: "the number of dead … has gone up to 135". */
const CHANGE_SHARE = 0.3;

/** Binds the numbers of a sentence to its measure cues, nearest first, each number once. */
export function linkNumbers(
  sentence: SentenceCues,
  counted: readonly Counted[],
  distance: Distance,
  earlier: readonly Link[],
): Link[] {
  const parts = partsOf(counted, earlier);
  const links = new Map<Counted, Link>();
  linkPairs(
    sentence,
    counted.filter((one) => !parts.has(one)),
    distance,
    links,
  );
  for (const [part, whole] of parts) {
    const link = wholeLink(whole, links);
    if (link) links.set(part, { counted: { ...part, role: "component" }, hit: link.hit, inherited: link });
  }
  if (parts.size > 0)
    linkPairs(
      sentence,
      counted.filter((one) => !links.has(one)),
      distance,
      links,
    );
  inherit(sentence, counted, links, distance);
  return [...links.values()].sort((a, b) => a.counted.number.first - b.counted.number.first);
}

function wholeLink(whole: Counted | Link, links: ReadonlyMap<Counted, Link>): Link | undefined {
  return "hit" in whole ? whole : links.get(whole);
}

function linkPairs(
  sentence: SentenceCues,
  counted: readonly Counted[],
  distance: Distance,
  links: Map<Counted, Link>,
): void {
  const pairs = counted
    .flatMap((one) => sentence.measures.map((hit) => pairOf(sentence, one, hit, distance)))
    .filter((pair) => pair !== null)
    .sort((a, b) => a.cost - b.cost || a.counted.number.first - b.counted.number.first);
  const used = new Map<number, Direction>();
  for (const { counted: one, hit, direction } of pairs) {
    if (direction === "left" && !isListedUpTo(one, hit, counted, distance)) continue;
    if (links.has(one) || (used.get(hit.first) ?? direction) !== direction) continue;
    links.set(one, { counted: one, hit, inherited: null });
    used.set(hit.first, direction);
  }
}

/** How far apart two numbers may stand that share a predicate behind them: "49 soldiers and 3 civilians were killed". */
const LIST_GAP = 2.2;

function isListedUpTo(one: Counted, hit: CueHit<MeasureCue>, counted: readonly Counted[], distance: Distance): boolean {
  const next = counted.find((other) => other.number.first >= one.number.last && other.number.last <= hit.first);
  return !next || distance(one.last, Math.max(one.last, next.first)) <= LIST_GAP;
}

function pairOf(sentence: SentenceCues, counted: Counted, hit: CueHit<MeasureCue>, distance: Distance): Pair | null {
  const { number } = counted;
  const { cue } = hit;
  if (hit.first < number.last && hit.last > number.first) {
    return cue.place === "counted" ? { counted, hit, direction: "left", cost: -1 } : null;
  }
  if (cue.place === "counted") return countedPair(counted, hit, distance);
  if (counted.noun === "thing") return null;
  if (cue.place === "after") return afterPair(counted, hit, distance);
  return beforePair(sentence, counted, hit, distance);
}

function countedPair(counted: Counted, hit: CueHit<MeasureCue>, distance: Distance): Pair | null {
  if (hit.first < counted.number.last) return null;
  const cost = distance(counted.number.last, hit.first);
  const bonus = hit.cue.measure === "captured" ? 0 : 1;
  return cost <= 1.2 ? { counted, hit, direction: "left", cost: cost - bonus } : null;
}

function afterPair(counted: Counted, hit: CueHit<MeasureCue>, distance: Distance): Pair | null {
  if (hit.first < counted.number.last) return null;
  if (hit.cue.weak && counted.noun !== "people") return null;
  const cost = distance(Math.min(Math.max(counted.last, counted.number.last), hit.first), hit.first);
  return affordable(counted, hit, "left", cost);
}

function beforePair(
  sentence: SentenceCues,
  counted: Counted,
  hit: CueHit<MeasureCue>,
  distance: Distance,
): Pair | null {
  if (hit.last > counted.number.first) return null;
  const between = distance(hit.last, Math.max(hit.last, Math.min(counted.first, counted.number.first)));
  const changed = isChange(sentence, hit.last, counted) && !hasValueBetween(sentence, hit.last, counted);
  const cost = changed ? between * CHANGE_SHARE : between;
  if (hit.cue.weak && counted.noun !== "people" && cost > 1.2) return null;
  if (hit.cue.weak && counted.noun === "unknown") return null;
  return affordable(counted, hit, "right", cost);
}

function affordable(counted: Counted, hit: CueHit<MeasureCue>, direction: Direction, cost: number): Pair | null {
  const bonus = hit.cue.measure === "bodies" ? 0.6 : hit.cue.measure === "other" && hit.last - hit.first > 2 ? 1.5 : 0;
  return cost <= FARTHEST[counted.noun] ? { counted, hit, direction, cost: cost - bonus } : null;
}

/** Whether another value, not one that a change starts from, stands between a cue and the number. */
function hasValueBetween(sentence: SentenceCues, from: number, counted: Counted): boolean {
  return sentence.numbers.some(
    (other) =>
      other.notFigure === null &&
      other.first >= from &&
      other.last <= counted.number.first &&
      !sentence.frames.some((hit) => hit.cue.frame === "from" && hit.last === other.first) &&
      !sentence.cues.fromEndings.has(sentence.tokens[other.last - 1]?.suffix ?? ""),
  );
}

/** Whether a word of change stands between a cue and the number, or right behind the number ("71'e çıktı"). */
export function isChange(sentence: SentenceCues, from: number, counted: Counted): boolean {
  return sentence.frames.some(
    ({ cue, first, last }) =>
      cue.frame === "change" &&
      ((first >= from - 1 && last <= counted.number.first) ||
        (first >= counted.number.last && first <= counted.last + 1)),
  );
}

/** The most numbers that are taken for the parts of one sum. */
const MOST_PARTS = 3;

/**
 * Numbers that add up to another one of the sentence, or of the one before, are its parts: "192 dead: 180 of the army,
 * 12 of the police".
 */
function partsOf(counted: readonly Counted[], earlier: readonly Link[]): Map<Counted, Counted | Link> {
  const parts = new Map<Counted, Counted | Link>();
  for (let at = 0; at < counted.length; at += 1) {
    for (let count = 2; count <= MOST_PARTS && at + count <= counted.length; count += 1) {
      const run = counted.slice(at, at + count);
      if (run.some((one) => parts.has(one) || one.noun === "thing")) continue;
      const sum = run.reduce((total, one) => total + (one.number.value ?? Number.NaN), 0);
      const whole =
        counted.find((one) => !run.includes(one) && !parts.has(one) && one.number.value === sum) ??
        earlier.find((link) => link.counted.number.value === sum);
      if (whole) for (const one of run) parts.set(one, whole);
    }
  }
  return parts;
}

const INHERIT = { people: 5.5, bare: 3.6 } as const;
const LONGEST = 6.5;

/** Numbers without a measure of their own take that of the neighbour they are listed with, to the left or else right. */
function inherit(
  sentence: SentenceCues,
  counted: readonly Counted[],
  links: Map<Counted, Link>,
  distance: Distance,
): void {
  const take = (one: Counted, neighbour: Counted | undefined, gapOf: (link: Link) => number): void => {
    if (links.has(one) || (one.noun !== "people" && one.noun !== "bare")) return;
    const link = neighbour && links.get(neighbour);
    if (!link || link.hit.cue.measure === "area_km2") return;
    if (isCount(sentence, one, distance)) {
      links.set(one, { counted: one, hit: link.hit, inherited: link });
      return;
    }
    const follows = one.role === "component" || one.role === "previous";
    const limit = follows ? 6 : one.entities.length > 0 ? LONGEST : INHERIT[one.noun];
    const listed = (follows || isListed(sentence, one)) && gapOf(link) <= limit;
    if (listed || isContrasted(sentence, link, one)) links.set(one, { counted: one, hit: link.hit, inherited: link });
  };
  for (const [at, one] of counted.entries()) {
    take(one, counted[at - 1], (link) => {
      const end = Math.max(link.counted.last, link.hit.last <= one.number.first ? link.hit.last : 0);
      return distance(end, Math.max(end, one.first));
    });
  }
  for (let at = counted.length - 1; at >= 0; at -= 1) {
    const one = counted[at]!;
    const gapTo = (link: Link): number => distance(one.last, Math.max(one.last, link.counted.first));
    take(one, counted[at + 1], (link) => (isTold(sentence, one) || gapTo(link) <= LIST_GAP ? gapTo(link) : Infinity));
  }
}

/** Whether something at the number says whose or what part it is. */
function isTold(sentence: SentenceCues, counted: Counted): boolean {
  if (counted.entities.length > 0 || counted.role !== null) return true;
  return sentence.entities.some((mention) => mention.last === counted.first);
}

/** What may stand between "in all" and its number: "in all handed over 127". */
const COUNT_GAP = 1.1;

/** "… are unaccounted for, citing a Red Cross count of 303": a count of what the sentence speaks of. */
function isCount(sentence: SentenceCues, counted: Counted, distance: Distance): boolean {
  if (counted.noun !== "bare") return false;
  return sentence.frames.some(
    ({ cue, last }) => cue.frame === "count" && last <= counted.first && distance(last, counted.first) <= COUNT_GAP,
  );
}

/** A bare number is listed only when something says whose it is: "50 on the Azerbaijani side", "180 из Минобороны". */
function isListed(sentence: SentenceCues, counted: Counted): boolean {
  if (counted.noun === "people" || counted.role === "component" || counted.entities.length > 0) return true;
  if (sentence.entities.some((mention) => mention.last === counted.first)) return true;
  const next = sentence.tokens[counted.last];
  return next !== undefined && sentence.frames.some((hit) => hit.first === counted.last && hit.cue.frame === "light");
}

/** How many tokens may stand before and behind the name in "…, while Azerbaijan spoke of 48". */
const CONTRAST_REACH = 5;

/** A bare number behind another side's name goes on with what the number before it measures. */
function isContrasted(sentence: SentenceCues, link: Link, counted: Counted): boolean {
  if (counted.noun !== "bare") return false;
  const name = contrastName(sentence, link, counted);
  return (
    name !== undefined && !sentence.measures.some((hit) => hit.first >= name.last && hit.last <= counted.number.first)
  );
}

/** The name that stands between a number and the one listed behind it. */
export function contrastName(sentence: SentenceCues, link: Link, counted: Counted): EntityMention | undefined {
  const end = Math.max(link.counted.last, link.hit.last <= counted.number.first ? link.hit.last : 0);
  return sentence.entities.findLast(
    (mention) =>
      mention.first >= end &&
      mention.last <= counted.number.first &&
      mention.first - end <= CONTRAST_REACH &&
      counted.first - mention.last <= CONTRAST_REACH &&
      (mention.entity.side === "armenia" || mention.entity.side === "azerbaijan"),
  );
}
