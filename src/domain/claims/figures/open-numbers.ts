import type { NumberMention } from "../../language/reading.ts";
import type { Token } from "../../language/tokens.ts";
import type { SentenceCues } from "./sentence-cues.ts";

/** The numbers of a sentence that may be figures, "another" among them where it stands for one more person. */
export function openNumbers(sentence: SentenceCues): NumberMention[] {
  const sides = sentence.frames.filter((hit) => hit.cue.frame === "both");
  const written = sentence.numbers.filter(
    (number) =>
      number.notFigure === null &&
      !sides.some((hit) => hit.first <= number.first && hit.last >= number.last) &&
      !isRate(sentence, number) &&
      !isDay(sentence, number),
  );
  return [...written, ...others(sentence, written)].sort((a, b) => a.first - b.first);
}

/** How near "a day" or "on average" stands to a number that it makes a rate. */
const RATE_REACH = 3;

function isRate(sentence: SentenceCues, number: NumberMention): boolean {
  return sentence.frames.some(
    ({ cue, first, last }) =>
      cue.frame === "rate" && (first >= number.last ? first - number.last : number.first - last) <= RATE_REACH,
  );
}

function others(sentence: SentenceCues, written: readonly NumberMention[]): NumberMention[] {
  const found: NumberMention[] = [];
  for (const { cue, first, last } of sentence.frames) {
    const taken = [...written, ...found].some((number) => number.first < last && number.last > first);
    if (cue.frame !== "another" || taken) continue;
    if (isPerson(sentence, first, last)) found.push(oneOf(sentence.tokens, first, last));
  }
  return found;
}

/** "another" stands for a person where nothing but light words part it from what befell the person. */
function isPerson(sentence: SentenceCues, first: number, last: number): boolean {
  const people = (at: number): boolean => sentence.people.some((hit) => hit.first <= at && hit.last > at);
  const light = (at: number): boolean => sentence.frames.some((hit) => hit.cue.frame === "light" && hit.first === at);
  let next = last;
  while (next < last + OTHER_REACH && (light(next) || people(next))) next += 1;
  return sentence.measures.some(({ cue, first: from, last: to }) =>
    cue.place === "before" ? to === first : cue.place === "after" && from === next,
  );
}

/** How many words may stand between "one" and what befell the person: "one of its sergeants was killed". */
const OTHER_REACH = 4;

/** "с 12 на 13 сентября": behind "from", a number next to a date is a date. */
function isDay(sentence: SentenceCues, number: NumberMention): boolean {
  const led = sentence.frames.some((hit) => hit.cue.frame === "from" && hit.last === number.first);
  return led && sentence.numbers.some((other) => other.notFigure === "date" && other.first === number.last + 1);
}

function oneOf(tokens: readonly Token[], first: number, last: number): NumberMention {
  const start = tokens[first]!.start;
  return { value: 1, form: "singular", notFigure: null, first, last, start, end: tokens[last - 1]!.end };
}
