import type { PhraseHit } from "../language/phrases.ts";
import type { Term } from "./topic-rules.ts";
import type { TopicSentence } from "./topic-sentence.ts";

/** A phrase of a cue group, found. */
type Hit = PhraseHit<string>;

/** Tokens first to last (exclusive) that carry a position, and the first phrase of its rule. */
export interface RuleMatch {
  readonly anchor: Hit;
  readonly first: number;
  readonly last: number;
}

/** The two sides of the conflict, one or both. */
export const TWO: ReadonlySet<string> = new Set(["armenia", "azerbaijan", "both"]);

const NOWHERE: readonly RuleMatch[] = [];

/** Finds every place in a sentence where all terms of a rule hold. */
export function matchRule(terms: readonly Term[], sentence: TopicSentence, reach: number): readonly RuleMatch[] {
  const lead = terms[0];
  if (lead?.kind !== "cue" || !lead.groups.some((group) => sentence.hits.has(group))) return NOWHERE;
  const anchors = hitsOf(lead.groups, sentence);
  return anchors.flatMap((anchor) => holdsAt(anchor, anchors, terms, sentence, reach));
}

function hitsOf(groups: readonly string[], { hits }: TopicSentence): readonly Hit[] {
  if (groups.length === 1) return hits.get(groups[0]!) ?? [];
  return groups.flatMap((group) => hits.get(group) ?? []);
}

function holdsAt(
  anchor: Hit,
  anchors: readonly Hit[],
  terms: readonly Term[],
  sentence: TopicSentence,
  reach: number,
): RuleMatch[] {
  let { first, last } = anchor;
  for (let index = 1; index < terms.length; index += 1) {
    const term = terms[index]!;
    if (term.kind !== "cue") {
      if (!holds(term, anchor, sentence)) return [];
      continue;
    }
    const hit = nearest(term, anchor, anchors, sentence, term.within ?? (term.absent ? reach / 2 : reach));
    const before = term.earlier && term.groups.some((group) => sentence.before.some(({ groups }) => groups.has(group)));
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
  for (const cue of hitsOf(groups, sentence)) {
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
    const before = term.earlier && sentence.before.some(({ sides }) => sides.has(term.side));
    return (sentence.sides.has(term.side) || before) !== term.absent;
  }
  const { side } = (term.named ? sentence.saidBy : sentence.by)(anchor.first, anchor.last);
  return (term.side === "two" ? TWO.has(side) : side === term.side) !== term.absent;
}
