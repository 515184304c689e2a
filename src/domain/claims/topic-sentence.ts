import type { EntityMention } from "../classify/entities.ts";
import type { FieldContext, ItemContext } from "../item-context.ts";
import type { PhraseHit } from "../language/phrases.ts";
import type { Sentence } from "../language/reading.ts";
import type { SpeakerLookup } from "./attribution.ts";
import type { Attribution } from "./claim.ts";

/** What a sentence is about, as the sentences after it may take it up. */
export interface Subjects {
  /** Cue groups of which it has phrases. */
  readonly groups: Pick<ReadonlySet<string>, "has">;
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
/** Most sentences of other news are about nothing that the rules know. */
const NOTHING: Subjects = { groups: new Set(), sides: new Set() };

/** The sentences of an item, title first, with the phrases and names that each holds. One walk over each field. */
export function topicSentences(context: ItemContext, speakers: SpeakerLookup): TopicSentence[] {
  const find = context.story.topics.cues(context.reading.lang);
  const sentences: TopicSentence[] = [];
  const past: Subjects[] = [];
  for (const field of context.fields) {
    const cues = find(field.reading.tokens);
    let [cue, name] = [0, 0];
    for (const sentence of field.reading.sentences) {
      const [firstCue, firstName] = [cue, name];
      while (cue < cues.length && cues[cue]!.first < sentence.last) cue += 1;
      while (name < field.entities.length && field.entities[name]!.first < sentence.last) name += 1;
      if (cue === firstCue && name === firstName) {
        past.push(NOTHING);
        continue;
      }
      const hits = byGroup(cues.slice(firstCue, cue));
      const entities = field.entities.slice(firstName, name);
      const sides = new Set(entities.flatMap(({ entity }) => entity.side ?? []));
      const before = past.slice(-MEMORY);
      past.push({ groups: hits, sides });
      if (hits.size > 0) sentences.push({ field, sentence, hits, entities, sides, before, ...saying(field, speakers) });
    }
  }
  return sentences;
}

/** A phrase that several spellings of its group find is one. */
function byGroup(found: readonly PhraseHit<string>[]): Map<string, PhraseHit<string>[]> {
  const hits = new Map<string, PhraseHit<string>[]>();
  for (const hit of found) {
    const known = hits.get(hit.payload);
    if (known === undefined) hits.set(hit.payload, [hit]);
    else if (!known.some(({ first, last }) => first === hit.first && last === hit.last)) known.push(hit);
  }
  return hits;
}

function saying(field: FieldContext, speakers: SpeakerLookup): Pick<TopicSentence, "saidBy" | "by"> {
  const name = field.reading.field;
  return {
    saidBy: (first, last) => speakers(name, first, last),
    by: (first, last) => speakers.acting(name, first, last),
  };
}
