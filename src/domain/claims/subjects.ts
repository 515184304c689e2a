import type { PhraseHit } from "../language/phrases.ts";
import type { Sentence } from "../language/reading.ts";
import type { Token } from "../language/tokens.ts";
import type { Actor } from "./actors.ts";
import type { AttributionCue, AttributionCues } from "./attribution-cues.ts";

export type CueHit = PhraseHit<AttributionCue>;

/** What a sentence gives to find who speaks in it. */
export interface SentenceParts {
  readonly original: string;
  readonly tokens: readonly Token[];
  readonly sentence: Sentence;
  readonly cues: readonly CueHit[];
  readonly actors: readonly Actor[];
  readonly order: AttributionCues["subject"];
}

/** Who stands with words of saying: someone known to the story, or a name as written (tokens first to last). */
export interface Subject {
  readonly actor: Actor | null;
  readonly unknown: { readonly first: number; readonly last: number } | null;
}

interface Scored {
  readonly actor: Actor | undefined;
  readonly score: number;
}

const NONE: Scored = { actor: undefined, score: 0 };
/** How far from its verb a subject may stand, in tokens. */
const REACH = 9;
/** How far behind its verb, where the verb closes what was said («…, сказал на брифинге в среду помощник X»). */
const INVERTED_REACH = 14;
/** What an oblique form costs: as much as standing six tokens farther off. */
const OBLIQUE = 6;

/** Below this a name is no subject when the words of saying before it have one that goes on («X called … and warned»). */
const SURE = 4;

/**
 * Finds the subject of words of saying by the word order of the language.
 * `from` is where the words of saying before it end; `previous` is their subject.
 */
export function subjectOf(cue: CueHit, from: number, previous: Subject | undefined, parts: SentenceParts): Subject {
  if (cue.payload.kind !== "speech") return { actor: null, unknown: null };
  const behind = parts.actors.findLast((actor) => actor.last <= cue.first);
  const ahead = parts.actors.find((actor) => actor.first >= cue.last);
  if (cue.payload.speaker === "after") return beside(ahead, ahead ? ahead.first - cue.last : 99, cue.last, 1, parts);
  if (cue.payload.speaker === "before")
    return beside(behind, behind ? cue.first - behind.last : 99, cue.first - 1, -1, parts);
  if (cue.payload.manner === "silent") return silentSubject(cue, from, behind, ahead, parts);
  if (parts.order === "first") return firstSubject(cue, from, previous, ahead, parts);
  if (previous && (previous.actor || previous.unknown) && goesOn(cue, ahead, from, parts)) return previous;
  if (previous && continues(cue, parts)) return previous;
  const back = bestBehind(cue, from, parts);
  const fore = bestAhead(cue, parts);
  const best = back.score >= fore.score ? back : fore;
  if (best.score < SURE && previous?.actor) return previous;
  const first = best.score < SURE ? firstOf(cue, parts) : undefined;
  if (first) return { actor: first, unknown: null };
  if (best.actor && best.score > 0) return { actor: best.actor, unknown: null };
  return unknownBeside(cue, parts) ?? { actor: null, unknown: null };
}

/** "No comment came from Baku": who is silent may stand in any case; inside the words or right behind, else before them. */
function silentSubject(
  cue: CueHit,
  from: number,
  behind: Actor | undefined,
  ahead: Actor | undefined,
  { actors }: SentenceParts,
): Subject {
  const inside = actors.find(
    ({ first, last, person, body, country }) =>
      first > cue.first && last < cue.last && (person ?? body ?? country) !== null,
  );
  if (inside) return { actor: inside, unknown: null };
  // «Բաքուն չի հաստատել Երևանի …»: a subject right before its verb, and behind it whose the thing is
  const owns = ahead?.oblique && behind && !behind.oblique && behind.last === cue.first;
  if (ahead && ahead.first - cue.last <= 1 && !owns) return { actor: ahead, unknown: null };
  if (behind && !behind.oblique && behind.first >= from) return { actor: behind, unknown: null };
  const first = actors.find((actor) => actor.first >= from && actor.last <= cue.first && !actor.oblique);
  return { actor: first ?? behind ?? ahead ?? null, unknown: null };
}

