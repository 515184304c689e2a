import type { PhraseHit } from "../language/phrases.ts";
import type { Sentence } from "../language/reading.ts";
import type { Token } from "../language/tokens.ts";
import type { Actor } from "./actors.ts";
import type { AttributionCue, AttributionCues } from "./attribution-cues.ts";

type Hit = PhraseHit<AttributionCue>;

/** Words of saying with the one who says, and the tokens that are said. */
export interface Speech {
  readonly cue: Hit;
  /** Null where the words name nobody: then whoever spoke last goes on. */
  readonly actor: Actor | null;
  /** A name that the story does not know, as written: tokens first to last. */
  readonly unknown: { readonly first: number; readonly last: number } | null;
  readonly denies: boolean;
  /** Tokens that it says, first to last (exclusive). */
  readonly first: number;
  readonly last: number;
}

interface Subject {
  readonly actor: Actor | null;
  readonly unknown: Speech["unknown"];
  readonly score: number;
}

/** What a sentence gives to find its speeches. */
export interface SentenceParts {
  readonly original: string;
  readonly tokens: readonly Token[];
  readonly sentence: Sentence;
  readonly cues: readonly Hit[];
  readonly actors: readonly Actor[];
  readonly order: AttributionCues["subject"];
}

const NOBODY: Subject = { actor: null, unknown: null, score: 0 };
/** How far from its verb a subject may stand, in tokens. */
const REACH = { near: 9, after: 9, first: 40 } as const;

/** Finds who says what in a sentence, in order of place. */
export function findSpeeches(parts: SentenceParts): Speech[] {
  const found: { cue: Hit; subject: Subject }[] = [];
  for (const cue of parts.cues) {
    if (cue.payload.kind !== "speech") continue;
    const previous = found.at(-1);
    if (previous && cue.first < previous.cue.last) continue;
    const subject = subjectOf(cue, previous?.cue.last ?? parts.sentence.first, parts);
    found.push({ cue, subject });
  }
  const label = labelOf(parts);
  if (label && found.length === 0) return [label];
  return found.map(({ cue, subject }, index) => spanOf(cue, subject, found[index - 1], found[index + 1], parts));
}

/** "Pashinyan: 105 dead", "… — Pashinyan": a headline's speaker, set off by a mark. */
function labelOf({ tokens, sentence, actors, cues }: SentenceParts): Speech | null {
  const cue = cues[0] ?? { first: sentence.first, last: sentence.first, payload: { kind: "complement" } };
  const head = actors.find((actor) => actor.first === sentence.first);
  const mark = tokens[head?.last ?? -1]?.folded;
  const whole = { cue, unknown: null, denies: false, first: sentence.first, last: sentence.last };
  if (head && (mark === ":" || (mark === "." && head.last + 1 >= sentence.last))) return { ...whole, actor: head };
  const tail = actors.at(-1);
  const before = tokens[(tail?.first ?? 0) - 1]?.folded;
  if (tail && tail.first > sentence.first + 2 && tail.last >= sentence.last - 1 && before === "-")
    return { ...whole, actor: tail };
  return null;
}

function subjectOf(cue: Hit, from: number, parts: SentenceParts): Subject {
  if (cue.payload.kind !== "speech") return NOBODY;
  const behind = parts.actors.findLast((actor) => actor.last <= cue.first && actor.first >= parts.sentence.first);
  const ahead = parts.actors.find((actor) => actor.first >= cue.last && actor.last <= parts.sentence.last);
  if (cue.payload.speaker === "after") return within(ahead, (ahead?.first ?? 0) - cue.last, 5, parts, cue.last, 1);
  if (cue.payload.speaker === "before") return within(behind, cue.first - (behind?.last ?? 0), 3, parts, cue.first, -1);
  if (parts.order === "first") return firstSubject(cue, from, behind, ahead, parts);
  const back = scoreBehind(cue, from, behind, parts);
  const fore = scoreAhead(cue, ahead, parts);
  return back.score >= fore.score && back.score > 0 ? back : fore.score > 0 ? fore : unknownNear(cue, parts);
}

function within(
  actor: Actor | undefined,
  distance: number,
  reach: number,
  parts: SentenceParts,
  at: number,
  step: 1 | -1,
): Subject {
  if (actor && distance <= reach) return { actor, unknown: null, score: 10 - distance };
  return { ...NOBODY, unknown: nameAt(parts, step === 1 ? at : at - 1, step) };
}

/** In languages whose verb ends the clause, the subject is the first name in it that no case ending rules out. */
function firstSubject(
  cue: Hit,
  from: number,
  behind: Actor | undefined,
  ahead: Actor | undefined,
  parts: SentenceParts,
): Subject {
  const start = clauseStart(cue, from, parts);
  const inClause = parts.actors.filter((actor) => actor.first >= start && actor.last <= cue.first);
  const adjacent = behind && behind.last === cue.first && !behind.oblique ? behind : undefined;
  const first = inClause.find((actor) => !actor.oblique);
  const following = ahead && ahead.first === cue.last && !ahead.oblique ? ahead : undefined;
  const actor = (first?.pronoun ? undefined : adjacent) ?? following ?? first ?? null;
  if (actor) return { actor, unknown: null, score: 5 };
  return { ...NOBODY, unknown: nameAt(parts, cue.first - 1, -1) };
}

