import type { LanguagePack } from "../language/language-pack.ts";
import type { FieldReading, Sentence } from "../language/reading.ts";
import type { Story } from "../story.ts";
import { daysBetween } from "./days.ts";
import { beginningIn, type Place } from "./places.ts";
import { timeReading, timesOf } from "./read-times.ts";
import type { FoundCue, TimeMention } from "./time-mention.ts";

export type Scope = "before" | "window" | "after" | "unknown";
export type Window = Story["window"];

/** A time that dates what stands near it. */
export interface Dating extends TimeMention {
  readonly scope: Scope;
  /** A stretch that begins there («since 2020»). */
  readonly since: boolean;
  /** It dates only what stands between these tokens: «since the war of 2020, which killed …». */
  readonly within: Place | null;
}

export interface DatedSentence extends Sentence {
  readonly datings: readonly Dating[];
  /** The words of saying in it. */
  readonly speech: readonly Place[];
  /** It begins a paragraph. */
  readonly opens: boolean;
}

export interface DatedField {
  readonly reading: FieldReading;
  readonly sentences: readonly DatedSentence[];
  /** The language's words of comparing are unknown: a time dates only what is right beside it. */
  readonly strange: boolean;
}

/** A day of speaking stands this close to the word of saying. */
const SPEECH_REACH = 4;
/** The same where the day opens the sentence, and office and name stand between: "On Friday Prime Minister X had put …". */
const OPENING_REACH = 7;
const CLAUSE_REACH = 14;
const REPORT_REACH = 2;
/** The same where the count stands between, and where the time stands right behind the count. */
const COUNT_REACH = 4;
const RAISED_REACH = 16;
/** How near behind a count its day stands: "to 207 on Monday". */
const COUNT_DAY = 1;
/** "buried in Gyumri and Vanadzor on Saturday". */
const RITE_REACH = 6;
const NAME_REACH = 3;
const MOST_REACH = 12;
/** "since the six-week war of 2020". */
const SINCE_REACH = 6;
const DATELINE = 5;
/** No cue has more tokens. */
const LONGEST_CUE = 12;

/** Where a stretch of days lies to the window. */
export function scopeOf(from: string | null, to: string | null, window: Window): Scope {
  if (to !== null && to < window.from) return "before";
  if (from !== null && from > window.to) return "after";
  return from !== null && to !== null && isMostlyIn(from, to, window) ? "window" : "unknown";
}

/** A month or week that mostly lies in the window is taken for it; a year is not. */
function isMostlyIn(from: string, to: string, window: Window): boolean {
  if (from >= window.from && to <= window.to) return true;
  const inside = daysBetween(from > window.from ? from : window.from, to < window.to ? to : window.to) + 1;
  return inside * 2 > daysBetween(from, to) + 1;
}

/** Finds in every sentence of a field the times that date what stands near them. */
export function datedField(
  reading: FieldReading,
  today: string | null,
  { pack, story }: { readonly pack: LanguagePack; readonly story: Story },
): DatedField {
  const timed = timeReading(reading, pack.times, today);
  const times = timesOf(timed, story.periods);
  const strange = !pack.times.compares;
  if (times.length === 0) {
    const sentences = reading.sentences.map((sentence) => ({ ...sentence, datings: [], speech: [], opens: false }));
    return { reading, sentences, strange };
  }
  const sayings = pack.attribution.find(reading.tokens);
  const take = { times: taker(times), found: taker(timed.found), sayings: taker(sayings) };
  const sentences = reading.sentences.map((sentence): DatedSentence => {
    const opens = reading.tokens[sentence.first]!.gap === "\n";
    const [timed, found, said] = [take.times(sentence), take.found(sentence), take.sayings(sentence)];
    const speech = said.filter(({ payload }) => payload.kind === "speech");
    if (timed.length === 0) return { ...sentence, datings: [], speech, opens };
    const words: Words = {
      sentence,
      tokens: reading.tokens,
      found,
      kinds: new Set(found.map(({ payload }) => payload.kind)),
      speech,
      complements: said.filter(({ payload }) => payload.kind === "complement"),
      endings: pack.times.sinceEndings,
      window: story.window,
    };
    const datings = timed.flatMap((time): Dating[] => {
      const lapse = isLapse(time, words);
      const isOther = lapse || isCompared(time, words);
      const within = isOther ? relativeBehind(time, words) : relativeAround(time, words);
      if (within === null && (isOther || !datesSomething(time, words))) return [];
      const since = within === null && isSince(time, words);
      return [{ ...time, scope: scopeOf(time.from, time.to, story.window), since, within }];
    });
    return { ...sentence, datings, speech, opens };
  });
  return { reading, sentences, strange };
}

