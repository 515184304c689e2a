import type { EntityMention } from "../classify/entities.ts";
import type { FieldContext, ItemContext } from "../item-context.ts";
import type { PhraseHit } from "../language/phrases.ts";
import type { Sentence } from "../language/reading.ts";
import type { SpeakerLookup } from "./attribution.ts";
import type { Statement, TraceLine } from "./claim.ts";
import { eventOf } from "./topic-event.ts";
import { matchRule, type RuleMatch, type TopicSentence } from "./topic-match.ts";
import type { Topic } from "./topic-rules.ts";

/** The positions that an item reports, with the rules that fired. */
export interface FoundStatements {
  readonly statements: readonly Statement[];
  readonly trace: readonly TraceLine[];
}

/** A position at a place, before it is known which happening it speaks of. */
interface Candidate {
  readonly topic: Topic;
  readonly position: string;
  readonly match: RuleMatch;
}

/** How many sentences back a term with `<` may stand. */
const MEMORY = 2;

/**
 * Reads the positions that speakers take in an item. One statement per event, position and speaker: the first in the text.
 * A position on another happening than the story's (another year's truce) is left out, and the trace says so.
 */
export function extractStatements(context: ItemContext, speakers: SpeakerLookup): FoundStatements {
  const statements = new Map<string, Statement>();
  const trace: TraceLine[] = [];
  const past: Past[] = [];
  for (const field of context.fields) {
    const cues = context.story.topics.cues(context.reading.lang)(field.reading.tokens);
    for (const part of sentencesOf(field, cues)) {
      const sentence = sentenceAt(field, part, past, speakers);
      for (const candidate of candidatesIn(sentence, context)) {
        const read = readCandidate(candidate, field, part.sentence, context, speakers);
        trace.push(read.trace);
        if (!read.statement) continue;
        const key = `${read.statement.topic}|${read.statement.event}|${read.statement.position}|${read.statement.speaker}`;
        if (!statements.has(key)) statements.set(key, read.statement);
      }
      past.push({
        groups: sentence.cues.map((cue) => cue.payload),
        sides: sentence.entities.map(({ entity }) => entity.side),
      });
    }
  }
  return { statements: [...statements.values()], trace };
}

interface Past {
  readonly groups: readonly string[];
  readonly sides: readonly (string | null)[];
}

interface Part {
  readonly sentence: Sentence;
  readonly cues: readonly PhraseHit<string>[];
  readonly entities: readonly EntityMention[];
}

/** The sentences of a field with the phrases and names that each holds, in one walk. */
function sentencesOf(field: FieldContext, cues: readonly PhraseHit<string>[]): Part[] {
  let [cue, name] = [0, 0];
  return field.reading.sentences.map((sentence) => {
    const [firstCue, firstName] = [cue, name];
    while (cue < cues.length && cues[cue]!.first < sentence.last) cue += 1;
    while (name < field.entities.length && field.entities[name]!.first < sentence.last) name += 1;
    return { sentence, cues: cues.slice(firstCue, cue), entities: field.entities.slice(firstName, name) };
  });
}

function sentenceAt(field: FieldContext, part: Part, past: readonly Past[], speakers: SpeakerLookup): TopicSentence {
  const before = past.slice(-MEMORY);
  return {
    field: field.reading.field,
    cues: part.cues,
    entities: part.entities,
    earlierGroups: new Set(before.flatMap((one) => one.groups)),
    earlierSides: new Set(before.flatMap((one) => one.sides.filter((side) => side !== null))),
    saidBy: (first, last) => speakers(field.reading.field, first, last),
    by: (first, last) => speakers.acting(field.reading.field, first, last),
  };
}

/** What fits in a sentence: per topic and place the first position, and those that may stand beside it. */
function candidatesIn(sentence: TopicSentence, context: ItemContext): Candidate[] {
  if (sentence.cues.length === 0) return [];
  const { topics, reach } = context.story.topics;
  return topics.flatMap((topic) => {
    const taken = new Set<number>();
    const candidates: Candidate[] = [];
    for (const { position, beside, rules } of topic.positions) {
      const matches = rules.flatMap((rule) => matchRule(rule, sentence, reach));
      const match = matches.find((one) => beside || !taken.has(one.anchor.first));
      if (match) candidates.push({ topic, position, match });
      if (!beside) for (const one of matches) taken.add(one.anchor.first);
    }
    return candidates;
  });
}

function readCandidate(
  { topic, position, match }: Candidate,
  field: FieldContext,
  sentence: Sentence,
  context: ItemContext,
  speakers: SpeakerLookup,
): { statement: Statement | null; trace: TraceLine } {
  const { tokens, original, field: name } = field.reading;
  const start = tokens[match.first]!.start;
  const end = tokens[match.last - 1]!.end;
  const { event, because } = eventOf(topic, position, match, field, sentence, context);
  const trace = { rule: `statement ${topic.topic} ${position}`, because, field: name, start, end };
  if (event === undefined) return { statement: null, trace };
  const by = (topic.narrated ? speakers : speakers.acting)(name, match.anchor.first, match.anchor.last);
  const quote = original.slice(start, end);
  return { statement: { event, topic: topic.topic, position, ...by, quote, field: name, start, end }, trace };
}
