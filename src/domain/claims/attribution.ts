import type { FieldContext, ItemContext } from "../item-context.ts";
import type { FieldName, Sentence } from "../language/reading.ts";
import type { Token } from "../language/tokens.ts";
import { type Actor, findActors, identify } from "./actors.ts";
import type { Attribution } from "./claim.ts";
import { findSpeeches, type Speech } from "./speech.ts";

/** Answers who asserts what stands at a range of tokens of a field. */
export interface SpeakerLookup {
  (field: FieldName, first: number, last: number): Attribution;
  /** Where the report itself speaks: who does what stands there ("Baku is ready to …"), else the report. */
  readonly acting: (field: FieldName, first: number, last: number) => Attribution;
}

/** Nobody is named: the report itself speaks. */
export const NARRATOR: Attribution = { speaker: "-", side: "media" };

/** Tokens first to last (exclusive) that one speaker asserts. */
interface Turn {
  readonly first: number;
  readonly last: number;
  readonly by: Attribution;
}

/** Who spoke and who was named so far, over title and text. */
interface Memory {
  readonly actors: Actor[];
  speaker: Attribution | null;
}

/** What was read of a field: who says what, and who could have. */
interface FieldSpeakers {
  readonly field: FieldContext;
  readonly turns: readonly Turn[];
  readonly actors: readonly Actor[];
}

/**
 * Reads who speaks where in an item, once; the lookup that it gives is cheap.
 * A sentence that names nobody is the report's own, unless it goes on with what somebody says.
 */
export function readSpeakers(context: ItemContext): SpeakerLookup {
  const memory: Memory = { actors: [], speaker: null };
  const read = new Map(context.fields.map((field) => [field.reading.field, readTurns(field, context, memory)]));
  const saying = (field: FieldName, first: number): Attribution =>
    narrowest(read.get(field)?.turns ?? [], first)?.by ?? NARRATOR;
  const acting = (field: FieldName, first: number, last: number): Attribution => {
    const by = saying(field, first);
    const speakers = read.get(field);
    return by.side === "media" && speakers ? (agentAt(speakers, first, last, context) ?? by) : by;
  };
  return Object.assign(saying, { acting });
}

/** The nearest noun phrase that may be the subject of what stands at a range: before it, or after where verbs come first. */
function agentAt(
  { field, actors }: FieldSpeakers,
  first: number,
  last: number,
  context: ItemContext,
): Attribution | null {
  const sentence = field.reading.sentences.find((one) => one.last > first);
  if (!sentence) return null;
  const here = actors.filter((actor) => actor.first >= sentence.first && actor.last <= sentence.last && !actor.oblique);
  const behind = here.findLast((actor) => actor.first <= first);
  const ahead = here.find((actor) => actor.first >= first);
  const verbFirst = context.pack.attribution.subject === "after";
  const agent = verbFirst && ahead && ahead.first - last <= 2 ? ahead : (behind ?? ahead);
  if (!agent) return null;
  const { tokens, original } = field.reading;
  return identify(agent, actors, original.slice(tokens[agent.first]!.start, tokens[agent.last - 1]!.end), context);
}

/** The shortest turn that holds a token. */
function narrowest(turns: readonly Turn[], first: number): Turn | undefined {
  let found: Turn | undefined;
  for (const turn of turns) {
    if (turn.first > first) break;
    if (turn.last <= first) continue;
    if (!found || turn.last - turn.first < found.last - found.first) found = turn;
  }
  return found;
}

function readTurns(field: FieldContext, context: ItemContext, memory: Memory): FieldSpeakers {
  const { tokens, sentences, original } = field.reading;
  const cues = context.pack.attribution.find(tokens);
  const actors = findActors(field, cues, context);
  const turns: Turn[] = [];
  let quoted = false;
  for (const sentence of sentences) {
    const own = cues.filter((cue) => cue.first >= sentence.first && cue.last <= sentence.last);
    const here = actors.filter((actor) => actor.first >= sentence.first && actor.last <= sentence.last);
    const order = context.pack.attribution.subject;
    const speeches = findSpeeches({ original, tokens, sentence, cues: own, actors: here, order });
    if (tokens[sentence.first]?.gap === "\n") quoted = false;
    const opens = quoted;
    quoted = endsInQuote(tokens, sentence, quoted);
    const all = speeches.flatMap((speech) => turnOf(speech, original, tokens, context, memory));
    const found = all.some((turn) => turn.by.side !== "media") ? all.filter((turn) => turn.by.side !== "media") : all;
    if (found.length > 0) turns.push(...found);
    else if (memory.speaker && (opens || goesOn(sentence, tokens, turns, here)))
      turns.push({ first: sentence.first, last: sentence.last, by: memory.speaker });
    memory.actors.push(...here);
  }
  return { field, turns: turns.sort((a, b) => a.first - b.first), actors };
}

/** A sentence inside a paragraph that names nobody goes on with what the one before it reports. */
function goesOn(sentence: Sentence, tokens: readonly Token[], turns: readonly Turn[], here: readonly Actor[]): boolean {
  const follows = turns.at(-1)?.last === sentence.first && tokens[sentence.first]?.gap !== "\n";
  return follows && here.length === 0;
}

function turnOf(
  speech: Speech,
  original: string,
  tokens: readonly Token[],
  context: ItemContext,
  memory: Memory,
): Turn[] {
  const by = speakerOf(speech, original, tokens, context, memory);
  if (!by) return [];
  if (by.side !== "media") memory.speaker = by;
  return [{ first: speech.first, last: speech.last, by }];
}

function speakerOf(
  speech: Speech,
  original: string,
  tokens: readonly Token[],
  context: ItemContext,
  memory: Memory,
): Attribution | null {
  const written = (from: number, to: number) => original.slice(tokens[from]!.start, tokens[to - 1]!.end);
  const { actor, unknown } = speech.subject;
  if (unknown) return { speaker: written(unknown.first, unknown.last), side: "other" };
  if (!actor) return memory.speaker;
  const known = identify(actor, memory.actors, written(actor.first, actor.last), context);
  return known ?? memory.speaker;
}

const OPENING = new Set(["«", "“", "„"]);
const CLOSING = new Set(["»", "”"]);

/** Whether a quotation is still open at the end of a sentence. */
function endsInQuote(tokens: readonly Token[], sentence: Sentence, open: boolean): boolean {
  let quoted = open;
  for (let index = sentence.first; index < sentence.last; index += 1) {
    const mark = tokens[index]!.folded;
    if (mark === '"') quoted = !quoted;
    else if (OPENING.has(mark)) quoted = true;
    else if (CLOSING.has(mark)) quoted = false;
  }
  return quoted;
}
