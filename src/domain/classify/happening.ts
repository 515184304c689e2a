import type { LanguagePack } from "../language/language-pack.ts";
import type { FieldName, NumberMention, Reading } from "../language/reading.ts";
import type { Story } from "../story.ts";
import {
  type DatedField,
  type DatedSentence,
  type Dating,
  datedField,
  type Scope,
  scopeOf,
  type Window,
} from "./dating.ts";
import { dayIn } from "./days.ts";
import { beginningIn, firstFrom, type Place } from "./places.ts";

/** When something happened, relative to the story's window; `unknown` when the text does not say. */
export interface HappeningTime {
  readonly scope: Scope;
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

/** Distance in which a time dates something where the words of comparing are unknown: before it, and behind it. */
const STRANGE_REACH = { before: 9, behind: 5 };
/** Nothing in a sentence is dated from farther away than this many tokens. */
const FARTHEST = 150;
/** A full date this near to the beginning is that of the report. */
const LEAD_REACH = 8;

/**
 * Builds the date gate of an item. A time in the same sentence dates a happening, nearest first; then a sentence right
 * before in the same paragraph that tells of another time; then the day on which the item was published.
 * Days of speaking, dates in names of agreements and what something is compared with date nothing.
 * The times are read when the gate is first asked: most items hold nothing to date.
 */
export function makeHappening(reading: Reading, options: HappeningOptions): Happening {
  let gate: Happening | null = null;
  return (name, first, last) => {
    gate ??= readTimes(reading, options);
    return gate(name, first, last);
  };
}

function readTimes(reading: Reading, options: HappeningOptions): Happening {
  const { window } = options.story;
  const today = options.published === null ? null : dayIn(options.published, options.timezone);
  const fields = new Map(reading.fields.map((field) => [field.field, datedField(field, today, options)]));
  const text = fields.get("text");
  const base = baseTime(text, today, window);
  return (name, first, last) => {
    const field = fields.get(name);
    const at = field ? sentenceAt(field, first) : -1;
    if (!field || at < 0) return base;
    const own =
      nearest(field.sentences[at]!, first, last, field) ??
      (field.strange ? null : carried(field.sentences, at, field.reading.numbers));
    if (own) return answer(own, field, today, window);
    const lead = name === "title" && text ? leadOf(text) : null;
    return lead && text ? answer(lead, text, today, window) : base;
  };
}

function sentenceAt(field: DatedField, token: number): number {
  const at = firstFrom(field.sentences, token + 1) - 1;
  return at >= 0 && token < field.sentences[at]!.last ? at : -1;
}

function answer(dating: Dating, field: DatedField, today: string | null, window: Window): HappeningTime {
  const { tokens, original } = field.reading;
  const because = original.slice(tokens[dating.first]!.start, tokens[dating.last - 1]!.end);
  const now = today === null ? "unknown" : scopeOf(today, today, window);
  if (dating.scope === "unknown") return { scope: now, from: null, to: null, because };
  const begun = dating.since && today !== null && dating.from !== null && today > dating.from;
  // what has been counted since before the window goes on after it: it is no count of the window's happenings
  if (begun && dating.scope === "before" && now === "after") return { scope: "after", from: null, to: null, because };
  return { scope: dating.scope, from: dating.from, to: begun ? today : dating.to, because };
}

/** The time of what the text does not date: publication, or the full date of an old report that is published anew. */
function baseTime(text: DatedField | undefined, today: string | null, window: Window): HappeningTime {
  const now = today === null ? "unknown" : scopeOf(today, today, window);
  const datings = freeIn(text?.sentences[0]);
  const lead = datings.find(({ absolute, precision, first }) => absolute && precision === "day" && first < LEAD_REACH);
  const isOld = lead !== undefined && now !== "before" && datings.every(({ scope }) => scope === "before");
  if (text && isOld) return answer(lead, text, today, window);
  return { scope: now, from: null, to: null, because: today === null ? "no time is given" : `published on ${today}` };
}

/** The times of a sentence that date more than one clause of it. */
function freeIn(sentence: DatedSentence | undefined): readonly Dating[] {
  return (sentence?.datings ?? []).filter(({ within }) => within === null);
}

/** A title tells what the first sentence tells; when that is all of another time, so is the title. */
function leadOf(text: DatedField): Dating | null {
  const datings = freeIn(text.sentences[0]);
  const isOld = datings.every(
    ({ absolute, precision, scope }) => absolute && precision !== "vague" && scope === "before",
  );
  return isOld ? (datings[0] ?? null) : null;
}

/** A sentence of another time goes on in the next one, unless that is somebody's words or gives a time of its own. */
function carried(sentences: readonly DatedSentence[], at: number, numbers: readonly NumberMention[]): Dating | null {
  const sentence = sentences[at]!;
  const before = sentences[at - 1];
  if (!before || sentence.opens || sentence.speech.length > 0) return null;
  const own = freeIn(before).at(-1);
  const dating = own ?? carried(sentences, at - 1, numbers);
  if (!dating?.absolute || dating.scope !== "before") return null;
  return own && isOfLaterCount(before, own, numbers) ? null : dating;
}

/** "10 km² since Tuesday and, in May 2021, 40": a time between two counts is that of the one behind it, not of the sentence. */
function isOfLaterCount(
  { first, last, datings }: DatedSentence,
  time: Dating,
  numbers: readonly NumberMention[],
): boolean {
  const counts = beginningIn(numbers, first, last).filter(({ notFigure }) => notFigure === null);
  const before = counts.some((count) => count.last <= time.first);
  const dated = datings.some((other) => other !== time && other.absolute && other.scope === "before");
  return before && !dated && counts.some((count) => count.first >= time.last);
}

function nearest(sentence: DatedSentence, first: number, last: number, field: DatedField): Dating | null {
  let best: Dating | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const dating of beginningIn(sentence.datings, first - FARTHEST, last + FARTHEST)) {
    if (isSaidBetween(sentence, last, dating.first, field) || isOutside(dating, first, last)) continue;
    if (isOfNextCount(dating, last, field)) continue;
    const distance = distanceOf(dating, first, last, field);
    if (field.strange && distance > STRANGE_REACH[dating.first >= last ? "behind" : "before"]) continue;
    if (distance < least) [best, least] = [dating, distance];
  }
  return best;
}

