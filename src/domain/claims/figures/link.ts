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
export function linkNumbers(sentence: SentenceCues, counted: readonly Counted[], distance: Distance): Link[] {
  const pairs = counted
    .flatMap((one) => sentence.measures.map((hit) => pairOf(sentence, one, hit, distance)))
    .filter((pair) => pair !== null)
    .sort((a, b) => a.cost - b.cost || a.counted.number.first - b.counted.number.first);
  const links = new Map<Counted, Link>();
  const used = new Map<number, Direction>();
  for (const { counted: one, hit, direction } of pairs) {
    if (links.has(one) || (used.get(hit.first) ?? direction) !== direction) continue;
    links.set(one, { counted: one, hit, inherited: null });
    used.set(hit.first, direction);
  }
  inherit(sentence, counted, links, distance);
  return counted.map((one) => links.get(one)).filter((link) => link !== undefined);
}

function pairOf(sentence: SentenceCues, counted: Counted, hit: CueHit<MeasureCue>, distance: Distance): Pair | null {
  const { number } = counted;
  const { cue } = hit;
  if (hit.first < number.last && hit.last > number.first) {
    return cue.place === "counted" ? { counted, hit, direction: "left", cost: -1 } : null;
  }
  if (cue.place === "counted") return countedPair(counted, hit, distance);
  if (counted.noun === "thing") return null;
  if (cue.place === "after") return afterPair(sentence, counted, hit, distance);
  return beforePair(sentence, counted, hit, distance);
}

function countedPair(counted: Counted, hit: CueHit<MeasureCue>, distance: Distance): Pair | null {
  if (hit.first < counted.number.last) return null;
  const cost = distance(counted.number.last, hit.first);
  const bonus = hit.cue.measure === "captured" ? 0 : 1;
  return cost <= 1.2 ? { counted, hit, direction: "left", cost: cost - bonus } : null;
}

function afterPair(sentence: SentenceCues, counted: Counted, hit: CueHit<MeasureCue>, distance: Distance): Pair | null {
  if (hit.first < counted.number.last) return null;
  const cost = distance(Math.min(Math.max(counted.last, counted.number.last), hit.first), hit.first);
  return affordable(sentence, counted, hit, "left", cost);
}

function beforePair(
  sentence: SentenceCues,
  counted: Counted,
  hit: CueHit<MeasureCue>,
  distance: Distance,
): Pair | null {
  if (hit.last > counted.number.first) return null;
  const between = distance(hit.last, Math.max(hit.last, Math.min(counted.first, counted.number.first)));
  const changed = isChange(sentence, hit.last, counted);
  const cost = changed ? between * CHANGE_SHARE : between;
  if (hit.cue.weak && counted.noun !== "people" && cost > 1.2) return null;
  if (hit.cue.weak && counted.noun === "unknown") return null;
  return affordable(sentence, counted, hit, "right", cost);
}

function affordable(
  sentence: SentenceCues,
  counted: Counted,
  hit: CueHit<MeasureCue>,
  direction: Direction,
  cost: number,
): Pair | null {
  void sentence;
  const bonus = hit.cue.measure === "bodies" ? 0.6 : 0;
  return cost <= FARTHEST[counted.noun] ? { counted, hit, direction, cost: cost - bonus } : null;
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

const INHERIT = { people: 5.5, bare: 3.6 } as const;

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
    if (!link || link.hit.cue.measure === "area_km2" || !isListed(sentence, one)) return;
    const limit = one.role === "component" ? 6 : INHERIT[one.noun];
    if (gapOf(link) <= limit) links.set(one, { counted: one, hit: link.hit, inherited: link });
  };
  for (const [at, one] of counted.entries()) {
    take(one, counted[at - 1], (link) => {
      const end = Math.max(link.counted.last, link.hit.last <= one.number.first ? link.hit.last : 0);
      return distance(end, Math.max(end, one.first));
    });
  }
  for (let at = counted.length - 1; at >= 0; at -= 1) {
    take(counted[at]!, counted[at + 1], (link) =>
      distance(counted[at]!.last, Math.max(counted[at]!.last, link.counted.first)),
    );
  }
}

/** A bare number is listed only when something says whose it is: "50 on the Azerbaijani side", "180 из Минобороны". */
function isListed(sentence: SentenceCues, counted: Counted): boolean {
  if (counted.noun === "people" || counted.role === "component" || counted.entities.length > 0) return true;
  const next = sentence.tokens[counted.last];
  return next !== undefined && sentence.frames.some((hit) => hit.first === counted.last && hit.cue.frame === "light");
}