/** Hands out what begins in one sentence after the other, in order of place. */
function taker<T extends Place>(list: readonly T[]): (sentence: Sentence) => T[] {
  let next = 0;
  return ({ last }) => {
    const begin = next;
    while (next < list.length && list[next]!.first < last) next += 1;
    return list.slice(begin, next);
  };
}

type CueKind = FoundCue["payload"]["kind"];

interface Words {
  readonly sentence: Sentence;
  readonly tokens: FieldReading["tokens"];
  readonly found: readonly FoundCue[];
  readonly kinds: ReadonlySet<CueKind>;
  readonly speech: readonly Place[];
  readonly complements: readonly Place[];
  /** Endings that mean "since". */
  readonly endings: readonly string[];
  readonly window: Window;
}

function datesSomething(time: TimeMention, words: Words): boolean {
  if (isCompared(time, words)) return false;
  if (time.precision === "period") return true;
  if (isNamed(time, words)) return false;
  // what was said before the story began happened before that day
  const isPast = time.to !== null && time.to < words.window.from;
  return time.precision !== "day" || isPast || !isSpoken(time, words);
}

function gapBetween(a: Place, b: Place): number {
  return a.first >= b.last ? a.first - b.last : b.first - a.last;
}

function near(place: Place, { found, kinds }: Words, kind: CueKind, reach: number): boolean {
  if (!kinds.has(kind)) return false;
  return beginningIn(found, place.first - reach - LONGEST_CUE, place.last + reach + 1).some((cue) => {
    const gap = cue.payload.kind === kind ? gapBetween(cue, place) : -1;
    return gap >= 0 && gap <= reach;
  });
}

/** «the deadliest since 2020»: 2020 is what the present is compared with. */
function isCompared(time: TimeMention, words: Words): boolean {
  if (!near(time, words, "most", MOST_REACH)) return false;
  return near(time, words, "since", SINCE_REACH) || near(time, words, "after", 1);
}

/** «two years after the war»: the time is how long ago something else was, not when this happened. */
function isLapse(time: TimeMention, { found, kinds, tokens }: Words): boolean {
  if (time.precision === "day" || !kinds.has("after") || tokens[time.first]?.kind === "punctuation") return false;
  return beginningIn(found, time.first, time.last + 1).some(
    ({ payload, first, last }) => payload.kind === "after" && (first === time.last || last === time.last),
  );
}

/** How far behind a time its relative clause begins, and how far that reaches. */
const RELATIVE_REACH = 4;
const RELATIVE_CLAUSE = 12;

/** «since the 2020 war, which killed 6,500»: the clause that tells of the time which something is compared with. */
function relativeBehind(time: TimeMention, { found, kinds, tokens }: Words): Place | null {
  if (!kinds.has("relative")) return null;
  const cue = beginningIn(found, time.last, time.last + RELATIVE_REACH + 1).find(
    ({ payload }) => payload.kind === "relative",
  );
  if (!cue) return null;
  // a clause that no comma opens ends at one
  const mark = tokens[cue.first - 1]?.folded === "," ? /^[:;]$/ : /^[:;,]$/;
  const end = tokens.slice(cue.last, cue.last + RELATIVE_CLAUSE).findIndex(({ folded }) => mark.test(folded));
  return { first: cue.last, last: cue.last + (end < 0 ? RELATIVE_CLAUSE : end) };
}

/** "Armenia, which lost the last war, said 105 fell": a war named in a clause between commas dates nothing outside it. */
function relativeAround(
  { precision, first, last }: TimeMention,
  { sentence, found, kinds, tokens }: Words,
): Place | null {
  if (precision !== "period" || !kinds.has("relative")) return null;
  const isComma = (at: number): boolean => tokens[at]?.folded === ",";
  const cue = beginningIn(found, sentence.first, first).findLast(
    (one) => one.payload.kind === "relative" && isComma(one.first - 1),
  );
  if (!cue || tokens.slice(cue.last, first).some(({ folded }) => folded === ",")) return null;
  let end = last;
  while (end < sentence.last && !isComma(end)) end += 1;
  return end < sentence.last ? { first: cue.first, last: end } : null;
}

