import type { LanguagePack } from "../language/language-pack.ts";
import type { FieldName, FieldReading, Reading, Sentence } from "../language/reading.ts";
import type { Story } from "../story.ts";
import { dayIn, daysBetween } from "./days.ts";
import { type FoundCue, findTimeCues, type TimeMention, timesOf } from "./read-times.ts";

/** When something happened, relative to the story's window; `unknown` when the text does not say. */
export interface HappeningTime {
  readonly scope: "before" | "window" | "after" | "unknown";
  /** ISO dates, both inclusive, as far as the text says. */
  readonly from: string | null;
  readonly to: string | null;
  /** The words that decided, for the trace. */
  readonly because: string;
}

/** The date gate: asked for a range of tokens, answers when the happening there took place. */
export type Happening = (field: FieldName, first: number, last: number) => HappeningTime;

/** What the gate takes besides the item's reading. */
export interface HappeningOptions {
  readonly pack: LanguagePack;
  readonly story: Story;
  /** ISO 8601, or null when the feed does not say. */
  readonly published: string | null;
  /** The zone in which relative days resolve. */
  readonly timezone: string;
}

/** A time that may date what stands near it. */
interface Dating extends TimeMention {
  readonly scope: HappeningTime["scope"];
  /** A stretch that begins there («since 2020»). */
  readonly since: boolean;
}

interface DatedSentence extends Sentence {
  readonly datings: readonly Dating[];
  /** Somebody is quoted in it. */
  readonly spoken: boolean;
  /** The words of saying in it. */
  readonly speech: readonly { readonly first: number; readonly last: number }[];
  /** It begins a paragraph. */
  readonly opens: boolean;
}

interface DatedField {
  /** How far from its words a time dates something. */
  readonly reach: number;
  readonly reading: FieldReading;
  readonly sentences: readonly DatedSentence[];
}

type Window = Story["window"];

/** A day of speaking stands this close to the word of saying. */
const SPEECH_REACH = 4;
const CLAUSE_REACH = 14;
const NAME_REACH = 3;
const MOST_REACH = 12;
const SINCE_REACH = 3;
const LONGEST_ENDING = 2;
/** In a language whose words of comparing are unknown a time dates only what is right beside it. */
const STRANGE_REACH = 5;

/**
 * Builds the date gate of an item. A time in the same sentence dates a happening, nearest first; then a sentence right
 * before in the same paragraph that tells of another time; then the day on which the item was published.
 * Days of speaking, dates in names of agreements and what something is compared with date nothing.
 */
export function makeHappening(reading: Reading, options: HappeningOptions): Happening {
  const { window } = options.story;
  const today = options.published === null ? null : dayIn(options.published, options.timezone);
  const fields = new Map(reading.fields.map((field) => [field.field, datedField(field, today, options)]));
  const text = fields.get("text");
  const base = baseTime(text, today, window);
  return (name, first, last) => {
    const field = fields.get(name);
    const at = field?.sentences.findIndex((sentence) => first < sentence.last && sentence.first <= first) ?? -1;
    if (!field || at < 0) return base;
    const dating =
      nearest(field.sentences[at]!, first, last, field) ??
      carried(field.sentences, at) ??
      (name === "title" ? leadOf(text) : null);
    return dating ? answer(dating, name === "title" && !isIn(field, dating) ? text! : field, today, window) : base;
  };
}

function isIn(field: DatedField, dating: Dating): boolean {
  return field.sentences.some((sentence) => sentence.datings.includes(dating));
}

function scopeOf(from: string | null, to: string | null, window: Window): HappeningTime["scope"] {
  if (to !== null && to < window.from) return "before";
  if (from !== null && from > window.to) return "after";
  return from !== null && to !== null && isMostlyIn(from, to, window) ? "window" : "unknown";
}

/** A month or week that mostly lies in the window is taken for it; a year is not. */
function isMostlyIn(from: string, to: string, window: Window): boolean {
  const inside = daysBetween(from > window.from ? from : window.from, to < window.to ? to : window.to) + 1;
  return inside * 2 > daysBetween(from, to) + 1;
}

