import type { NumberMention } from "../../language/reading.ts";
import type { MeasureCue } from "../figure-cues.ts";
import type { Counted } from "./counted.ts";
import type { Distance } from "./distance.ts";
import { type CueHit, frameAt, frameBefore, framed, isJoinedOn, type SentenceCues } from "./sentence-cues.ts";

/** The side of its numbers on which a cue is used; a verb between two numbers belongs to one of them. */
export type Direction = "left" | "right";

/** A number bound to the words that say what it measures. */
export interface Link {
  readonly counted: Counted;
  readonly hit: CueHit<MeasureCue>;
  /** The number took the measure of a neighbour: "180 of the army and 12 of the police". */
  readonly inherited: Link | null;
}

/** A number and words that may measure it; the cheaper the likelier. */
export interface Pair {
  readonly counted: Counted;
  readonly hit: CueHit<MeasureCue>;
  readonly direction: Direction;
  readonly cost: number;
}

/** How much may lie between a number and its cue, by what the number counts. */
const FARTHEST = { people: 6, bare: 4.2, unknown: 0.7, thing: -Infinity } as const;
/** A bare singular ("a soldier") is counted only by words right beside it. */
const FARTHEST_SINGULAR = 2.5;
/** Part of the cost left where a word of change leads to the number: "the number of dead … has gone up to 135". */
const CHANGE_SHARE = 0.3;
/** How near the counted noun stands to its number. */
const NOUN_GAP = 1.2;
/** "95 bodies" counts bodies, whatever other number stands behind. */
const COUNTED_BODIES = 3.5;
/** How near "lost" stands to a number without a noun: "losses at 105". */
const BARE_LOSS_GAP = 1.2;
/** So near to the number bodies are what is counted, however those came to die. */
const NEAR_BODIES = 1.5;

/** Weighs a cue for a number; null where it cannot measure it. */
export function pairOf(
  sentence: SentenceCues,
  counted: Counted,
  hit: CueHit<MeasureCue>,
  distance: Distance,
): Pair | null {
  const { number } = counted;
  const { place } = hit.cue;
  const labelled = numberOfLabel(sentence, hit);
  if (labelled !== null) {
    if (labelled !== number || counted.noun === "thing") return null;
    return { counted, hit, direction: "right", cost: LABEL_COST };
  }
  if (hit.first < number.last && hit.last > number.first)
    return place === "counted" ? { counted, hit, direction: "left", cost: -1 } : null;
  if (hit.first >= number.last && isWholeOfNext(sentence, counted, hit)) return null;
  if (place === "counted") return countedPair(counted, hit, distance);
  if (counted.noun === "thing") return null;
  return place === "after" ? afterPair(sentence, counted, hit, distance) : beforePair(sentence, counted, hit, distance);
}

/** "Из 207 человек 27 числятся пропавшими": what is said behind a part is not said of the whole that "of" leads. */
function isWholeOfNext(sentence: SentenceCues, { number, last, first }: Counted, hit: CueHit<MeasureCue>): boolean {
  const part = sentence.numbers.find((one) => one.notFigure === null && one.first >= last);
  if (!part || part.first - last > 1 || hit.first < part.last || (part.value ?? Infinity) >= (number.value ?? 0))
    return false;
  return framed(sentence, "among").some((of) => of.last === first && of.first === sentence.first);
}

/** What a label costs: the number's own noun, right behind it, says more. */
const LABEL_COST = 0.1;
const DASH = /^[-–—]$/;
const CLAUSE_MARK = /^[,;.]$/;

/**
 * "Dead: 207", "раненые - 293", "Bodies returned by Baku: 32": a word of measure in a part that counts nothing before
 * its mark labels the number behind that mark; before a dash it stands right there.
 */