/** Where the clause of a verb begins: after the words of saying before it, or at the last word of contrast. */
function clauseStart(cue: Hit, from: number, { cues, actors }: SentenceParts): number {
  const contrast = cues.findLast(
    (one) => one.payload.kind === "contrast" && one.last <= cue.first && one.first >= from,
  );
  if (!contrast) return from;
  // «X isə …»: the word of contrast follows the subject that it sets off.
  const before = actors.findLast((actor) => actor.last === contrast.first);
  return before?.first ?? contrast.first;
}

function scoreBehind(
  cue: Hit,
  from: number,
  actor: Actor | undefined,
  { cues, tokens, order }: SentenceParts,
): Subject {
  if (!actor || actor.last <= from - 1) return NOBODY;
  const distance = cue.first - actor.last;
  if (distance > REACH[order] || (order === "after" && distance > 2)) return NOBODY;
  const crossed = cues.filter((one) => one.first >= actor.last && one.last <= cue.first);
  const barred = crossed.some((one) => one.payload.kind === "speech" || one.payload.kind === "complement");
  const comma = tokens.slice(actor.last, cue.first).filter((token) => token.folded === ",").length;
  const score =
    (order === "after" ? 9 : 10) -
    distance -
    (actor.oblique ? 6 : 0) -
    (barred ? 5 : 0) -
    comma * (comma === 2 ? 0 : 2);
  return { actor, unknown: null, score };
}

function scoreAhead(cue: Hit, actor: Actor | undefined, { cues, tokens, sentence, order }: SentenceParts): Subject {
  if (!actor) return NOBODY;
  const distance = actor.first - cue.last;
  if (distance > REACH[order]) return NOBODY;
  const barred = cues.some((one) => one.first >= cue.last && one.last <= actor.first && one.payload.kind !== "role");
  if (barred) return NOBODY;
  if (order === "after") return { actor, unknown: null, score: 10 - distance };
  const mark = tokens[cue.first - 1];
  const inverted = cue.first > sentence.first && mark?.kind === "punctuation";
  return { actor, unknown: null, score: (inverted ? 9.5 - distance : 3 - distance) - (actor.oblique ? 6 : 0) };
}

/** A capitalised name right beside the words of saying. */
function unknownNear(cue: Hit, parts: SentenceParts): Subject {
  const behind = parts.order === "after" ? null : nameAt(parts, cue.first - 1, -1);
  return { ...NOBODY, unknown: behind ?? nameAt(parts, cue.last, 1) };
}

function nameAt({ tokens, sentence, original }: SentenceParts, at: number, step: 1 | -1): Speech["unknown"] {
  let index = at;
  while (index >= sentence.first && index < sentence.last && isCapitalised(tokens[index]!, original)) index += step;
  if (index === at) return null;
  return step === 1 ? { first: at, last: index } : { first: index + 1, last: at + 1 };
}

function isCapitalised(token: Token, original: string): boolean {
  return token.kind === "word" && /\p{Lu}/u.test(original[token.start] ?? "");
}

/** The tokens that a speech says: what follows its words, what precedes them, or all between subject and verb. */
function spanOf(
  cue: Hit,
  subject: Subject,
  previous: { cue: Hit; subject: Subject } | undefined,
  next: { cue: Hit; subject: Subject } | undefined,
  parts: SentenceParts,
): Speech {
  const { sentence } = parts;
  const from = Math.min(cue.first, subject.actor?.first ?? subject.unknown?.first ?? cue.first);
  const to = Math.max(cue.last, subject.actor?.last ?? subject.unknown?.last ?? cue.last);
  const before = previous ? Math.max(previous.cue.last, previous.subject.actor?.last ?? 0) : sentence.first;
  const after = next ? Math.min(next.cue.first, next.subject.actor?.first ?? next.cue.first) : sentence.last;
  const shared = {
    cue,
    actor: subject.actor,
    unknown: subject.unknown,
    denies: cue.payload.kind === "speech" && cue.payload.denies,
  };
  if (!previous && !next) return { ...shared, first: sentence.first, last: sentence.last };
  if (parts.order === "first" && cue.first - (subject.actor?.last ?? cue.first) > 2)
    return { ...shared, first: from, last: to };
  const trailing =
    from - before >= 3 &&
    (parts.order === "first" || parts.tokens[from - 1]?.kind === "punctuation") &&
    !opensComplement(to, parts);
  if (trailing) return { ...shared, first: Math.min(before, from), last: to };
  return { ...shared, first: from, last: Math.max(to, after) };
}

function opensComplement(at: number, { cues }: SentenceParts): boolean {
  return cues.some((cue) => cue.payload.kind === "complement" && cue.first >= at && cue.first <= at + 2);
}
