import type { EntityMention } from "../classify/entities.ts";
import type { PhraseHit } from "../language/phrases.ts";
import type { FieldName } from "../language/reading.ts";
import type { Attribution } from "./claim.ts";
import type { Term } from "./topic-rules.ts";

/** A sentence as rules see it. */
export interface TopicSentence {
  readonly field: FieldName;
  /** Phrases of the cue groups, in order of place. */
  readonly cues: readonly PhraseHit<string>[];
  readonly entities: readonly EntityMention[];
  /** Groups and sides that stood in the two sentences before. */
  readonly earlierGroups: ReadonlySet<string>;
  readonly earlierSides: ReadonlySet<string>;
  readonly saidBy: (first: number, last: number) => Attribution;
  readonly by: (first: number, last: number) => Attribution;
}

/** Tokens first to last (exclusive) that carry a position, and the first phrase of its rule. */
export interface RuleMatch {
  readonly anchor: PhraseHit<string>;
  readonly first: number;
  readonly last: number;
}

/** The two sides of the conflict. */
const TWO: ReadonlySet<string> = new Set(["armenia", "azerbaijan"]);

/** Finds every place in a sentence where all terms of a rule hold. */
export function matchRule(terms: readonly Term[], sentence: TopicSentence, reach: number): RuleMatch[] {
  const [lead, ...rest] = terms;
  if (lead?.kind !== "cue") return [];
  const matches: RuleMatch[] = [];
  for (const anchor of sentence.cues) {
    if (!lead.groups.includes(anchor.payload)) continue;
    const match = holdsAt(anchor, rest, sentence, reach);
    if (match) matches.push(match);
  }
  return matches;
}

function holdsAt(
  anchor: PhraseHit<string>,
  terms: readonly Term[],
  sentence: TopicSentence,
  reach: number,
): RuleMatch | null {
  let { first, last } = anchor;
  for (const term of terms) {
    if (term.kind !== "cue") {
      if (!holds(term, anchor, sentence)) return null;
      continue;
    }
    const hit = nearest(term.groups, anchor, sentence, term.absent ? reach / 2 : reach);
    const before = term.earlier && term.groups.some((group) => sentence.earlierGroups.has(group));
    if (term.absent ? hit !== null : hit === null && !before) return null;
    if (hit && !term.absent) [first, last] = [Math.min(first, hit.first), Math.max(last, hit.last)];
  }
  return { anchor, first, last };
}

function nearest(
  groups: readonly string[],
  anchor: PhraseHit<string>,
  sentence: TopicSentence,
  reach: number,
): PhraseHit<string> | null {
  let best: PhraseHit<string> | null = null;
  let least = reach + 1;
  for (const cue of sentence.cues) {
    if (!groups.includes(cue.payload)) continue;
    const distance = Math.max(0, cue.first - anchor.last, anchor.first - cue.last);
    if (distance < least) [best, least] = [cue, distance];
  }
  return best;
}

function holds(term: Exclude<Term, { kind: "cue" }>, anchor: PhraseHit<string>, sentence: TopicSentence): boolean {
  if (term.kind === "entity") return sentence.entities.some(({ entity }) => entity.id === term.id) !== term.absent;
  if (term.kind === "side") {
    const here = sentence.entities.some(({ entity }) => entity.side === term.side);
    return (here || (term.earlier && sentence.earlierSides.has(term.side))) !== term.absent;
  }
  const { side } = (term.named ? sentence.saidBy : sentence.by)(anchor.first, anchor.last);
  return (term.side === "two" ? TWO.has(side) : side === term.side) !== term.absent;
}
