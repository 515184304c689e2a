import type { EntityMention } from "../../classify/entities.ts";
import type { NumberMention } from "../../language/reading.ts";
import type { PeopleCue } from "../figure-cues.ts";
import { type Frame, frameAt, framed, isJoinedOn, type SentenceCues } from "./sentence-cues.ts";

/** What a number counts, as far as the words behind it say. */
export interface NounPhrase {
  /** The token behind its last word. */
  last: number;
  /** `bare`: no noun; `unknown`: a noun that the language's data do not know. */
  noun: "people" | "bare" | "thing" | "unknown";
  who: PeopleCue["who"] | null;
  /** Names within it: "105 Armenian soldiers". */
  entities: EntityMention[];
  own: boolean;
  enemy: boolean;
  /** Prisoners are counted: what befell them is an episode of its own. */
  prisoners: boolean;
}

/** How far a noun phrase is followed behind its number, in tokens. */
const REACH = 7;

/** «مدنيين اثنين», «مدنيا واحدا»: where the word for two or one stands behind the noun that it counts. */
function readNounBefore({ people }: SentenceCues, { form, value, first }: NumberMention, phrase: NounPhrase): void {
  const noun = form === "words" && (value === 1 || value === 2) ? people.find((hit) => hit.last === first) : undefined;
  if (noun) Object.assign(phrase, { noun: "people", who: noun.cue.who });
}

/** Where reading goes on, and by what kind of word it went there; null where the phrase ends. */
type Step = { readonly next: number; readonly over: "noun" | "light" | "unknown" } | null;

/** Reads the noun phrase behind a number, or the noun that the number itself is ("جنديان", "a soldier"). */
export function readNounPhrase(sentence: SentenceCues, number: NumberMention): NounPhrase {
  const phrase: NounPhrase = {
    last: number.last,
    noun: "bare",
    who: null,
    entities: [],
    own: false,
    enemy: false,
    prisoners: false,
  };
  const within = (hit: { first: number; last: number }): boolean => hit.first < number.last && hit.last > number.first;
  const isPerson = number.form === "singular";
  if (number.form !== "digits" && !isPerson && framed(sentence, "thing").some(within))
    return { ...phrase, noun: "thing" };
  if (isPerson) phrase.noun = "people";
  const own = sentence.people.find(within);
  if (own) Object.assign(phrase, { noun: "people", who: own.cue.who });
  let light = false;
  // "95 more on Tuesday": where nothing but "more" has been read
  let beside = number.last;
  let unknown = 0;
  const end = Math.min(sentence.last, number.last + REACH);
  for (let at = number.last; at < end; ) {
    const step = readStep(sentence, number, at, phrase);
    if (step === null) break;
    // behind "of" or "were" a word that nobody knows is not what is counted
    if (step.over === "unknown" && (light || unknown > 0 || phrase.noun === "people")) break;
    if (step.over === "unknown") unknown += 1;
    if (step.over === "light" && at === beside) light = true;
    if (at === beside && isMore(sentence, at)) beside = step.next;
    at = step.next;
  }
  if (unknown > 0 && phrase.noun === "bare") phrase.noun = "unknown";
  if (phrase.noun === "bare") readNounBefore(sentence, number, phrase);
  return phrase;
}

function readStep(sentence: SentenceCues, number: NumberMention, at: number, phrase: NounPhrase): Step {
  return (
    readName(sentence, at, phrase) ??
    readPeople(sentence, at, phrase) ??
    readState(sentence, at) ??
    (isEnd(sentence, number, at, phrase) ? null : readConnective(sentence, number, at, phrase))
  );
}

function isMore({ roles }: SentenceCues, at: number): boolean {
  return roles.some(({ cue, first }) => first === at && cue.role === "increment" && cue.place === "after");
}

function readName(sentence: SentenceCues, at: number, phrase: NounPhrase): Step {
  const mention = sentence.entities.find(({ first }) => first === at);
  if (!mention || (isPronounBefore(sentence, at) && mention.entity.kind !== "demonym")) return null;
  phrase.entities.push(mention);
  if (phrase.noun === "bare" && mention.entity.kind === "demonym") phrase.noun = "people";
  phrase.last = mention.last;
  return { next: mention.last, over: "noun" };
}

/** «тела ста из них Баку передал»: a name right behind "of them" is no part of what is counted. */
function isPronounBefore({ people }: SentenceCues, at: number): boolean {
  return people.some(({ cue, first, last }) => last === at && cue.who === "anyone" && last - first > 1);
}

