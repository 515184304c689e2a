import type { EntityMention } from "../classify/entities.ts";
import type { PhraseHit } from "../language/phrases.ts";
import type { Term } from "./topic-rules.ts";
import type { TopicSentence } from "./topic-sentence.ts";

/** A phrase of a cue group, found. */
type Hit = PhraseHit<string>;

/** Tokens first to last (exclusive). */
type Span = Pick<Hit, "first" | "last">;

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
  const anchors = hitsOf(lead, sentence);
  return anchors.flatMap((anchor) => holdsAt(anchor, anchors, terms, sentence, reach));
}

type CueTerm = Extract<Term, { kind: "cue" }>;

/** The group of words that deny a deed: "did not", "has not". */
const NOT = "not";
/** How near they stand to it: "has not yet handed over". */
const NOT_REACH = 1;

/** The group of words that set a clause against the one before it. */
const BUT = "but";

function hitsOf({ groups, done }: CueTerm, { hits }: TopicSentence): readonly Hit[] {
  const found = groups.length === 1 ? (hits.get(groups[0]!) ?? []) : groups.flatMap((group) => hits.get(group) ?? []);
  const denials = done ? hits.get(NOT) : undefined;
  if (denials === undefined) return found;
  return found.filter((hit) => denials.every((denial) => between(denial, hit) > NOT_REACH));
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
      if (!holds(term, anchor, terms, sentence)) return [];
      continue;
    }
    const hit = nearest(term, anchor, anchors, sentence, reachOf(term, reach));
    const before = term.earlier && term.groups.some((group) => sentence.before.some(({ groups }) => groups.has(group)));
    if (term.absent ? hit !== null : hit === null && !before) return [];
    if (hit && !term.absent) [first, last] = [Math.min(first, hit.first), Math.max(last, hit.last)];
  }
  return [{ anchor, first, last }];
}

/** What may stand in a sentence before may stand anywhere in this one. */
function reachOf({ within, absent, earlier }: CueTerm, reach: number): number {
  return within ?? (absent ? reach / 2 : earlier ? Number.POSITIVE_INFINITY : reach);
}

/** The phrase that a term asks for, within reach, and not closer to another place (one that it does not touch) where the rule begins. */
function nearest(
  term: CueTerm,
  anchor: Hit,
  anchors: readonly Hit[],
  sentence: TopicSentence,
  reach: number,
): Hit | null {
  let best: Hit | null = null;
  let least = reach + 0.5;
  for (const cue of hitsOf(term, sentence)) {
    const distance = between(cue, anchor);
    if (term.clause && isSetAgainst(cue, anchor, sentence)) continue;
    const isNearest = anchors.every((other) => between(anchor, other) === 0 || between(cue, other) >= distance);
    if (distance < least && isNearest) [best, least] = [cue, distance];
  }
  return best;
}

/** The group of words that deny what stands right before them. */
const REPLY = "reply";

/**
 * Whether a word of contrast stands between two phrases: what one clause denies is not what the other says; nor is
 * what one side says undone by the reply of the other ("accused …, and Baku denied that").
 */
function isSetAgainst(a: Span, b: Span, { hits }: TopicSentence): boolean {
  if (a.first > b.first && hits.get(REPLY)?.some((reply) => a.first < reply.last && reply.first < a.last)) return true;
  const [from, to] = [Math.min(a.last, b.last), Math.max(a.first, b.first)];
  return hits.get(BUT)?.some((but) => but.first >= from && but.last <= to) ?? false;
}

/** The group of words that go on with a list. */
const AND = "and";
const CLAUSE_MARK = /^[,;՝]$/;

/**
 * Whether a person stands in another clause than a deed and either has a third person in it («Erdogan met Putin, Aliyev
 * Xi»): each clause is then about its own pair. One of a list («met Erdogan, Aliyev and Raisi») stands in no clause of its own.
 */
function isWithAnother(mention: EntityMention, deed: Span, terms: readonly Term[], sentence: TopicSentence): boolean {
  const clauses = [clauseOf(mention, sentence), clauseOf(deed, sentence)] as const;
  if (clauses[0].first === clauses[1].first || isListed(mention, sentence)) return false;
  const isAsked = ({ entity }: EntityMention) => terms.some((term) => term.kind === "entity" && term.id === entity.id);
  const sides = new Set(sentence.entities.filter(isAsked).map(({ entity }) => entity.side));
  return sentence.entities.some(
    ({ entity, first }) =>
      entity.kind === "person" &&
      !sides.has(entity.side) &&
      clauses.some((clause) => first >= clause.first && first < clause.last),
  );
}

function clauseOf({ first, last }: Span, { field, sentence }: TopicSentence): Span {
  const { tokens } = field.reading;
  const isMark = (at: number) => CLAUSE_MARK.test(tokens[at]!.folded);
  let [from, to] = [first, last];
  while (from > sentence.first && !isMark(from - 1)) from -= 1;
  while (to < sentence.last && !isMark(to)) to += 1;
  return { first: from, last: to };
}

function isListed({ first, last }: Span, { field, sentence, hits }: TopicSentence): boolean {
  const joins = (at: number) =>
    at < sentence.first ||
    at >= sentence.last ||
    field.reading.tokens[at]!.folded === "," ||
    (hits.get(AND)?.some((and) => and.first === at) ?? false);
  return first > sentence.first && joins(first - 1) && joins(last);
}

/** Tokens between two phrases; 0 where they touch or overlap. */
function between(a: Hit, b: Hit): number {
  return Math.max(0, a.first - b.last, b.first - a.last);
}

function holds(
  term: Exclude<Term, { kind: "cue" }>,
  anchor: Hit,
  terms: readonly Term[],
  sentence: TopicSentence,
): boolean {
  if (term.kind === "entity") {
    const isApart = (mention: EntityMention) =>
      term.clause && (isSetAgainst(mention, anchor, sentence) || isWithAnother(mention, anchor, terms, sentence));
    return sentence.entities.some((mention) => mention.entity.id === term.id && !isApart(mention)) !== term.absent;
  }
  if (term.kind === "side") {
    const before = term.earlier && sentence.before.some(({ sides }) => sides.has(term.side));
    return (sentence.sides.has(term.side) || before) !== term.absent;
  }
  const { side } = (term.named ? sentence.saidBy : sentence.by)(anchor.first, anchor.last);
  return (term.side === "two" ? TWO.has(side) : side === term.side) !== term.absent;
}