function beside(actor: Actor | undefined, distance: number, at: number, step: 1 | -1, parts: SentenceParts): Subject {
  if (actor && distance <= 4) return { actor, unknown: null };
  return { actor: null, unknown: nameAt(parts, at, step) };
}

/**
 * Where verbs come first, a verb keeps the subject before it when the name behind it is what it speaks to: alone
 * («… واتهم يريفان»), behind another noun («… وأبدت استعدادها لتسليم يريفان»), or in one clause with the verb before.
 */
function goesOn(
  cue: CueHit,
  ahead: Actor | undefined,
  from: number,
  { actors, order, tokens, cues }: SentenceParts,
): boolean {
  if (order !== "after" || cue.payload.kind !== "speech" || !ahead) return false;
  const joined = cues.some(({ payload, first }) => payload.kind === "and" && first === cue.first);
  const named = actors.filter((actor) => actor.first >= cue.last && actor.first <= cue.last + REACH).length;
  if (cue.payload.manner !== "addresses") return joined && ahead.first - cue.last >= 2;
  const marks = tokens.slice(from, cue.first).some(({ kind }) => kind === "punctuation");
  return named <= 1 || (!joined && !marks);
}

/** In languages whose verb ends the clause, the subject is the first name in it that no case ending rules out. */
function firstSubject(
  cue: CueHit,
  from: number,
  previous: Subject | undefined,
  ahead: Actor | undefined,
  parts: SentenceParts,
): Subject {
  const start = clauseStart(cue, from, parts);
  const inClause = parts.actors.filter((actor) => actor.first >= start && actor.last <= cue.first);
  const adjacent = inClause.findLast((actor) => actor.last === cue.first && !actor.oblique);
  const first = inClause.find((actor) => !actor.oblique);
  const following = ahead && follows(cue, ahead, parts) && !ahead.oblique ? ahead : undefined;
  const actor = adjacent ?? following ?? first ?? null;
  if (actor) return { actor, unknown: null };
  const unknown = nameAt(parts, cue.first - 1, -1);
  return unknown || !previous ? { actor: null, unknown } : previous;
}

/** Right behind the verb, its auxiliary («է») aside, and not the subject of another verb of saying behind it. */
function follows(cue: CueHit, actor: Actor, { tokens, cues }: SentenceParts): boolean {
  const distance = actor.first - cue.last;
  const near = distance === 0 || (distance === 1 && (tokens[cue.last]?.folded.length ?? 9) <= 2);
  if (!near || tokens[actor.last]?.kind === "punctuation") return near;
  return !cues.some(
    ({ payload, first }) => payload.kind === "speech" && payload.speaker === "subject" && first >= actor.last,
  );
}

/** Where the clause of a verb begins: after the words of saying before it, or at the last word of contrast. */
function clauseStart(cue: CueHit, from: number, { cues, actors }: SentenceParts): number {
  const contrast = cues.findLast(
    (one) => one.payload.kind === "contrast" && one.last <= cue.first && one.first >= from,
  );
  if (!contrast) return from;
  // «X isə …»: the word of contrast follows the subject that it sets off.
  return actors.findLast((actor) => actor.last === contrast.first)?.first ?? contrast.first;
}

/** "X urged Y to stop and said …": a verb right behind "and" has the subject of the verb of saying before it. */
function continues(cue: CueHit, { cues, order }: SentenceParts): boolean {
  return order === "near" && cues.some(({ payload, last }) => payload.kind === "and" && last === cue.first);
}

/** "X spoke to Y in Z and urged …": a verb joined by "and" has the first name of the sentence that may be a subject. */
function firstOf(cue: CueHit, { actors, cues, order }: SentenceParts): Actor | undefined {
  // An adverb may stand in between: "and formally asked".
  const joined = cues.some(({ payload, last }) => payload.kind === "and" && last <= cue.first && cue.first - last <= 1);
  if (!joined || order !== "near") return undefined;
  return actors.find((actor) => actor.last <= cue.first && !actor.oblique);
}

function bestBehind(cue: CueHit, from: number, parts: SentenceParts): Scored {
  let best = NONE;
  for (const actor of parts.actors) {
    const scored = actor.last <= cue.first ? scoreBehind(cue, from, actor, parts) : NONE;
    if (scored.score >= best.score) best = scored;
  }
  return best;
}

