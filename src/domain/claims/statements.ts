import type { ItemContext } from "../item-context.ts";
import type { SpeakerLookup } from "./attribution.ts";
import type { Attribution, Statement, TraceLine } from "./claim.ts";
import { type EventOf, eventOf } from "./topic-event.ts";
import { matchRule, type RuleMatch, TWO } from "./topic-match.ts";
import type { PositionRules, Topic } from "./topic-rules.ts";
import { type TopicSentence, topicSentences } from "./topic-sentence.ts";

/** The positions that an item reports, with the rules that fired. */
export interface FoundStatements {
  readonly statements: readonly Statement[];
  readonly trace: readonly TraceLine[];
}

/** A position at a place, before it is known which happening it speaks of. */
interface Candidate {
  readonly topic: Topic;
  readonly rules: PositionRules;
  readonly match: RuleMatch;
}

/** A candidate read: its statement, or none where it speaks of another time. */
interface Read {
  readonly statement: Statement | null;
  /** Who did it, where words before or behind a name say so ("announced by Yerevan"). */
  readonly agent: Attribution | null;
  readonly beside: boolean;
  readonly trace: TraceLine;
}

/**
 * Reads the positions that speakers take in an item. One statement per event, position and speaker: the first in the text.
 * A position on another happening than the story's (another year's truce) is left out, and the trace says so.
 */
export function extractStatements(context: ItemContext, speakers: SpeakerLookup): FoundStatements {
  const statements = new Map<string, Statement>();
  const trace: TraceLine[] = [];
  for (const sentence of topicSentences(context, speakers)) {
    const read = candidatesIn(sentence, context).map((candidate) => readCandidate(candidate, sentence, context));
    for (const one of read) {
      trace.push(one.trace);
      const statement = standing(one, read);
      if (!statement) continue;
      const key = `${statement.topic}|${statement.event}|${statement.position}|${statement.speaker}`;
      if (!statements.has(key)) statements.set(key, statement);
    }
  }
  return { statements: [...statements.values()], trace };
}

/** What fits in a sentence: per topic and place the first position, and those that may stand beside it. */
function candidatesIn(sentence: TopicSentence, context: ItemContext): Candidate[] {
  const { topics, elsewhere, reach } = context.story.topics;
  const candidates: Candidate[] = [];
  if (isElsewhere(sentence, elsewhere)) return candidates;
  for (const topic of topics) {
    if (topic.leads.some((group) => sentence.hits.has(group))) fit(topic, sentence, reach, candidates);
  }
  return candidates;
}

function fit(topic: Topic, sentence: TopicSentence, reach: number, candidates: Candidate[]): void {
  const taken = new Set<number>();
  for (const rules of topic.positions) {
    let found: RuleMatch | null = null;
    const places: number[] = [];
    for (const rule of rules.rules) {
      for (const match of matchRule(rule, sentence, reach)) {
        if (rules.beside || !taken.has(match.anchor.first)) found ??= match;
        places.push(match.anchor.first);
      }
    }
    if (found) candidates.push({ topic, rules, match: found });
    if (!rules.beside) for (const place of places) taken.add(place);
  }
}

function isElsewhere({ sides }: TopicSentence, elsewhere: ReadonlySet<string>): boolean {
  let other = false;
  for (const side of sides) {
    if (TWO.has(side)) return false;
    other ||= elsewhere.has(side);
  }
  return other;
}

/** Who is silent on something in a sentence does not also take a position on it there: it is that of who did it, or nobody's. */
function standing({ statement, agent, beside }: Read, read: readonly Read[]): Statement | null {
  if (statement === null || beside) return statement;
  const isSilent = ({ speaker }: Attribution) =>
    read.some((one) => one.beside && one.statement?.topic === statement.topic && one.statement.speaker === speaker);
  if (!isSilent(statement)) return statement;
  return agent === null || isSilent(agent) ? null : { ...statement, ...agent };
}

function readCandidate({ topic, rules, match }: Candidate, sentence: TopicSentence, context: ItemContext): Read {
  const { tokens, original, field } = sentence.field.reading;
  const { beside, position } = rules;
  const start = tokens[match.first]!.start;
  const end = tokens[match.last - 1]!.end;
  const { event, because } = happeningOf(eventOf(topic, rules, match, sentence, context), context);
  const trace = { rule: `statement ${topic.topic} ${position}`, because, field, start, end };
  const agent = agentOf(match, sentence);
  if (event === undefined) return { statement: null, agent, beside, trace };
  const by = speakerOf(topic, match, sentence, context);
  const quote = original.slice(start, end);
  return { statement: { event, topic: topic.topic, position, ...by, quote, field, start, end }, agent, beside, trace };
}

/** How many tokens beside what was done the words for who did it may stand. */
const AGENT_REACH = 3;

function agentOf({ first, last }: RuleMatch, { hits, entities }: TopicSentence): Attribution | null {
  for (const group of ["by-whom", "whom-by"]) {
    for (const hit of hits.get(group) ?? []) {
      if (hit.first < first - AGENT_REACH || hit.last > last + AGENT_REACH) continue;
      const named = entities.find((name) => (group === "by-whom" ? name.first === hit.last : name.last === hit.first));
      if (named?.entity.side) return { speaker: named.entity.id, side: named.entity.side };
    }
  }
  return null;
}

/** In an item about something else words of the same topic speak of no happening of the story. */
function happeningOf(found: EventOf, { relevance }: ItemContext): EventOf {
  if (relevance.relevant || found.event === undefined) return found;
  return { event: null, because: "the item is not about the story" };
}

/** Who says it where it begins, else where it ends, else who does it. */
function speakerOf(topic: Topic, match: RuleMatch, sentence: TopicSentence, context: ItemContext): Attribution {
  const { first, last } = match.anchor;
  const said = sentence.saidBy(first, last);
  if (said.side !== "media" || topic.narrated) return said;
  const end = sentence.saidBy(match.last - 1, match.last);
  if (end.side !== "media") return end;
  const by = sentence.by(first, last);
  const voice = by.side === "media" && topic.voice !== null ? context.story.entities.get(topic.voice) : undefined;
  return voice ? { speaker: voice.id, side: voice.side ?? "other" } : by;
}