function readPeople(sentence: SentenceCues, at: number, phrase: NounPhrase): Step {
  const people = sentence.people.find((hit) => hit.first === at);
  const known = phrase.noun === "people" && phrase.who !== null;
  if (people && !(known && people.cue.who === "anyone")) {
    phrase.who = phrase.who === null || phrase.who === "anyone" ? people.cue.who : phrase.who;
    phrase.noun = "people";
    phrase.last = people.last;
    if (frameAt(sentence, "own", at)) phrase.own = true;
    return { next: people.last, over: "noun" };
  }
  const prisoners = sentence.measures.find(
    ({ cue, first }) => first === at && cue.measure === "captured" && cue.place === "counted",
  );
  if (!prisoners || phrase.who !== null) return null;
  phrase.noun = "people";
  phrase.prisoners = true;
  phrase.last = prisoners.last;
  return { next: prisoners.last, over: "noun" };
}

/** What befell the people stands before the noun: "105 dead soldiers", "երկու զոհված զինծառայող". */
function readState(sentence: SentenceCues, at: number): Step {
  const state = sentence.measures.find(
    ({ cue, first, last }) =>
      first === at && cue.place === "counted" && sentence.people.some((hit) => hit.first === last),
  );
  return state ? { next: state.last, over: "noun" } : null;
}

function isEnd(sentence: SentenceCues, number: NumberMention, at: number, phrase: NounPhrase): boolean {
  const token = sentence.tokens[at]!;
  if (token.kind === "digits") return true;
  if (sentence.numbers.some((other) => other !== number && other.first === at)) return true;
  if (token.kind === "punctuation" && isBeforeSide(sentence, number, at)) return false;
  if (token.kind === "punctuation") return !(token.folded === "'" || token.folded === '"' || isStop(token, number, at));
  // "six Armenian villages", "13 other settlements": a name or "other" before a thing makes no people of it
  const loose = phrase.noun !== "people" || (at === phrase.last && (phrase.who === null || phrase.who === "anyone"));
  if (loose && frameAt(sentence, "thing", at) && !isDefinite(sentence, at) && !isParted(sentence, number, at)) {
    phrase.noun = "thing";
    return true;
  }
  const leadsOn = sentence.roles.some(
    ({ cue, first }) => first === at && cue.place === "before" && (cue.role === "denied" || cue.role === "previous"),
  );
  if (isJoinedOn(sentence, at)) return true;
  return leadsOn || sentence.measures.some((hit) => hit.first === at) || frameAt(sentence, "break", at);
}

/** «71 - азербайджанские»: a dash between a bare number and the name of whose people it counts. */
function isBeforeSide({ tokens, entities }: SentenceCues, { last }: NumberMention, at: number): boolean {
  if (at !== last || !/^[-–—]$/.test(tokens[at]!.folded)) return false;
  return entities.some(({ first, entity }) => first === at + 1 && entity.kind === "demonym");
}

function isDefinite({ cues, tokens }: SentenceCues, at: number): boolean {
  return cues.articles.some((article) => tokens[at]!.folded.startsWith(article));
}

/** Light words other than "of" between a number and a thing: "49 a day earlier" counts no days. */
function isParted(sentence: SentenceCues, number: NumberMention, at: number): boolean {
  const within = ({ first }: { first: number }): boolean => first >= number.last && first < at;
  return framed(sentence, "light").some(within) && !framed(sentence, "of").some(within);
}

/** The stop of an abbreviated number word: "2,4 тыс." */
function isStop(token: { folded: string }, number: NumberMention, at: number): boolean {
  return token.folded === "." && at === number.last;
}

const PASSED: readonly Frame[] = ["light", "own", "enemy", "side"];
const ENDING: readonly Frame[] = [
  "and",
  "against",
  "agent",
  "change",
  "from",
  "to",
  "both",
  "give",
  "receive",
  "among",
  "count",
  "besides-after",
];

function readConnective(sentence: SentenceCues, number: NumberMention, at: number, phrase: NounPhrase): Step {
  const over = { next: at + 1, over: "light" } as const;
  if (sentence.tokens[at]!.kind === "punctuation")
    return isStop(sentence.tokens[at]!, number, at) ? { next: at + 1, over: "noun" } : over;
  const isName = sentence.entities.some(({ first }) => first === at + 1);
  const joins = frameAt(sentence, "and", at) && phrase.entities.at(-1)?.last === at;
  if (isName && (joins || frameAt(sentence, "from", at))) return over;
  const beside = [...sentence.roles, ...sentence.qualifiers].find(
    ({ cue, first }) => first === at && cue.place === "after",
  );
  if (beside && !frameAt(sentence, "and", at)) return { next: beside.last, over: "noun" };
  if (frameAt(sentence, "own", at)) phrase.own = true;
  if (frameAt(sentence, "enemy", at)) phrase.enemy = true;
  if (frameAt(sentence, "and", at) || frameAt(sentence, "against", at) || frameAt(sentence, "agent", at)) return null;
  if (PASSED.some((frame) => frameAt(sentence, frame, at))) {
    if (frameAt(sentence, "side", at) || frameAt(sentence, "enemy", at)) phrase.last = at + 1;
    return over;
  }
  return ENDING.some((frame) => frameAt(sentence, frame, at)) ? null : { next: at + 1, over: "unknown" };
}
