import type { EntityMention } from "../classify/entities.ts";
import type { FieldContext, ItemContext } from "../item-context.ts";
import type { PhraseHit } from "../language/phrases.ts";
import type { Sentence } from "../language/reading.ts";
import type { SpeakerLookup } from "./attribution.ts";
import type { Attribution } from "./claim.ts";

/** What a sentence is about, as the sentences after it may take it up. */
export interface Subjects {
  readonly groups: ReadonlySet<string>;
  readonly sides: ReadonlySet<string>;
}

/** A sentence as the rules of topics see it. */
export interface TopicSentence {
  readonly field: FieldContext;
  readonly sentence: Sentence;
  /** Phrases found, by cue group, in order of place. */
  readonly hits: ReadonlyMap<string, readonly PhraseHit<string>[]>;
  readonly entities: readonly EntityMention[];
  /** Sides named in it. */
  readonly sides: ReadonlySet<string>;
  /** The sentences shortly before. */
  readonly before: readonly Subjects[];
  readonly saidBy: (first: number, last: number) => Attribution;
  readonly by: (first: number, last: number) => Attribution;
}

/** How many sentences back a term may look. */
const MEMORY = 2;

/** The sentences of an item, title first, with the phrases and names that each holds. One walk over each field. */
export function topicSentences(context: ItemContext, speakers: SpeakerLookup): TopicSentence[] {
  const find = context.story.topics.cues(context.reading.lang);
  const sentences: TopicSentence[] = [];
  const past: Subjects[] = [];
  for (const field of context.fields) {
    const cues = find(field.reading.tokens);
    let [cue, name] = [0, 0];
    for (const sentence of field.reading.sentences) {
      const hits = new Map<string, PhraseHit<string>[]>();
      for (; cue < cues.length && cues[cue]!.first < sentence.last; cue += 1) keep(hits, cues[cue]!);
      const firstName = name;
      while (name < field.entities.length && field.entities[name]!.first < sentence.last) name += 1;
      const entities = field.entities.slice(firstName, name);
      const sides = new Set(entities.flatMap(({ entity }) => entity.side ?? []));
      const before = past.slice(-MEMORY);
      past.push({ groups: new Set(hits.keys()), sides });
      if (hits.size > 0) sentences.push({ field, sentence, hits, entities, sides, before, ...saying(field, speakers) });
    }
  }
  return sentences;
}

/** A phrase that several spellings of its group find is one. */
function keep(hits: Map<string, PhraseHit<string>[]>, hit: PhraseHit<string>): void {
  const known = hits.get(hit.payload);
  if (known === undefined) hits.set(hit.payload, [hit]);
  else if (!known.some(({ first, last }) => first === hit.first && last === hit.last)) known.push(hit);
}

function saying(field: FieldContext, speakers: SpeakerLookup): Pick<TopicSentence, "saidBy" | "by"> {
  const name = field.reading.field;
  return {
    saidBy: (first, last) => speakers(name, first, last),
    by: (first, last) => speakers.acting(name, first, last),
  };
}
