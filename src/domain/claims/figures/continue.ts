import type { Counted } from "./counted.ts";
import type { Distance } from "./distance.ts";
import { isCount, isOfLand } from "./inherit.ts";
import type { Link } from "./pairs.ts";
import { type Frame, framed, type SentenceCues } from "./sentence-cues.ts";
import { storySide } from "./sides.ts";

/** "… had been killed. The confirmed number is 50": a count in a sentence without words of measure goes on with the last. */
export function continueCount(
  sentence: SentenceCues,
  counted: readonly Counted[],
  distance: Distance,
  earlier: readonly Link[],
): Map<Counted, Link> {
  const last = earlier.at(-1);
  if (last?.hit.cue.measure === "area_km2") return continueLand(sentence, counted, last, distance);
  if (!last || sentence.measures.length > 0) return new Map();
  const one = counted.find(
    (candidate) =>
      isCount(sentence, candidate, distance) ||
      isSaidBefore(sentence, candidate, last, distance) ||
      isSaidInstead(candidate, last) ||
      isMoreOfSame(sentence, candidate, last) ||
      isPartOfSame(candidate, last) ||
      isHandedBefore(sentence, candidate, last, distance) ||
      isAdmitted(sentence, candidate, distance),
  );
  return new Map(one ? [[one, { counted: one, hit: last.hit, inherited: last }]] : []);
}

/** "They hold 10 sq km. Another 40 were lost in May": a number without a unit beside words that take land. */
function continueLand(
  sentence: SentenceCues,
  counted: readonly Counted[],
  last: Link,
  distance: Distance,
): Map<Counted, Link> {
  if (framed(sentence, "land").length === 0 || sentence.measures.some(({ cue }) => !cue.weak)) return new Map();
  const one = counted.find((candidate) => isOfLand(sentence, candidate, last, distance));
  return new Map(one ? [[one, { counted: one, hit: last.hit, inherited: last }]] : []);
}

/** How far behind words that speak of an earlier time a bare number stands. */
const SAID_REACH = 3;

/** "135 had died. On Wednesday he had spoken of 105": a lower bare number behind words that speak of an earlier time. */
function isSaidBefore(
  { roles }: SentenceCues,
  { noun, first, number }: Counted,
  { counted: newer }: Link,
  distance: Distance,
): boolean {
  if (noun !== "bare" || (number.value ?? Infinity) >= (newer.number.value ?? 0)) return false;
  return roles.some(({ cue, last }) => cue.role === "previous" && last <= first && distance(last, first) <= SAID_REACH);
}

/** "The number was not 150. It is 105": what follows a denied number on its own is said in its place. */
function isSaidInstead({ noun, number }: Counted, { counted: denied }: Link): boolean {
  return denied.role === "denied" && noun === "bare" && number.form !== "singular";
}

/** "32 bodies were returned. It gave back another 95 on Tuesday", "… 71 dead. Six more were added": more of the same. */
function isMoreOfSame(sentence: SentenceCues, { noun, role, number, last: end }: Counted, { hit }: Link): boolean {
  const alone = noun === "bare" || (noun === "people" && end === number.last + 1);
  if (role !== "increment" || !alone) return false;
  const { measure } = hit.cue;
  const frames: readonly Frame[] = measure === "bodies" || measure === "captured" ? HANDS : ADDED;
  return frames.some((frame) => framed(sentence, frame).length > 0);
}

/** "71 servicemen died. Eight of them served at the border": some of those counted in the sentence before. */
function isPartOfSame({ noun, role, number }: Counted, { counted: whole }: Link): boolean {
  if (role !== "component" || noun === "thing" || number.form === "singular") return false;
  return (number.value ?? Infinity) < (whole.number.value ?? 0);
}

/** How far a number stands from the words by which it changed hands. */
const HANDED_REACH = 1.2;

/** "95 more bodies were returned. On Saturday 32 were handed over": a bare number right beside such words. */
function isHandedBefore(
  sentence: SentenceCues,
  { noun, first, last, role, number }: Counted,
  { hit }: Link,
  distance: Distance,
): boolean {
  if (hit.cue.measure !== "bodies" || noun !== "bare" || role !== null || number.form === "singular") return false;
  return framed(sentence, "handed").some((verb) =>
    verb.last <= first ? distance(verb.last, first) <= HANDED_REACH : distance(last, verb.first) <= HANDED_REACH,
  );
}

const ADDED: readonly Frame[] = ["added"];
const HANDS: readonly Frame[] = ["handed", "give", "receive", "added"];

/** How far a number stands from the word that admits it. */
const ADMITTED_REACH = 1.2;

/** "… more than 200 died on both sides. Azerbaijan acknowledges 77": a side gives its own number of what was counted. */
function isAdmitted(sentence: SentenceCues, { noun, first, last, role, number }: Counted, distance: Distance): boolean {
  if (noun !== "bare" || role !== null || number.form === "singular" || !sentence.entities.some(storySide))
    return false;
  return framed(sentence, "affirm").some((verb) =>
    verb.last <= first ? distance(verb.last, first) <= ADMITTED_REACH : distance(last, verb.first) <= ADMITTED_REACH,
  );
}
