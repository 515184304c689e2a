import type { NumberMention } from "../../language/reading.ts";
import type { MeasureCue } from "../figure-cues.ts";
import { continueCount } from "./continue.ts";
import type { Counted } from "./counted.ts";
import type { Distance } from "./distance.ts";
import { inheritMeasures, LIST_GAP } from "./inherit.ts";
import { type Direction, type Link, pairOf } from "./pairs.ts";
import { type CueHit, frameAt, frameBefore, framed, isJoinedOn, type SentenceCues } from "./sentence-cues.ts";

/**
 * Binds the numbers of a sentence to its measure cues, nearest first, each number once.
 * @param earlier the numbers bound in the sentence before, which this one may go on about.
 */
export function linkNumbers(
  sentence: SentenceCues,
  counted: readonly Counted[],
  distance: Distance,
  earlier: readonly Link[],
): Link[] {
  const measures = measuresOf(sentence, earlier);
  const parts = partsOf(sentence, counted, earlier);
  const links = continueCount(sentence, counted, distance, earlier);
  const linkPairs = (open: readonly Counted[]): void => bindNearest(sentence, measures, open, distance, links);
  linkPairs(counted.filter((one) => !parts.has(one)));
  for (const [part, whole] of parts) {
    const link = "hit" in whole ? whole : links.get(whole);
    if (link) links.set(part, { counted: { ...part, role: "component" }, hit: link.hit, inherited: link });
  }
  if (parts.size > 0) linkPairs(counted.filter((one) => !links.has(one)));
  inheritMeasures(sentence, counted, links, distance);
  return [...links.values()].sort((a, b) => a.counted.number.first - b.counted.number.first);
}

/** An area is a figure only where land is taken or held. */
function measuresOf(sentence: SentenceCues, earlier: readonly Link[]): readonly CueHit<MeasureCue>[] {
  const isArea = ({ cue }: CueHit<MeasureCue>): boolean => cue.measure === "area_km2";
  const ofLand = framed(sentence, "land").length > 0 || earlier.some((link) => isArea(link.hit));
  return ofLand ? sentence.measures : sentence.measures.filter((hit) => !isArea(hit));
}

function bindNearest(
  sentence: SentenceCues,
  measures: readonly CueHit<MeasureCue>[],
  open: readonly Counted[],
  distance: Distance,
  links: Map<Counted, Link>,
): void {
  const pairs = open
    .flatMap((one) => measures.map((hit) => pairOf(sentence, one, hit, distance)))
    .filter((pair) => pair !== null)
    .filter(({ hit }) => !diedSince(sentence, hit))
    .sort((a, b) => a.cost - b.cost || a.counted.number.first - b.counted.number.first);
  const used: { hit: CueHit<MeasureCue>; direction: Direction }[] = [];
  for (const { counted, hit, direction } of pairs) {
    if (links.has(counted) || used.some((one) => one.direction !== direction && overlap(one.hit, hit))) continue;
    if (direction === "left" && !isListedUpTo(counted, hit, open, distance)) continue;
    links.set(counted, { counted, hit, inherited: null });
    used.push({ hit, direction });
  }
}

function overlap(a: CueHit<MeasureCue>, b: CueHit<MeasureCue>): boolean {
  return a.first < b.last && b.first < a.last;
}

/** How many words may name the wounded before it is said that they died. */
const DIED_REACH = 4;

/** "Six wounded Azerbaijani soldiers died": the wounded of whom it is said that they died count as dead. */
function diedSince(sentence: SentenceCues, { cue, first, last }: CueHit<MeasureCue>): boolean {
  if (cue.measure === "wounded" && cue.place === "counted" && isDiedBefore(sentence, first)) return true;
  if (cue.measure === "wounded" && cue.place === "before" && hasDiedBehind(sentence, last)) return true;
  const befell = cue.measure === "wounded" || (cue.measure === "captured" && !cue.weak);
  if (!befell || cue.place === "before") return false;
  if (cue.measure === "wounded" && hasDiedAhead(sentence, first)) return true;
  if (cue.measure === "wounded" && diedBehind(sentence, last, DIED_OF_WOUNDS)) return true;
  const named = [...sentence.people, ...sentence.entities];
  let at = last;
  while (at - last < DIED_REACH) {
    const name = named.find(({ first }) => first === at);
    if (!name) break;
    at = name.last;
  }
  return sentence.measures.some(
    (hit) =>
      hit.cue.measure === "killed" &&
      hit.cue.place === "after" &&
      at > last &&
      (hit.first === at || (hit.first === at + 1 && frameAt(sentence, "light", at))),
  );
}

/** How far behind the wounded it is said that they died: "yaralanan iki hərbçi hospitalda dünyasını dəyişib". */
const DIED_BEHIND = 6;

/** Whether the one number behind a word for wounded is followed by what says that they died, in the same clause. */
function hasDiedBehind(sentence: SentenceCues, wounded: number): boolean {
  const number = sentence.numbers.find((one) => one.first >= wounded && one.notFigure === null);
  return number !== undefined && number.first - wounded <= 1 && diedBehind(sentence, number.last, DIED_BEHIND);
}

/** How far behind the wounded who were counted before: "deux militaires blessés à la frontière ont succombé". */
const DIED_OF_WOUNDS = 9;