function numberOfLabel(sentence: SentenceCues, { first, last }: CueHit<MeasureCue>): NumberMention | null {
  const { tokens, numbers } = sentence;
  const mark = DASH.test(tokens[last]?.folded ?? "") ? last : colonBehind(sentence, last);
  if (mark === null) return null;
  const number = numbers.find((one) => one.notFigure === null && one.first > mark);
  const leads = (at: number): boolean => sentence.qualifiers.some((hit) => hit.first === mark + 1 && hit.last === at);
  if (!number || !(number.first === mark + 1 || leads(number.first))) return null;
  let from = first;
  while (from > sentence.first && !CLAUSE_MARK.test(tokens[from - 1]!.folded)) from -= 1;
  return numbers.some((one) => one.notFigure === null && one.first >= from && one.last <= mark) ? null : number;
}

/** The colon that ends the part of a sentence in which a word stands. */
function colonBehind({ tokens, last: end }: SentenceCues, from: number): number | null {
  for (let at = from; at < end; at += 1) {
    if (tokens[at]!.folded === ":") return at;
    if (tokens[at]!.kind === "punctuation") return null;
  }
  return null;
}

function countedPair(counted: Counted, hit: CueHit<MeasureCue>, distance: Distance): Pair | null {
  if (hit.first < counted.number.last) return null;
  const gap = distance(counted.number.last, hit.first);
  // prisoners may be counted for what befell them
  const bonus = hit.cue.measure === "captured" ? 0 : hit.cue.measure === "bodies" ? COUNTED_BODIES : 1;
  return gap <= NOUN_GAP ? { counted, hit, direction: "left", cost: gap - bonus } : null;
}

function afterPair(sentence: SentenceCues, counted: Counted, hit: CueHit<MeasureCue>, distance: Distance): Pair | null {
  if (hit.first < counted.number.last || isJoinedOn(sentence, hit.first)) return null;
  if (hit.cue.weak && counted.noun !== "people") return null;
  const end = Math.min(Math.max(counted.last, counted.number.last), hit.first);
  return affordable(counted, hit, "left", distance(end, hit.first));
}

function beforePair(
  sentence: SentenceCues,
  counted: Counted,
  hit: CueHit<MeasureCue>,
  distance: Distance,
): Pair | null {
  if (isPutFirst(sentence, counted, hit, distance)) return affordable(counted, hit, "left", PUT_FIRST_COST);
  // "от 180 до 220": before a range such a word begins the range
  const done = counted.number.form !== "range" && frameBefore(sentence, "agent", counted.first);
  if (hit.last > counted.number.first || done || isOfSubject(sentence, counted, hit)) return null;
  if (isArrivedAt(sentence, counted, hit)) return null;
  const gap = distance(hit.last, Math.max(hit.last, Math.min(counted.first, counted.number.first)));
  const changed =
    (isChange(sentence, hit.last, counted) || isRaised(sentence, hit, counted) || isStated(sentence, hit, counted)) &&
    !hasValueBetween(sentence, hit.last, counted);
  const cost = changed ? gap * CHANGE_SHARE : gap;
  if (hit.cue.weak && !isLoss(sentence, counted, cost)) return null;
  return affordable(counted, hit, "right", cost);
}

/** «وصل إلى 207 أشخاص»: a verb of arriving that a count arrives with moves no people. */
function isArrivedAt(
  sentence: SentenceCues,
  { first }: Counted,
  { cue, first: verb, last }: CueHit<MeasureCue>,
): boolean {
  return cue.weak && frameAt(sentence, "change", verb) && frameBefore(sentence, "to", first) && first - last <= 1;
}

/** How near behind the number its words of measure begin, and what such a pair costs. */
const PUT_FIRST_GAP = 0.6;
const PUT_FIRST_COST = 1;

/** "Évalue à 300 le nombre de soldats tués": a change that leads to the number, and what is counted behind it. */
function isPutFirst(
  sentence: SentenceCues,
  { noun, number, last }: Counted,
  hit: CueHit<MeasureCue>,
  distance: Distance,
): boolean {
  if (noun !== "bare" || hit.first < last || hit.last - hit.first < 2 || !frameBefore(sentence, "to", number.first))
    return false;
  const leads = framed(sentence, "change").some(
    (change) => change.last <= number.first && number.first - change.last <= RAISED_REACH,
  );
  return leads && distance(last, hit.first) <= PUT_FIRST_GAP;
}