function answer(dating: Dating, field: DatedField, today: string | null, window: Window): HappeningTime {
  const { tokens, original } = field.reading;
  const because = original.slice(tokens[dating.first]!.start, tokens[dating.last - 1]!.end);
  const begun = dating.since && today !== null && dating.from !== null && today > dating.from;
  // what has been counted since before the window goes on after it: it is no count of the window's happenings
  const goesOn = begun && dating.scope === "before" && scopeOf(today, today, window) === "after";
  if (goesOn) return { scope: "after", from: null, to: null, because };
  const to = begun ? today : dating.to;
  if (dating.scope !== "unknown") return { scope: dating.scope, from: dating.from, to, because };
  const scope = today === null ? "unknown" : scopeOf(today, today, window);
  return { scope, from: null, to: null, because };
}

function baseTime(text: DatedField | undefined, today: string | null, window: Window): HappeningTime {
  const lead = text?.sentences[0]?.datings.find(
    (dating) => dating.absolute && dating.precision === "day" && dating.first < 8,
  );
  const isOld = lead && lead.scope === "before" && (today === null || scopeOf(today, today, window) !== "before");
  if (text && lead && isOld && text.sentences[0]!.datings.every((dating) => dating.scope === "before"))
    return answer(lead, text, today, window);
  if (today === null) return { scope: "unknown", from: null, to: null, because: "no time is given" };
  return { scope: scopeOf(today, today, window), from: null, to: null, because: `published on ${today}` };
}

/** A title tells what the first sentence tells; when that is all of another time, so is the title. */
function leadOf(text: DatedField | undefined): Dating | null {
  const lead = text?.sentences[0]?.datings.filter((dating) => dating.absolute && dating.precision !== "vague") ?? [];
  if (lead.length === 0 || lead.length < text!.sentences[0]!.datings.length) return null;
  return lead.every(({ scope }) => scope === "before") ? lead[0]! : null;
}

/** A sentence of another time goes on in the next one, unless that is somebody's words or gives a time of its own. */
function carried(sentences: readonly DatedSentence[], at: number): Dating | null {
  const sentence = sentences[at]!;
  const before = sentences[at - 1];
  if (!before || sentence.opens || sentence.spoken) return null;
  const dating = before.datings.at(-1) ?? (before.spoken ? null : carried(sentences, at - 1));
  return dating?.absolute && dating.scope === "before" ? dating : null;
}

function nearest(sentence: DatedSentence, first: number, last: number, field: DatedField): Dating | null {
  let best: Dating | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const dating of sentence.datings) {
    const distance = distanceOf(dating, first, last, field);
    if (distance > field.reach || isSaidBetween(sentence, last, dating.first)) continue;
    if (distance < least) [best, least] = [dating, distance];
  }
  return best;
}

/** «7 died, he said, and recalled 2020»: a time behind another word of saying is told of something else. */
function isSaidBetween({ speech }: DatedSentence, from: number, to: number): boolean {
  return speech.some((said) => said.first >= from && said.last <= to);
}

const COST = new Map([
  [",", 3],
  ["(", 4],
  [")", 4],
  [":", 4],
  ["՝", 2],
  [";", 10],
  ["-", 4],
  ["«", 1],
  ['"', 1],
]);

/** Words between, marks that part clauses counting more; what comes behind the figure is a little further away. */
function distanceOf(dating: Dating, first: number, last: number, field: DatedField): number {
  const behind = dating.first >= last;
  const [from, to] = behind ? [last, dating.first] : [dating.last, first];
  let distance = behind ? 2 : 0;
  for (let at = from; at < to; at += 1) distance += COST.get(field.reading.tokens[at]!.folded) ?? 1;
  return distance;
}

function datedField(reading: FieldReading, today: string | null, options: HappeningOptions): DatedField {
  const { pack, story } = options;
  const found = findTimeCues(reading, pack.times);
  const times = timesOf({ field: reading, cues: pack.times, found, today }, story.periods);
  if (times.length === 0)
    return {
      reach: 0,
      reading,
      sentences: reading.sentences.map((sentence) => ({
        ...sentence,
        datings: [],
        spoken: false,
        speech: [],
        opens: false,
      })),
    };
  const sayings = pack.attribution.find(reading.tokens);
  const speech = sayings.filter(({ payload }) => payload.kind === "speech");
  const complements = sayings.filter(({ payload }) => payload.kind === "complement");
  const sentences = reading.sentences.map((sentence): DatedSentence => {
    const inside = <T extends { first: number; last: number }>(list: readonly T[]) =>
      list.filter(({ first }) => first >= sentence.first && first < sentence.last);
    const words = {
      sentence,
      found: inside(found),
      speech: inside(speech),
      complements: inside(complements),
      tokens: reading.tokens,
    };
    const datings = inside(times)
      .filter((time) => datesSomething(time, words))
      .map((time) => datingOf(time, words, options));
    return {
      ...sentence,
      datings,
      spoken: words.speech.length > 0,
      speech: words.speech,
      opens: reading.tokens[sentence.first]!.gap === "\n",
    };
  });
  const reach = pack.times.since.size > 0 ? Number.POSITIVE_INFINITY : STRANGE_REACH;
  return { reach, reading, sentences };
}

