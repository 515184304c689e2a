import type { EntityMention } from "../../classify/entities.ts";
import type { FieldContext } from "../../item-context.ts";
import type { NumberMention } from "../../language/reading.ts";

/** A sentence, or a stretch of one too long to be read at once, with the numbers and names in it. */
export interface Passage {
  /** Tokens, end exclusive. */
  readonly first: number;
  readonly last: number;
  readonly numbers: readonly NumberMention[];
  readonly entities: readonly EntityMention[];
  /** It begins a paragraph. */
  readonly opens: boolean;
}

/** A text without stops is read in stretches of this many tokens, so that the work stays linear. */
const LONGEST = 300;

/** Splits a field into passages in one walk over its sentences, numbers and names. */
export function passagesOf(field: FieldContext): Passage[] {
  const { tokens, sentences, numbers } = field.reading;
  const passages: Passage[] = [];
  let nextNumber = 0;
  let nextEntity = 0;
  for (const sentence of sentences) {
    for (let first = sentence.first; first < sentence.last; first += LONGEST) {
      const last = Math.min(sentence.last, first + LONGEST);
      const fromNumber = nextNumber;
      const fromEntity = nextEntity;
      while (nextNumber < numbers.length && numbers[nextNumber]!.last <= last) nextNumber += 1;
      while (nextEntity < field.entities.length && field.entities[nextEntity]!.last <= last) nextEntity += 1;
      const inside = (part: { first: number }): boolean => part.first >= first;
      passages.push({
        first,
        last,
        numbers: numbers.slice(fromNumber, nextNumber).filter(inside),
        entities: field.entities.slice(fromEntity, nextEntity).filter(inside),
        opens: tokens[first]!.gap === "\n",
      });
    }
  }
  return passages;
}
