import type { EntityMention } from "../classify/entities.ts";
import type { FieldContext, ItemContext } from "../item-context.ts";
import type { PhraseHit } from "../language/phrases.ts";
import type { FieldName, Sentence } from "../language/reading.ts";
import type { SpeakerLookup } from "./attribution.ts";
import type { Attribution, Statement, TraceLine } from "./claim.ts";
import { eventOf } from "./topic-event.ts";
import { matchRule, type RuleMatch, type TopicSentence, TWO } from "./topic-match.ts";
import type { PositionRules, Topic } from "./topic-rules.ts";

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
  readonly beside: boolean;
  readonly trace: TraceLine;
}

interface Kept {
  readonly statement: Statement;
  readonly beside: boolean;
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
      const read = candidatesIn(sentence, context).map((one) =>
        readCandidate(one, field, part.sentence, context, speakers),
      );
      trace.push(...read.map((one) => one.trace));
      for (const { statement } of withoutContradiction(read)) {
        const key = `${statement.topic}|${statement.event}|${statement.position}|${statement.speaker}`;
        if (!statements.has(key)) statements.set(key, statement);
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
  const { topics, reach, elsewhere } = context.story.topics;
  if (sentence.cues.length === 0 || isElsewhere(sentence, elsewhere)) return [];
  return topics.flatMap((topic) => {
    const taken = new Set<number>();
    const candidates: Candidate[] = [];
    for (const rules of topic.positions) {
      const matches = rules.rules.flatMap((rule) => matchRule(rule, sentence, reach));
      const match = matches.find((one) => rules.beside || !taken.has(one.anchor.first));
      if (match) candidates.push({ topic, rules, match });
      if (!rules.beside) for (const one of matches) taken.add(one.anchor.first);
    }
    return candidates;
  });
}

/** Who is silent on something in a sentence does not also take a position on it there. */
function withoutContradiction(read: readonly Read[]): Kept[] {
  const kept = read.flatMap(({ statement, beside }) => (statement ? [{ statement, beside }] : []));
  const silent = kept.filter(({ beside }) => beside).map(({ statement }) => statement);
  return kept.filter(
    ({ statement, beside }) =>
      beside || !silent.some((one) => one.topic === statement.topic && one.speaker === statement.speaker),
  );
}

function isElsewhere({ entities }: TopicSentence, elsewhere: ReadonlySet<string>): boolean {
  const sides = entities.map(({ entity }) => entity.side ?? "");
  return sides.some((side) => elsewhere.has(side)) && !sides.some((side) => TWO.has(side));
}

function readCandidate(
  { topic, rules, match }: Candidate,
  field: FieldContext,
  sentence: Sentence,
  context: ItemContext,
  speakers: SpeakerLookup,
): Read {
  const { tokens, original, field: name } = field.reading;
  const start = tokens[match.first]!.start;
  const end = tokens[match.last - 1]!.end;
  const { event, because } = eventOf(topic, rules, match, field, sentence, context);
  const trace = { rule: `statement ${topic.topic} ${rules.position}`, because, field: name, start, end };
  if (event === undefined) return { statement: null, beside: rules.beside, trace };
  const by = speakerOf(topic, match, name, speakers);
  const quote = original.slice(start, end);
  return {
    statement: { event, topic: topic.topic, position: rules.position, ...by, quote, field: name, start, end },
    beside: rules.beside,
    trace,
  };
}

/** Who says it where it begins, else where it ends, else who does it. */
function speakerOf(topic: Topic, match: RuleMatch, field: FieldName, speakers: SpeakerLookup): Attribution {
  const { first, last } = match.anchor;
  const said = speakers(field, first, last);
  if (said.side !== "media" || topic.narrated) return said;
  const end = speakers(field, match.last - 1, match.last);
  return end.side === "media" ? speakers.acting(field, first, last) : end;
}