function scoreBehind(cue: CueHit, from: number, actor: Actor | undefined, parts: SentenceParts): Scored {
  if (!actor || actor.first < from - 1) return NONE;
  // a clause between two commas parts a subject from its verb no farther: "X, which last week spoke of 79, has said"
  const distance = isInserted(actor, cue, parts) ? 1 : cue.first - actor.last;
  const marks = parts.tokens.slice(actor.last, cue.first).filter((token) => token.kind === "punctuation").length;
  const oblique = actor.oblique ? OBLIQUE : 0;
  if (parts.order === "after") return distance > 1 || marks > 0 ? NONE : { actor, score: 11 - distance - oblique };
  if (distance > REACH) return NONE;
  const barred = parts.cues.some((one) => one.first >= actor.last && one.last <= cue.first && bars(one));
  // Two commas enclose what is said of the subject; one separates clauses.
  const enclosed = marks === 2 || isEnclosed(actor, cue, parts);
  return { actor, score: 10 - distance * 0.7 - oblique - (barred ? 5 : 0) - (enclosed ? 0 : marks * 2) };
}

/** Whether all between the subject that opens a sentence and its verb, an auxiliary aside, stands between two commas. */
function isInserted({ first, last }: Actor, cue: CueHit, { tokens, sentence }: SentenceParts): boolean {
  if (first - sentence.first > 1 || tokens[last]?.folded !== "," || last >= cue.first) return false;
  const commas = [...Array(cue.first - last).keys()].filter((at) => tokens[last + at]!.folded === ",");
  return commas.length === 2 && cue.first - last - commas[1]! <= 2;
}

/** "X, secretary of Y, said …": the comma before the verb closes what stands beside the name. */
function isEnclosed(actor: Actor, cue: CueHit, { tokens, sentence }: SentenceParts): boolean {
  const commas = (from: number, to: number) => tokens.slice(from, to).filter(({ folded }) => folded === ",").length;
  if (actor.last >= cue.first || commas(cue.first - 1, cue.first) === 0) return false;
  if (actor.last === cue.first - 1) return commas(actor.first, actor.last) > 0;
  const opens = actor.first - sentence.first <= 1 && commas(actor.last, actor.last + 1) > 0;
  return opens && commas(actor.last, cue.first) === 2;
}

function bars({ payload }: CueHit): boolean {
  return payload.kind === "speech" || payload.kind === "complement" || payload.kind === "contrast";
}

function bestAhead(cue: CueHit, parts: SentenceParts): Scored {
  let best = NONE;
  for (const actor of parts.actors) {
    const scored = actor.first >= cue.last ? scoreAhead(cue, actor, parts) : NONE;
    if (scored.score > best.score) best = scored;
  }
  return best;
}

function scoreAhead(cue: CueHit, actor: Actor | undefined, parts: SentenceParts): Scored {
  if (!actor) return NONE;
  const { cues, tokens, sentence, order } = parts;
  const distance = actor.first - cue.last;
  const inverted =
    order === "near" &&
    cue.first > sentence.first &&
    tokens[cue.first - 1]?.kind === "punctuation" &&
    !parts.actors.some((one) => isEnclosed(one, cue, parts));
  if (distance > (inverted ? INVERTED_REACH : REACH)) return NONE;
  if (cues.some((one) => one.first >= cue.last && one.last <= actor.first && bars(one))) return NONE;
  const oblique = actor.oblique ? OBLIQUE : 0;
  if (order === "after") return { actor, score: 10 - distance - oblique };
  return { actor, score: inverted ? 9.5 - distance * 0.5 - oblique : 3 - distance - oblique };
}

/** A capitalised name right beside the words of saying. */
function unknownBeside(cue: CueHit, parts: SentenceParts): Subject | null {
  const unknown = nameAt(parts, cue.first - 1, -1) ?? nameAt(parts, cue.last, 1);
  return unknown ? { actor: null, unknown } : null;
}

function nameAt({ tokens, sentence, original }: SentenceParts, at: number, step: 1 | -1): Subject["unknown"] {
  const named = (token: Token) => token.kind === "word" && /\p{Lu}/u.test(original[token.start] ?? "");
  let index = at;
  while (index > sentence.first && index < sentence.last && named(tokens[index]!)) index += step;
  if (index === at) return null;
  return step === 1 ? { first: at, last: index } : { first: index + 1, last: at + 1 };
}