function isOutside({ within }: Dating, first: number, last: number): boolean {
  return within !== null && (last <= within.first || first >= within.last);
}

/** «7 died, he said, and recalled 2020»: a time behind another word of saying is told of something else. */
function isSaidBetween({ speech }: DatedSentence, from: number, to: number, { reading }: DatedField): boolean {
  return beginningIn(speech, from, to).some((said) => said.last <= to && !isInserted(said, to, reading.tokens));
}

/** How many words who speaks may take in words put in between. */
const INSERTED = 3;

/** "40 km², Yerevan says, taken in May 2021": words of saying between two commas part nothing. */
function isInserted({ first, last }: Place, to: number, tokens: Reading["fields"][number]["tokens"]): boolean {
  const isComma = (at: number): boolean => tokens[at]?.folded === ",";
  const words = (from: number, end: number): boolean => tokens.slice(from, end).every(({ kind }) => kind === "word");
  for (let before = first - 1; before >= first - 1 - INSERTED; before -= 1) {
    if (!isComma(before) || !words(before + 1, first)) continue;
    for (let behind = last; behind <= last + INSERTED && behind < to; behind += 1)
      if (isComma(behind) && words(last, behind)) return true;
  }
  return false;
}

/** How near behind a time the count stands that it dates. */
const NEXT_COUNT = 2;

/** "10 km² were taken, and in May 2021 40": behind a mark, a time right before another count dates that one. */
function isOfNextCount({ first, last: end }: Dating, last: number, { reading }: DatedField): boolean {
  if (first < last) return false;
  const next = reading.numbers[firstFrom(reading.numbers, end)];
  if (!next || next.notFigure !== null || next.first - end >= NEXT_COUNT) return false;
  for (let at = last; at < first; at += 1) if (reading.tokens[at]!.folded === ",") return true;
  return false;
}

const COST = new Map([
  [",", 4],
  ["(", 4],
  [")", 4],
  [":", 4],
  ["՝", 2],
  [";", 10],
  ["-", 4],
]);

/** Words between, marks that part clauses counting more; what comes behind the figure is a little further away. */
function distanceOf(dating: Dating, first: number, last: number, field: DatedField): number {
  const behind = dating.first >= last;
  const [from, to] = behind ? [last, dating.first] : [dating.last, first];
  let distance = behind ? 2 : 0;
  for (let at = from; at < to; at += 1) distance += COST.get(field.reading.tokens[at]!.folded) ?? 1;
  return distance;
}