/** «the agreement of 10 November», «the 2020 truce deal», «born in 1980». */
function isNamed(time: TimeMention, words: Words): boolean {
  if (time.precision !== "year") return near(time, words, "named", NAME_REACH);
  return near(withYearWords(time, words), words, "named", 1);
}

/** «1980 թ.», «2020 года»: the year together with the word for it. */
function withYearWords(time: TimeMention, { found, tokens }: Words): Place {
  let { first, last } = time;
  const isWord = (at: number) => beginningIn(found, at, at + 1).some(({ payload }) => payload.kind === "yearWord");
  while (isWord(last) || (last > time.last && tokens[last]?.folded === ".")) last += 1;
  while (isWord(first - 1)) first -= 1;
  return { first, last };
}

/** A day beside a word of saying, or of a count, is when it was said. */
function isSpoken(time: TimeMention, words: Words): boolean {
  const opens = time.first - words.sentence.first <= 1;
  const said = beginningIn(words.speech, time.first - SPEECH_REACH - LONGEST_CUE, time.last + OPENING_REACH + 1);
  const reachOf = (verb: Place): number => (opens && verb.first >= time.last ? OPENING_REACH : SPEECH_REACH);
  if (said.some((verb) => gapBetween(verb, time) <= reachOf(verb) && !isClosedBefore(verb, time, words))) return true;
  if (near(time, words, "rite", RITE_REACH)) return true;
  return opensWords(time, words) || isReported(time, words) || isDateline(time, words);
}

const CLAUSE_MARK = /^[,;]$/;
/** How many words of its own a time has before it where it opens a clause: "On the same Friday, he said". */
const OPENING = 2;

/** "killed on Wednesday, Baku said": a mark ends the clause of the time before the word of saying begins its own. */
function isClosedBefore(verb: Place, { first, last }: TimeMention, { sentence, tokens }: Words): boolean {
  if (verb.first < last || !CLAUSE_MARK.test(tokens[last]?.folded ?? "")) return false;
  const from = Math.max(sentence.first, first - OPENING);
  const opens = from === sentence.first || tokens.slice(from, first).some(({ kind }) => kind === "punctuation");
  return !opens;
}

/** "the toll of Friday", "rose to 135 on Friday". */
function isReported(time: TimeMention, words: Words): boolean {
  if (near(time, words, "report", REPORT_REACH)) return true;
  if (!words.kinds.has("report")) return false;
  const count = countBefore(time, words);
  const reach = count ? RAISED_REACH : COUNT_REACH;
  return beginningIn(words.found, time.first - reach - LONGEST_CUE, time.first).some(({ payload, last }) => {
    const between = words.tokens.slice(last, time.first);
    return (
      payload.kind === "report" &&
      last <= time.first &&
      between.length <= reach &&
      between.some(({ kind }) => kind === "digits") &&
      between.every(({ kind, folded }) => kind !== "punctuation" || (count && folded === ","))
    );
  });
}

/** Whether a count in digits stands right before a time, with no word for what is counted between. */
function countBefore({ first }: TimeMention, { tokens }: Words): boolean {
  for (let at = first - 1; at >= first - 1 - COUNT_DAY && at >= 0; at -= 1)
    if (tokens[at]!.kind === "digits") return true;
  return false;
}

/** «قال … ، الجمعة، إن»: between a word of saying and the one that opens what is said. */
function opensWords(time: TimeMention, { speech, complements }: Words): boolean {
  if (beginningIn(complements, time.last, time.last + 2).length === 0) return false;
  const said = beginningIn(speech, time.first - CLAUSE_REACH - LONGEST_CUE, time.first);
  return said.some(({ last }) => last <= time.first && time.first - last <= CLAUSE_REACH);
}

/** «YEREVAN, 15 September.»: the day of a report, at its very beginning. */
function isDateline(time: TimeMention, { sentence, tokens }: Words): boolean {
  if (sentence.first !== 0 || time.absolute || time.first > DATELINE) return false;
  return [".", "-", "/", ":", "("].includes(tokens[time.last]?.folded ?? "");
}

function isSince(time: TimeMention, words: Words): boolean {
  if (near(time, words, "since", 1)) return true;
  if (words.endings.length === 0) return false;
  const { last } = withYearWords(time, words);
  const written = words.tokens.slice(time.first, last).map(({ folded, suffix }) => (suffix === "" ? folded : suffix));
  return words.endings.some((ending) => written.some((word) => word.endsWith(ending)));
}
