import type { EntityMention } from "../../classify/entities.ts";
import { frameAt, frameBefore, framed, type SentenceCues } from "./sentence-cues.ts";

/** How many tokens the two names behind "between" may take, or before its like in languages that put it last. */
const BETWEEN_REACH = 5;
const COMPOUND_REACH = 2;

/** Whether words or a case ending make a name the adversary or agent: "clashes with Azerbaijan", "by Azerbaijani fire". */
export function isAdversary(sentence: SentenceCues, mention: EntityMention): boolean {
  if (isBetween(sentence, mention)) return false;
  const { first, last, entity } = mention;
  const leads = ({ last: end }: { last: number }): boolean => end <= first && first - end <= 1;
  // «Ադրբեջանը Հայաստանի հետ»: the name right before such a word is meant, no name before that
  const follows = ({ first: start }: { first: number }): boolean =>
    start === last || (start === last + 1 && !sentence.entities.some((other) => other.first === last));
  const does = (hit: { first: number; last: number }): boolean => !isTold(sentence, hit);
  const led =
    framed(sentence, "against").some(leads) ||
    (entity.kind !== "place" && framed(sentence, "agent").some((hit) => leads(hit) && does(hit)));
  if (led && !frameAt(sentence, "from-side", last)) return true;
  if (framed(sentence, "against-after").some(follows)) return true;
  const done = framed(sentence, "agent-after").some(
    (hit) =>
      hit.first >= last &&
      does(hit) &&
      isCompound(sentence, last, hit.first) &&
      !(entity.kind === "place" && isStruck(sentence, mention, hit.first)),
  );
  if (done) return true;
  return hasEnding(sentence, last - 1, sentence.cues.againstEndings);
}

/** "Azərbaycanda", "Azerbaycan'da", "Sotk köyünde": a name as the place where something is or happens. */
export function isPlaceOf(sentence: SentenceCues, { last, entity }: EntityMention): boolean {
  const { inEndings } = sentence.cues;
  return hasEnding(sentence, last - 1, inEndings) || (entity.kind === "place" && hasEnding(sentence, last, inEndings));
}

/** Whether a name stands right behind "by": it did or said something, and is no subject. */
export function isBehindAgent(sentence: SentenceCues, { first }: EntityMention): boolean {
  return framed(sentence, "agent").some(({ last }) => last <= first && first - last <= 1);
}

/** "105 deaths confirmed by Armenia", "Ermenistan tarafından açıklanan": by whom it is said, not done. */
function isTold(sentence: SentenceCues, { first, last }: { first: number; last: number }): boolean {
  return frameBefore(sentence, "told", first) || frameAt(sentence, "told", last);
}

/** "Armenian cluster missile attack": nothing but words of one compound, and whom it struck, between a name and what it did. */
function isCompound(sentence: SentenceCues, from: number, to: number): boolean {
  let words = 0;
  for (let at = from; at < to; at += 1) {
    const name = sentence.entities.find(({ first, last }) => first <= at && last > at);
    if (name && name.entity.kind !== "place") return false;
    const counts = sentence.numbers.some(
      ({ first, last, notFigure }) => notFigure !== null && first <= at && last > at,
    );
    if (name || counts || frameAt(sentence, "side", at)) continue;
    words += 1;
    if (words > COMPOUND_REACH) return false;
    if (sentence.tokens[at]!.kind !== "word" || frameAt(sentence, "light", at) || frameAt(sentence, "break", at))
      return false;
    if (sentence.people.some((hit) => hit.first === at) || sentence.measures.some((hit) => hit.first === at))
      return false;
  }
  return true;
}

/** "Ermenistan'ın Gence'ye saldırısı": a place behind the name of who struck is what was struck. */
function isStruck(sentence: SentenceCues, { first: place }: EntityMention, at: number): boolean {
  return sentence.entities.some(
    ({ entity, last }) => entity.kind !== "place" && last <= place && isCompound(sentence, last, at),
  );
}

/** What was found of the names of a sentence: each is asked about for every number. */
const asides = new WeakMap<SentenceCues, Map<EntityMention, boolean>>();

/** Whether a name stands aside from those who are counted: an adversary, one of two "between" whom it happened, or a teller. */
export function isAside(sentence: SentenceCues, mention: EntityMention): boolean {
  let known = asides.get(sentence);
  if (!known) {
    known = new Map();
    asides.set(sentence, known);
  }
  const found = known.get(mention);
  if (found !== undefined) return found;
  const aside =
    isAdversary(sentence, mention) ||
    isBetween(sentence, mention) ||
    isBeside(sentence, mention, "teller") ||
    isBeside(sentence, mention, "border");
  known.set(mention, aside);
  return aside;
}

/** Whether a name stands aside for nothing but "border" beside it. */
export function isBorderOnly(sentence: SentenceCues, mention: EntityMention): boolean {
  return !isAdversary(sentence, mention) && !isBetween(sentence, mention) && !isBeside(sentence, mention, "teller");
}

/** "Armenian media", "the Armenian border": the name says only who tells it, or where it happened. */
function isBeside(sentence: SentenceCues, { first, last, entity }: EntityMention, frame: "teller" | "border"): boolean {
  if (entity.kind === "person") return false;
  return framed(sentence, frame).some((hit) => hit.last === first || hit.first === last);
}

function isBetween(sentence: SentenceCues, { first, last }: EntityMention): boolean {
  const between = framed(sentence, "between").some(
    (hit) => hit.last <= first && last - hit.last <= BETWEEN_REACH && !opensRange(sentence, hit),
  );
  return (
    between || framed(sentence, "between-after").some((hit) => last <= hit.first && hit.first - first <= BETWEEN_REACH)
  );
}

/** "Between 70 and 80 Azerbaijani soldiers": two numbers, no two names. */
function opensRange({ numbers }: SentenceCues, { first, last }: { first: number; last: number }): boolean {
  return numbers.some((number) => number.form === "range" && number.first >= first && number.first <= last);
}

function hasEnding(sentence: SentenceCues, at: number, endings: readonly string[]): boolean {
  const token = sentence.tokens[at];
  if (!token || endings.length === 0) return false;
  const word = token.suffix === "" ? token.folded : token.suffix;
  return endings.some((ending) => word.endsWith(ending));
}