/** "A man was killed and six residents injured": a verb that is told of whom it follows, and the number begins the next part. */
function isOfSubject(
  sentence: SentenceCues,
  { first: number }: Counted,
  { first, last, cue }: CueHit<MeasureCue>,
): boolean {
  if (
    !frameAt(sentence, "and", last) ||
    !framed(sentence, "and").some((and) => and.first === last && and.last === number)
  )
    return false;
  const told = (hit: CueHit<MeasureCue>): boolean =>
    hit.cue.place === "after" && hit.cue.measure === cue.measure && hit.first === first && hit.last === last;
  return sentence.measures.some(told) && frameAt(sentence, "light", first - 1);
}

/** How near before the words of measure a change of them stands: "taking the country's losses … to 79". */
const RAISED_REACH = 3;

function isRaised(sentence: SentenceCues, hit: CueHit<MeasureCue>, { first }: Counted): boolean {
  if (!frameBefore(sentence, "to", first)) return false;
  return framed(sentence, "change").some(({ last }) => last <= hit.first && hit.first - last <= RAISED_REACH);
}

/** From how many words on a measure is a phrase that only a number ends: "the number of servicemen killed". */
const NUMBER_PHRASE = 3;

/** "The number of servicemen killed while repelling the attack is 75", «…, — 75»: the number behind the verb that states it. */
function isStated(sentence: SentenceCues, { first, last }: CueHit<MeasureCue>, counted: Counted): boolean {
  if (last - first < NUMBER_PHRASE || counted.noun !== "bare") return false;
  const dash = /^[-–—]$/.test(sentence.tokens[counted.first - 1]?.folded ?? "");
  return dash || frameBefore(sentence, "to", counted.first);
}

/** "lost" counts people; without a noun only what stands right behind it, and no part of something else. */
function isLoss(sentence: SentenceCues, { noun, number }: Counted, cost: number): boolean {
  if (number.form === "singular" || noun === "unknown") return false;
  return noun === "people" || (cost <= BARE_LOSS_GAP && !frameAt(sentence, "of", number.last));
}

function affordable(counted: Counted, hit: CueHit<MeasureCue>, direction: Direction, cost: number): Pair | null {
  const farthest = counted.number.form === "singular" ? FARTHEST_SINGULAR : FARTHEST[counted.noun];
  return cost <= farthest ? { counted, hit, direction, cost: cost - bonusOf(hit, cost) } : null;
}

function bonusOf({ cue, first, last }: CueHit<MeasureCue>, cost: number): number {
  if (cue.measure === "bodies") return cost <= NEAR_BODIES ? 2.2 : 0.6;
  return cue.measure === "other" && last - first > 2 ? 1.5 : 0;
}

/** Whether another value, not one that a change starts from, stands between a cue and the number. */
function hasValueBetween(sentence: SentenceCues, from: number, { number }: Counted): boolean {
  return sentence.numbers.some(
    (other) =>
      other.notFigure === null &&
      other.first >= from &&
      other.last <= number.first &&
      !frameBefore(sentence, "from", other.first) &&
      !isStep(sentence, other) &&
      !sentence.cues.fromEndings.has(sentence.tokens[other.last - 1]?.suffix ?? ""),
  );
}

/** "30 artarak 128'e çıktı", «выросло на 30, до 128»: words beside such a number say that a count grew by it. */
function isStep({ roles }: SentenceCues, number: { first: number; last: number }): boolean {
  return roles.some(({ cue, first, last }) =>
    cue.place === "before"
      ? cue.role === "component" && last === number.first
      : cue.role === "increment" && cue.place === "after" && first >= number.last && first - number.last <= 1,
  );
}

/** Whether a word of change stands between a cue and the number, or right behind the number ("71'e çıktı"). */
export function isChange(sentence: SentenceCues, from: number, { number, last }: Counted): boolean {
  return framed(sentence, "change").some(
    (hit) => (hit.first >= from - 1 && hit.last <= number.first) || (hit.first >= number.last && hit.first <= last + 1),
  );
}