/** Whether words say within reach, in the same clause, that they died, and of no number behind. */
function diedBehind(sentence: SentenceCues, from: number, reach: number): boolean {
  const died = sentence.measures.find(
    ({ cue, first }) => cue.measure === "killed" && cue.place === "after" && !cue.weak && first >= from,
  );
  if (!died || died.first - from > reach) return false;
  const between = sentence.tokens.slice(from, died.first);
  // "wounded in clashes with": a word within such a phrase opens no clause
  const within = ({ first }: { first: number }): boolean =>
    framed(sentence, "against").some((hit) => hit.first < first && hit.last > first);
  const parted = (["and", "break"] as const).some((frame) =>
    framed(sentence, frame).some((hit) => hit.first >= from && hit.first < died.first && !within(hit)),
  );
  const counts = sentence.numbers.some(({ first }) => first >= from && first - died.last <= DEATH_REACH);
  return !parted && !counts && between.every(({ kind }) => kind === "word");
}

/** "Скончались еще двое раненых": it is said of the wounded right before they are counted. */
function isDiedBefore(sentence: SentenceCues, wounded: number): boolean {
  const number = numberBefore(sentence, wounded);
  return number !== undefined && wounded - number.last <= 1 && deathBefore(sentence, number) !== undefined;
}

/** How many words of the noun phrase stand between the number of the dead and what befell them before. */
const PHRASE_REACH = 3;

/** «توفي جنديان أذربيجانيان آخران أصيبا في …»: it is said first that they died, and of the same people that they had been wounded. */
function hasDiedAhead(sentence: SentenceCues, wounded: number): boolean {
  if (isJoinedOn(sentence, wounded)) return false;
  const number = numberBefore(sentence, wounded);
  if (!number || wounded - number.last > PHRASE_REACH || isNumberAt(sentence, wounded + 1)) return false;
  const death = deathBefore(sentence, number);
  if (!death) return false;
  const isOneClause = (from: number, to: number): boolean =>
    sentence.tokens.slice(from, to).every(({ kind }, at) => kind === "word" && !isJoinedOn(sentence, from + at));
  return (
    isOneClause(death.last, number.first) &&
    isOneClause(number.last, wounded) &&
    !framed(sentence, "and").some(({ first }) => first >= death.last && first < wounded)
  );
}

function numberBefore({ numbers }: SentenceCues, at: number): NumberMention | undefined {
  return numbers.findLast((one) => one.last <= at && one.notFigure === null);
}

/** How many words may stand between a number and what says before it that they died: "умерли еще двое раненых". */
const DEATH_REACH = 2;

/** What says right before a number that those whom it counts died. */
function deathBefore(sentence: SentenceCues, number: NumberMention): CueHit<MeasureCue> | undefined {
  return sentence.measures.findLast(
    ({ cue, last }) =>
      cue.measure === "killed" &&
      cue.place === "before" &&
      !cue.weak &&
      last <= number.first &&
      number.first - last <= DEATH_REACH &&
      !isNounAt(sentence, last) &&
      sentence.tokens.slice(last, number.first).every(({ kind }) => kind === "word"),
  );
}

function isNumberAt({ numbers }: SentenceCues, at: number): boolean {
  return numbers.some(({ first, notFigure }) => first === at && notFigure === null);
}

/** «ثمانية قتلى و21 جريحا»: a word that is counted itself says nothing of the number behind it. */
function isNounAt({ measures, numbers }: SentenceCues, end: number): boolean {
  return measures.some(
    ({ cue, first, last }) =>
      cue.place === "counted" &&
      last === end &&
      numbers.some((number) => number.last === first && number.notFigure === null),
  );
}

/** Two numbers share a predicate behind them only in a list: "49 soldiers and 3 civilians were killed". */
function isListedUpTo(one: Counted, hit: CueHit<MeasureCue>, open: readonly Counted[], distance: Distance): boolean {
  const next = open.find(
    (other) => other.number.first >= one.number.last && other.number.last <= hit.first && other.role !== "component",
  );
  // "32 dead, seven of them civilians, 200 wounded": a part is of what stands before it
  if (next && one.role === "component") return false;
  return !next || distance(one.last, Math.max(one.last, next.first)) <= LIST_GAP;
}

/** The most numbers that are taken for the parts of one sum. */
const MOST_PARTS = 3;

/**
 * Numbers that add up to another one of the sentence, or of the one before, are its parts: "192 dead: 180 of the army,
 * 12 of the police".
 */
function partsOf(
  sentence: SentenceCues,
  counted: readonly Counted[],
  earlier: readonly Link[],
): Map<Counted, Counted | Link> {
  const parts = new Map<Counted, Counted | Link>();
  for (let at = 0; at < counted.length; at += 1) {
    for (let count = 2; count <= MOST_PARTS && at + count <= counted.length; count += 1) {
      const run = counted.slice(at, at + count);
      // "four more, taking its count from 66 to 70": a step is no part
      if (run.some((one) => parts.has(one) || one.noun === "thing" || one.role === "increment")) continue;
      // "lowered its toll from 207 to 204 after three were found": nor is the value that a change leads to
      if (
        run.some(
          (one) => frameBefore(sentence, "to", one.first) && frameBefore(sentence, "from", counted[at - 1]?.first ?? 0),
        )
      )
        continue;
      const sum = run.reduce((total, one) => total + (one.number.value ?? Number.NaN), 0);
      const whole =
        counted.find((one) => !run.includes(one) && !parts.has(one) && one.number.value === sum) ??
        earlier.find((link) => link.counted.number.value === sum);
      if (whole) for (const one of run) parts.set(one, whole);
    }
  }
  return parts;
}