interface Words {
  readonly sentence: Sentence;
  readonly found: readonly FoundCue[];
  readonly speech: readonly { first: number; last: number }[];
  readonly complements: readonly { first: number; last: number }[];
  readonly tokens: FieldReading["tokens"];
}

function datingOf(time: TimeMention, words: Words, options: HappeningOptions): Dating {
  const since = isSince(time, words, options.pack);
  return { ...time, scope: scopeOf(time.from, time.to, options.story.window), since };
}

function datesSomething(time: TimeMention, words: Words): boolean {
  if (isCompared(time, words)) return false;
  if (time.precision === "period") return true;
  if (isNamed(time, words)) return false;
  return time.precision !== "day" || !isSpoken(time, words);
}

function gapBetween(a: { first: number; last: number }, b: { first: number; last: number }): number {
  return a.first >= b.last ? a.first - b.last : b.first - a.last;
}

function near(time: TimeMention, words: Words, kind: FoundCue["payload"]["kind"], reach: number): boolean {
  return words.found.some((cue) => {
    const gap = cue.payload.kind === kind ? gapBetween(cue, time) : -1;
    return gap >= 0 && gap <= reach;
  });
}

/** «the deadliest since 2020»: 2020 is what the present is compared with. */
function isCompared(time: TimeMention, words: Words): boolean {
  return (
    near(time, words, "most", MOST_REACH) && (near(time, words, "since", SINCE_REACH) || near(time, words, "after", 1))
  );
}

/** «the agreement of 10 November», «the 2020 truce deal», «born in 1980». */
function isNamed(time: TimeMention, words: Words): boolean {
  if (time.precision !== "year") return near(time, words, "named", NAME_REACH);
  return near(withYearWords(time, words), words, "named", 1);
}

/** «1980 թ.», «2020 года»: the year together with the word for it. */
function withYearWords(time: TimeMention, { found, tokens }: Words): TimeMention {
  let { first, last } = time;
  const isWord = (at: number) => found.some(({ payload, first: from }) => payload.kind === "yearWord" && from === at);
  while (isWord(last) || (last > time.last && tokens[last]?.folded === ".")) last += 1;
  while (isWord(first - 1)) first -= 1;
  return { ...time, first, last };
}

/** A day beside a word of saying, or of a count, is when it was said: nothing that was done stands between. */
function isSpoken(time: TimeMention, words: Words): boolean {
  if (words.speech.some((said) => gapBetween(said, time) <= SPEECH_REACH)) return true;
  return opensWords(time, words) || near(time, words, "report", 2) || isDateline(time, words);
}

/** «قال … ، الجمعة، إن»: between a word of saying and the one that opens what is said. */
function opensWords(time: TimeMention, { speech, complements }: Words): boolean {
  const opener = complements.find(({ first }) => first >= time.last && first - time.last <= 1);
  return opener !== undefined && speech.some(({ last }) => last <= time.first && time.first - last <= CLAUSE_REACH);
}

/** «YEREVAN, 15 September.»: the day of a report, at its very beginning. */
function isDateline(time: TimeMention, { sentence, tokens }: Words): boolean {
  if (sentence.first !== 0 || time.absolute || time.first > 5) return false;
  return [".", "-", "/", ":", "("].includes(tokens[time.last]?.folded ?? "");
}

function isSince(time: TimeMention, words: Words, pack: LanguagePack): boolean {
  if (near(time, words, "since", 1)) return true;
  const { last } = withYearWords(time, words);
  const written = words.tokens.slice(time.first, last).map(({ folded, suffix }) => (suffix === "" ? folded : suffix));
  return [...pack.times.since].some(
    (ending) => ending.length <= LONGEST_ENDING && written.some((word) => word.endsWith(ending)),
  );
}
