import type { FieldContext, ItemContext } from "../item-context.ts";
import type { FieldName, Sentence } from "../language/reading.ts";
import type { Token } from "../language/tokens.ts";
import { type Actor, findActors } from "./actors.ts";
import type { Attribution } from "./claim.ts";
import { identify } from "./identify.ts";
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

/** How many noun phrases back a title is resolved. */
const REMEMBERED = 200;

/** Who spoke and who was named so far, over title and text. */
interface Memory {
  readonly actors: Actor[];
  speaker: Attribution | null;
  /** The person whom the sentence before was about: "he", "the official". */
  topic: Attribution | null;
  /** The noun phrases of the sentence at hand. */
  here: readonly Actor[];
}

/** What was read of a sentence: who says what in it, and who could have. */
interface SentenceSpeakers {
  readonly turns: readonly Turn[];
  readonly actors: readonly Actor[];
  /** It names nobody and only goes on with what the sentence before reports. */
  readonly carried: boolean;
}

/** What was read of a field, a row a sentence. */
interface FieldSpeakers {
  readonly field: FieldContext;
  readonly rows: readonly SentenceSpeakers[];
}

/**
 * Reads who speaks where in an item, once and when first asked; the lookup that it gives is cheap.
 * A sentence that names nobody is the report's own, unless it goes on with what somebody says.
 */
export function readSpeakers(context: ItemContext): SpeakerLookup {
  let read: ReadonlyMap<FieldName, FieldSpeakers> | null = null;
  const speakersIn = (field: FieldName): FieldSpeakers | undefined => {
    read ??= readFields(context);
    return read.get(field);
  };
  const saying = (field: FieldName, first: number): Attribution => {
    const speakers = speakersIn(field);
    return (speakers && narrowest(rowAt(speakers, first)?.turns ?? [], first)?.by) ?? NARRATOR;
  };
  const acting = (field: FieldName, first: number, last: number): Attribution => {
    const by = saying(field, first);
    const speakers = speakersIn(field);
    return by.side === "media" && speakers ? (agentAt(speakers, first, last, context) ?? by) : by;
  };
  return Object.assign(saying, { acting });
}

function readFields(context: ItemContext): ReadonlyMap<FieldName, FieldSpeakers> {
  const memory: Memory = { actors: [], speaker: null, topic: null, here: [] };
  return new Map(context.fields.map((field) => [field.reading.field, readField(field, context, memory)]));
}

/** The row of the sentence that holds a token; sentences follow each other without gaps. */
function rowAt({ field, rows }: FieldSpeakers, token: number): SentenceSpeakers | undefined {
  const { sentences } = field.reading;
  let [low, high] = [0, sentences.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle]!.last > token) high = middle;
    else low = middle + 1;
  }
  return rows[low];
}

/** The nearest noun phrase that may be the subject of what stands at a range: before it, or after where verbs come first. */
function agentAt(speakers: FieldSpeakers, first: number, last: number, context: ItemContext): Attribution | null {
  const here = rowAt(speakers, first)?.actors.filter((actor) => !actor.oblique) ?? [];
  const behind = here.findLast((actor) => actor.first <= first);
  const ahead = here.find((actor) => actor.first >= first);
  const verbFirst = context.pack.attribution.subject === "after";
  const agent = verbFirst && ahead && ahead.first - last <= 2 ? ahead : (behind ?? ahead);
  if (!agent) return null;
  const { tokens, original } = speakers.field.reading;
  return identify(
    agent,
    { actors: here, topic: null },
    original.slice(tokens[agent.first]!.start, tokens[agent.last - 1]!.end),
    context,
  );
}

/** The shortest turn that holds a token. */
function narrowest(turns: readonly Turn[], token: number): Turn | undefined {
  let found: Turn | undefined;
  for (const turn of turns) {
    if (turn.first > token || turn.last <= token) continue;
    if (!found || turn.last - turn.first < found.last - found.first) found = turn;
  }
  return found;
}

function readField(field: FieldContext, context: ItemContext, memory: Memory): FieldSpeakers {
  const { tokens, sentences, original } = field.reading;
  const cues = context.pack.attribution.find(tokens);
  const actors = findActors(field, cues, context);
  const order = context.pack.attribution.subject;
  const rows: SentenceSpeakers[] = [];
  let [quoted, cue, actor] = [false, 0, 0];
  for (const sentence of sentences) {
    const [firstCue, firstActor] = [cue, actor];
    while (cue < cues.length && cues[cue]!.first < sentence.last) cue += 1;
    while (actor < actors.length && actors[actor]!.first < sentence.last) actor += 1;
    const here = actors.slice(firstActor, actor);
    const parts = { original, tokens, sentence, cues: cues.slice(firstCue, cue), actors: here, order };
    const opens = quoted && tokens[sentence.first]?.gap !== "\n";
    quoted = endsInQuote(tokens, sentence, opens);
    memory.here = here;
    const said = findSpeeches(parts).flatMap((speech) => turnOf(speech, original, tokens, context, memory));
    const goes = said.length === 0 && memory.speaker && (opens || goesOn(sentence, tokens, rows.at(-1), here));
    const whole = { first: sentence.first, last: sentence.last };
    const turns = withoutMedia(spokenFor(said, tokens, context));
    const carried = Boolean(goes) && !opens;
    rows.push({ turns: goes ? [{ ...whole, by: memory.speaker! }] : turns, actors: here, carried });
    memory.topic = topicOf(said, here, context) ?? memory.topic;
    memory.actors.push(...here);
    if (memory.actors.length > REMEMBERED * 2) memory.actors.splice(0, memory.actors.length - REMEMBERED);
  }
  return { field, rows };
}

/** Who speaks in a sentence, if a person, else the first person who may be its subject. */
function topicOf(said: readonly Turn[], here: readonly Actor[], context: ItemContext): Attribution | null {
  const speaker = said.find(({ by }) => context.story.entities.get(by.speaker)?.kind === "person")?.by;
  const person = here.find((actor) => actor.person !== null && !actor.oblique)?.person;
  return speaker ?? (person ? { speaker: person.id, side: person.side ?? "other" } : null);
}

/** «The ministry said: "Azerbaijan calls on …"»: who is quoted speaks for the country that the quotation opens with. */
function spokenFor(turns: readonly Turn[], tokens: readonly Token[], context: ItemContext): readonly Turn[] {
  const isParty = ({ by }: Turn): boolean => context.story.entities.get(by.speaker)?.kind === "party";
  return turns.map((turn, index) => {
    const before = turns[index - 1];
    if (!before || before.by.side !== turn.by.side || !isParty(turn) || isParty(before)) return turn;
    const mark = tokens[turn.first - 1]?.folded ?? "";
    return mark === '"' || OPENING.has(mark) ? { ...turn, by: before.by } : turn;
  });
}

/** An agency that carries what somebody says is not the speaker. */
function withoutMedia(turns: readonly Turn[]): readonly Turn[] {
  return turns.some((turn) => turn.by.side !== "media") ? turns.filter((turn) => turn.by.side !== "media") : turns;
}

/**
 * A sentence inside a paragraph that names nobody goes on with what the one before it reports up to its end; the next
 * such one is the report's own.
 */
function goesOn(
  sentence: Sentence,
  tokens: readonly Token[],
  before: SentenceSpeakers | undefined,
  here: readonly Actor[],
): boolean {
  if (!before || before.carried) return false;
  const follows = before.turns.some((turn) => turn.last === sentence.first);
  return follows && tokens[sentence.first]?.gap !== "\n" && here.length === 0;
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
  const known = identify(actor, memory, written(actor.first, actor.last), context);
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
