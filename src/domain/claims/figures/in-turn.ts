import type { EntityMention } from "../../classify/entities.ts";
import type { Link } from "./pairs.ts";
import { framed, type SentenceCues } from "./sentence-cues.ts";
import { type PartyFinding, storySide } from "./sides.ts";

/** How many tokens may stand between the two names, and between the two numbers. */
const NAMES_REACH = 3;
const NUMBERS_REACH = 5;

/** "Armenia and Azerbaijan reported 135 and 77 dead respectively": two numbers of one measure, in the order of the sides. */
export function sidesInTurn(sentence: SentenceCues, links: readonly Link[]): ReadonlyMap<Link, PartyFinding> {
  const found = new Map<Link, PartyFinding>();
  if (framed(sentence, "in-turn").length === 0) return found;
  const names = pairOfNames(sentence.entities);
  const numbers = names && pairOfNumbers(links);
  if (!names || !numbers) return found;
  for (const [at, link] of numbers.entries())
    found.set(link, { party: storySide(names[at]!)!, because: "the sides are named in this order", sure: true });
  return found;
}

function pairOfNames(entities: readonly EntityMention[]): readonly EntityMention[] | null {
  const sides = entities.filter((mention) => mention.entity.kind !== "person" && storySide(mention));
  const pairs = sides.flatMap((name, at) => {
    const next = sides[at + 1];
    return next && next.first - name.last <= NAMES_REACH && storySide(next) !== storySide(name) ? [[name, next]] : [];
  });
  return pairs.length === 1 ? pairs[0]! : null;
}

function pairOfNumbers(links: readonly Link[]): readonly Link[] | null {
  const open = links.filter((link) => !isSumOf(link, links));
  const pairs = open.flatMap((link, at) => {
    const next = open[at + 1];
    const isNext = next && next.counted.number.first - link.counted.number.last <= NUMBERS_REACH;
    return isNext && next.hit.cue.measure === link.hit.cue.measure ? [[link, next]] : [];
  });
  return pairs.length === 1 ? pairs[0]! : null;
}

/** "Lost 176 men: 105 and 71 respectively": the sum of two others is no side's number. */
function isSumOf({ counted: { number } }: Link, links: readonly Link[]): boolean {
  const parts = links.filter(
    ({ inherited, counted }) => inherited?.counted.number === number && counted.number !== number,
  );
  return (
    parts.length === 2 && parts.reduce((sum, { counted }) => sum + (counted.number.value ?? 0), 0) === number.value
  );
}
