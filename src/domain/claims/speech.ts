import { type CueHit, type SentenceParts, type Subject, subjectOf } from "./subjects.ts";

/** Words of saying with the one who says, and the tokens that are said: first to last (exclusive). */
export interface Speech {
  /** Names nobody where whoever spoke last goes on. */
  readonly subject: Subject;
  readonly first: number;
  readonly last: number;
}

interface Found {
  readonly cue: CueHit;
  readonly subject: Subject;
  /** The tokens of verb and subject together. */
  readonly first: number;
  readonly last: number;
}

/** How many tokens after the words of saying still belong to them («…, said X on Friday.»). */
const ADJUNCT = 7;

/** Finds who says what in a sentence, in order of place. */
export function findSpeeches(parts: SentenceParts): Speech[] {
  const found: Found[] = [];
  for (const cue of parts.cues) {
    const previous = found.at(-1);
    if (cue.payload.kind !== "speech" || (previous && cue.first < previous.last)) continue;
    const subject = subjectOf(cue, previous?.cue.last ?? parts.sentence.first, previous?.subject, parts);
    const named = subject === previous?.subject ? cue : (subject.actor ?? subject.unknown ?? cue);
    found.push({ cue, subject, first: Math.min(cue.first, named.first), last: Math.max(cue.last, named.last) });
  }
  const label = found.length === 0 ? labelOf(parts) : null;
  if (label) return [label];
  const speeches = found.map((one, index) => spanOf(one, found[index - 1], found[index + 1], parts));
  const rest = elliptic(found.at(-1), parts);
  return rest ? [...speeches, rest] : speeches;
}

/** «X заявил о 49 погибших, а Y — о 50»: a last clause with a subject set against the first, and no verb of its own. */
function elliptic(last: Found | undefined, { cues, actors, sentence, tokens }: SentenceParts): Speech | null {
  if (!last) return null;
  const contrast = cues.findLast((cue) => cue.payload.kind === "contrast" && cue.first >= last.last);
  const actor = contrast && actors.find((one) => one.first === contrast.last && !one.oblique);
  const dash = actor && ["-", ":"].includes(tokens[actor.last]?.folded ?? "");
  return dash ? { subject: { actor, unknown: null }, first: actor.first, last: sentence.last } : null;
}

/** How many tokens the clock at the head of an entry takes: "15:10 Pashinyan: 105 dead", "13h40 - Baku: 77 dead". */
function clockOf({ tokens, sentence }: Pick<SentenceParts, "tokens" | "sentence">): number {
  if (tokens[sentence.first]?.kind !== "digits") return 0;
  let at = sentence.first;
  while (at < sentence.last && (tokens[at]!.kind !== "word" || tokens[at]!.folded.length === 1)) at += 1;
  return at - sentence.first;
}

/** "Pashinyan: 105 dead", "… — Pashinyan": a headline's speaker, set off by a mark. */
function labelOf({ tokens, sentence, actors }: SentenceParts): Speech | null {
  const head = actors.find((actor) => actor.first === sentence.first + clockOf({ tokens, sentence }));
  const mark = tokens[head?.last ?? -1]?.folded;
  const whole = { first: sentence.first, last: sentence.last };
  if (head && (mark === ":" || (mark === "." && head.last + 1 >= sentence.last))) {
    return { ...whole, subject: { actor: head, unknown: null } };
  }
  const tail = actors.at(-1);
  const before = tokens[(tail?.first ?? 0) - 1]?.folded;
  if (!tail || tail.first <= sentence.first + 2 || tail.last < sentence.last - 1 || before !== "-") return null;
  return { ...whole, subject: { actor: tail, unknown: null } };
}

/** The tokens that a speech says: what follows its words, what precedes them, or all between subject and verb. */
function spanOf(one: Found, previous: Found | undefined, next: Found | undefined, parts: SentenceParts): Speech {
  const { sentence, tokens } = parts;
  const { subject } = one;
  if (one.cue.payload.kind === "speech" && one.cue.payload.manner === "silent") {
    return { subject, first: one.first, last: one.last };
  }
  const before = previous?.last ?? sentence.first;
  const after = next?.first ?? sentence.last;
  if (!previous && !next) return { subject, first: sentence.first, last: sentence.last };
  const opens = opensComplement(one.last, parts);
  if (parts.order === "first" && !opens) {
    // A joined verb says what stands since the verb before it.
    if (subject === previous?.subject) return { subject, first: before, last: one.last };
    if (one.cue.first > (subject.actor?.last ?? one.cue.first)) return { subject, first: one.first, last: one.last };
  }
  const said = one.first - before;
  const trailing =
    said >= 3 && !opens && trails(one, parts) && restOf(one.last, after, tokens) <= Math.min(adjunctOf(one.cue), said);
  return trailing
    ? { subject, first: before, last: one.last }
    : { subject, first: one.first, last: Math.max(one.last, after) };
}

/** "…, according to X." ends the sentence or begins it; "…, said X on Friday in parliament." goes on a little. */
function adjunctOf({ payload }: CueHit): number {
  return payload.kind === "speech" && payload.speaker === "after" ? 2 : ADJUNCT;
}

/** Whether words of saying may close what is said: the subject ends the clause, or a comma or quotation mark parts them. */
function trails(one: Found, { order, tokens }: SentenceParts): boolean {
  if (order === "first") return true;
  const mark = tokens[one.first - 1];
  const after = one.cue.payload.kind === "speech" && one.cue.payload.speaker === "after";
  // A straight mark written onto the words behind it opens a quotation.
  const opens = mark?.folded === '"' && mark.gap !== "" && tokens[one.first]?.gap === "";
  return after || (order === "near" && !opens && [",", '"', "”", "»", "-"].includes(mark?.folded ?? ""));
}

/** Tokens up to the next mark that ends a clause. */
function restOf(from: number, to: number, tokens: SentenceParts["tokens"]): number {
  let index = from;
  while (index < to && ![";", ".", ":"].includes(tokens[index]!.folded)) index += 1;
  return index - from;
}

function opensComplement(at: number, { cues }: SentenceParts): boolean {
  return cues.some((cue) => cue.payload.kind === "complement" && cue.first >= at && cue.first <= at + 2);
}
