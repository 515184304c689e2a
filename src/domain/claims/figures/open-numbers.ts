import type { NumberMention } from "../../language/reading.ts";
import type { Token } from "../../language/tokens.ts";
import { frameAt, frameBefore, framed, type SentenceCues } from "./sentence-cues.ts";

/** The numbers of a sentence that may be figures, "another" among them where it stands for one more person. */
export function openNumbers(sentence: SentenceCues): NumberMention[] {
  const written = sentence.numbers.filter(
    (number) =>
      number.notFigure === null &&
      !isOfBothSides(sentence, number) &&
      !isNamePart(sentence, number) &&
      !isNounOf(sentence, number) &&
      !isPronoun(sentence, number) &&
      !isRate(sentence, number) &&
      !isDay(sentence, number),
  );
  return [...joinRanges(sentence, written), ...others(sentence, written)].sort((a, b) => a.first - b.first);
}

/** "6-ից 8 զինվոր": two numbers, the first with the ending of "from", are a range, unless the second one ends in "to". */
function joinRanges(sentence: SentenceCues, written: readonly NumberMention[]): NumberMention[] {
  const { fromEndings, toEndings } = sentence.cues;
  if (fromEndings.size === 0) return [...written];
  const endingOf = (number: NumberMention): string => sentence.tokens[number.last - 1]?.suffix ?? "";
  const joined: NumberMention[] = [];
  for (const number of written) {
    const low = joined.at(-1);
    const ranges = low && fromEndings.has(endingOf(low)) && !toEndings.has(endingOf(number));
    if (
      !ranges ||
      low.last !== number.first ||
      low.value === null ||
      number.value === null ||
      low.value >= number.value
    ) {
      joined.push(number);
      continue;
    }
    joined[joined.length - 1] = {
      ...low,
      value: null,
      low: low.value,
      high: number.value,
      form: "range",
      last: number.last,
      end: number.end,
    };
  }
  return joined;
}

/** The two of "both sides", "the two countries". */
function isOfBothSides(sentence: SentenceCues, number: NumberMention): boolean {
  return framed(sentence, "both").some((hit) => hit.first <= number.first && hit.last >= number.last);
}

/** "Su-25 fighter", "BM-21": a number written onto a word is a part of a name. */
function isNamePart({ tokens }: SentenceCues, { first }: NumberMention): boolean {
  const token = tokens[first]!;
  return token.kind === "digits" && token.gap === "-" && tokens[first - 1]?.kind === "word";
}

/** A bare singular beside a number or another noun is a noun of theirs: "75-ը՝ քաղաքացիական", «քաղաքացիական անձինք». */
function isNounOf(sentence: SentenceCues, number: NumberMention): boolean {
  if (number.form !== "singular") return false;
  if (isOfVerb(sentence, number)) return true;
  const isName = sentence.entities.some((mention) => mention.first === number.last);
  if (!isName && sentence.people.some((hit) => hit.first === number.last)) return true;
  const at = sentence.tokens[number.first - 1]?.kind === "punctuation" ? number.first - 1 : number.first;
  // "74-летний мужчина": an age counts no people
  return sentence.numbers.some(
    ({ last, form, notFigure }) => last === at && form !== "singular" && notFigure !== "age",
  );
}

/** "71 on the Azerbaijani one": behind whose it is, and before no noun, "one" stands for what was named before. */
function isPronoun({ entities, people }: SentenceCues, { form, value, first, last }: NumberMention): boolean {
  if (form !== "words" || value !== 1) return false;
  const name = entities.find((mention) => mention.last === first && mention.entity.kind === "demonym");
  return name !== undefined && !people.some((hit) => hit.first === last || hit.last === name.first);
}

/** "əsir götürülmüş", "taken prisoner": the noun opens or ends a verb of several words. */
function isOfVerb({ measures }: SentenceCues, number: NumberMention): boolean {
  return measures.some(
    ({ cue, first, last }) => cue.place !== "counted" && first === number.first && last > number.last,
  );
}

/** How near "a day" or "on average" stands to a number that it makes a rate. */
const RATE_REACH = 3;

/** "günlük" is also the unit of a duration right before it ("44 günlük savaşta"). */
function isRate(sentence: SentenceCues, number: NumberMention): boolean {
  return framed(sentence, "rate").some(
    ({ first, last }) =>
      !sentence.numbers.some((other) => other !== number && other.last === first) &&
      (first >= number.last ? first - number.last : number.first - last) <= RATE_REACH,
  );
}

/** "с 12 на 13 сентября": behind "from", a number next to a date is a date. */
function isDay(sentence: SentenceCues, number: NumberMention): boolean {
  if (!frameBefore(sentence, "from", number.first)) return false;
  return sentence.numbers.some((other) => other.notFigure === "date" && other.first === number.last + 1);
}

function others(sentence: SentenceCues, written: readonly NumberMention[]): NumberMention[] {
  const found: NumberMention[] = [];
  for (const { first, last } of framed(sentence, "another")) {
    const taken = [...written, ...found].some((number) => number.first <= last && number.last > first);
    if (!taken && isPerson(sentence, first, last)) found.push(oneOf(sentence.tokens, first, last));
  }
  return found;
}

/** How many words may stand between "one" and what befell the person: "one of its sergeants was killed". */
const OTHER_REACH = 4;

/** "another" stands for a person where nothing but light words and people part it from what befell the person. */
function isPerson(sentence: SentenceCues, first: number, last: number): boolean {
  const isPeople = (at: number): boolean => sentence.people.some((hit) => hit.first <= at && hit.last > at);
  let next = last;
  const passes = (at: number): boolean =>
    frameAt(sentence, "light", at) || isPeople(at) || sentence.tokens[at]?.folded === "՝";
  while (next < last + OTHER_REACH && passes(next)) next += 1;
  return sentence.measures.some(({ cue, first: from, last: to }) =>
    cue.place === "before" ? to === first : cue.place === "after" && from === next,
  );
}

function oneOf(tokens: readonly Token[], first: number, last: number): NumberMention {
  const start = tokens[first]!.start;
  return { value: 1, form: "singular", notFigure: null, first, last, start, end: tokens[last - 1]!.end };
}
