import type { EntityMention } from "../classify/entities.ts";
import type { PhraseHit } from "../language/phrases.ts";
import type { FieldName } from "../language/reading.ts";
import type { Attribution } from "./claim.ts";
import type { Term } from "./topic-rules.ts";

/** A phrase of a cue group, found. */
type Hit = PhraseHit<string>;

/** A sentence as rules see it. */
export interface TopicSentence {
  readonly field: FieldName;
  /** Phrases of the cue groups, in order of place. */
  readonly cues: readonly Hit[];
  readonly entities: readonly EntityMention[];
  /** Groups and sides that stood in the two sentences before. */
  readonly earlierGroups: ReadonlySet<string>;
  readonly earlierSides: ReadonlySet<string>;
  readonly saidBy: (first: number, last: number) => Attribution;
  readonly by: (first: number, last: number) => Attribution;
}

/** Tokens first to last (exclusive) that carry a position, and the first phrase of its rule. */
export interface RuleMatch {
  readonly anchor: Hit;
  readonly first: number;
  readonly last: number;
}

/** The two sides of the conflict, one or both. */
export const TWO: ReadonlySet<string> = new Set(["armenia", "azerbaijan", "both"]);

/** Finds every place in a sentence where all terms of a rule hold. */
export function matchRule(terms: readonly Term[], sentence: TopicSentence, reach: number): RuleMatch[] {
  const [lead, ...rest] = terms;
  if (lead?.kind !== "cue") return [];
  const anchors = sentence.cues.filter((cue) => lead.groups.includes(cue.payload));
  return anchors.flatMap((anchor) => holdsAt(anchor, anchors, rest, sentence, reach));
}

function holdsAt(
  anchor: Hit,
  anchors: readonly Hit[],
  terms: readonly Term[],
  sentence: TopicSentence,
  reach: number,
): RuleMatch[] {
  let { first, last } = anchor;
  for (const term of terms) {
    if (term.kind !== "cue") {
      if (!holds(term, anchor, sentence)) return [];
      continue;
    }
    const hit = nearest(term, anchor, anchors, sentence, term.within ?? (term.absent ? reach / 2 : reach));
    const before = term.earlier && term.groups.some((group) => sentence.earlierGroups.has(group));
    if (term.absent ? hit !== null : hit === null && !before) return [];
    if (hit && !term.absent) [first, last] = [Math.min(first, hit.first), Math.max(last, hit.last)];
  }
  return [{ anchor, first, last }];
}

/** The phrase that a term asks for, within reach, and not closer to another place where the rule begins. */
function nearest(
  { groups }: Extract<Term, { kind: "cue" }>,
  anchor: Hit,
  anchors: readonly Hit[],
  sentence: TopicSentence,
  reach: number,
): Hit | null {
  let best: Hit | null = null;
  let least = reach + 0.5;
  for (const cue of sentence.cues) {
    if (!groups.includes(cue.payload)) continue;
    const distance = between(cue, anchor);
    if (distance < least && anchors.every((other) => between(cue, other) >= distance)) [best, least] = [cue, distance];
  }
  return best;
}

/** Tokens between two phrases; 0 where they touch or overlap. */
function between(a: Hit, b: Hit): number {
  return Math.max(0, a.first - b.last, b.first - a.last);
}

function holds(term: Exclude<Term, { kind: "cue" }>, anchor: Hit, sentence: TopicSentence): boolean {
  if (term.kind === "entity") return sentence.entities.some(({ entity }) => entity.id === term.id) !== term.absent;
  if (term.kind === "side") {
    const here = sentence.entities.some(({ entity }) => entity.side === term.side);
    return (here || (term.earlier && sentence.earlierSides.has(term.side))) !== term.absent;
  }
  const { side } = (term.named ? sentence.saidBy : sentence.by)(anchor.first, anchor.last);
  return (term.side === "two" ? TWO.has(side) : side === term.side) !== term.absent;
}
