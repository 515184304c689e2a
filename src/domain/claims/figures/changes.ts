import type { NumberMention } from "../../language/reading.ts";
import type { Counted } from "./counted.ts";
import type { Distance } from "./distance.ts";
import type { Link } from "./pairs.ts";
import { frameBefore, framed, type SentenceCues } from "./sentence-cues.ts";

/** Where what a neighbour says ends before a number. */
export function endBefore(link: Link, counted: Pick<Counted, "number">): number {
  return Math.max(link.counted.last, link.hit.last <= counted.number.first ? link.hit.last : 0);
}

/** "Which had reported 50 dead, raised that to 71": a change leads from the old value to a higher one. */
export function isRaised(sentence: SentenceCues, { noun, number, first }: Counted, link: Link): boolean {
  const { value } = link.counted.number;
  if (noun !== "bare" || value === null || (number.value ?? 0) <= value || !frameBefore(sentence, "to", first))
    return false;
  const end = endBefore(link, { number });
  const within = (hit: { first: number; last: number }): boolean => hit.first >= end && hit.last <= first;
  return framed(sentence, "change").some(within) && !sentence.measures.some(within);
}

/** "Ermenistan'ınki 105'ten 135'e, Azerbaycan'ınki 71'den 77'ye", "de 71 à 77": the new value right behind the old one. */
export function isGoal(sentence: SentenceCues, { noun, number, first }: Counted, { counted: old }: Link): boolean {
  if (noun !== "bare" || old.number.last > first || number.value === old.number.value) return false;
  const { fromEndings, toEndings } = sentence.cues;
  const endingOf = ({ last }: NumberMention): string => sentence.tokens[last - 1]?.suffix ?? "";
  if (old.number.last === first) return fromEndings.has(endingOf(old.number)) && toEndings.has(endingOf(number));
  return (
    first - old.number.last === 1 &&
    frameBefore(sentence, "to", first) &&
    frameBefore(sentence, "from", old.first) &&
    framed(sentence, "change").some(({ last }) => last <= old.first)
  );
}

/** How far apart the new and the old value stand in "to 77 from 71". */
const START_GAP = 1;

/** "up to 77 from 71": behind the new value stands the one that the change started from. */
export function isStart(sentence: SentenceCues, one: Counted, { counted: newer }: Link, distance: Distance): boolean {
  if (one.noun !== "bare" || one.first < newer.last || !frameBefore(sentence, "from", one.first)) return false;
  return frameBefore(sentence, "to", newer.first) && distance(newer.last, one.first) <= START_GAP;
}
