import type { EntityMention } from "../../classify/entities.ts";
import { isAdversary } from "./adversary.ts";
import { endBefore, isGoal, isRaised, isStart } from "./changes.ts";
import type { Counted } from "./counted.ts";
import type { Distance } from "./distance.ts";
import type { Link } from "./pairs.ts";
import { frameAt, frameBefore, framed, type SentenceCues } from "./sentence-cues.ts";
import { partyOf } from "./sides.ts";

/** How far apart two numbers of one list may stand. */
export const LIST_GAP = 2.2;

/** How far the neighbour may stand whose measure a number takes, by what it counts. */
const GAP = { people: 5.5, bare: 3.6 } as const;
const GAP_WITH_NAME = 6.5;
/** "The remains of 32 on Saturday, and a further 95 on Tuesday": more of the same, by the same words. */
const GAP_OF_MORE = 9;
const GAP_OF_PART = 12;
/** An earlier value may stand behind the whole of what its newer one was said of. */
const GAP_OF_PREVIOUS = 12;
/** What may stand between "in all" and its number: "in all handed over 127". */
const COUNT_GAP = 1.1;
/** How many tokens may stand before and behind the name in "…, while Azerbaijan spoke of 48". */
const CONTRAST_REACH = 5;

/** Numbers without a measure of their own take that of the neighbour they are listed with, to the left or else right. */
export function inheritMeasures(
  sentence: SentenceCues,
  counted: readonly Counted[],
  links: Map<Counted, Link>,
  distance: Distance,
): void {
  const take = (one: Counted, neighbour: Counted | undefined, gapOf: (link: Link) => number): void => {
    const link = neighbour && links.get(neighbour);
    if (!link || links.has(one) || !mayTake(sentence, one, link, distance, gapOf)) return;
    links.set(one, { counted: one, hit: link.hit, inherited: link });
  };
  for (const [at, one] of counted.entries()) {
    take(one, counted[at - 1], (link) => {
      const end = endBefore(link, one);
      return distance(end, Math.max(end, one.first));
    });
  }
  for (let at = counted.length - 1; at >= 0; at -= 1) {
    const one = counted[at]!;
    const gapTo = (link: Link): number => distance(one.last, Math.max(one.last, link.counted.first));
    take(one, counted[at + 1], (link) =>
      isAdded(sentence, one)
        ? 0
        : isJoined(sentence, one, link) &&
            (isTold(sentence, one) || isParallel(sentence, one, link) || gapTo(link) <= LIST_GAP)
          ? gapTo(link)
          : Infinity,
    );
  }
}

/** "Added six more, bringing the toll to 77": the step before the new value, joined to it. */
function isAdded(sentence: SentenceCues, { noun, role, last }: Counted): boolean {
  return noun === "bare" && role === "increment" && framed(sentence, "added").some((hit) => hit.first <= last);
}

/** Whether "and" or a comma joins a number to the one behind it, and no words of measure stand between. */
function isJoined(sentence: SentenceCues, one: Counted, { counted: next }: Link): boolean {
  const within = ({ first }: { first: number }): boolean => first >= one.last && first < next.first;
  if (sentence.measures.some(within)) return false;
  if (framed(sentence, "and").some(within)) return true;
  return sentence.tokens.slice(one.last, next.first).some((token) => token.folded === ",");
}

function mayTake(
  sentence: SentenceCues,
  one: Counted,
  link: Link,
  distance: Distance,
  gapOf: (link: Link) => number,
): boolean {
  if (one.number.form === "singular") return isJoinedPerson(sentence, one, link, distance);
  if (link.hit.cue.measure === "area_km2") return isOfLand(sentence, one, link, distance);
  if (one.noun === "unknown" && one.role === "component") return isPartBehind(one, link) && gapOf(link) <= GAP_OF_PART;
  if (one.noun !== "people" && one.noun !== "bare") return false;
  if (isCount(sentence, one, distance) || isContrasted(sentence, link, one) || isEarlier(sentence, link, one))
    return true;
  if (isInstead(sentence, one, link) || isRaised(sentence, one, link) || isGoal(sentence, one, link)) return true;
  if (isBatchBefore(sentence, one, link)) return gapOf(link) <= GAP_OF_MORE;
  const isPart = one.role === "component" || one.role === "previous" || isStart(sentence, one, link, distance);
  const parallel = isParallel(sentence, one, link);
  if (!isPart && !parallel && (!isListed(sentence, one) || isOfStranger(sentence, one, link))) return false;
  const named = one.entities.length > 0 || isNamedBefore(sentence, one) || parallel;
  const gapOfPart = one.role === "previous" ? GAP_OF_PREVIOUS : GAP_OF_PART;
  if (one.role === "increment" && one.noun === "bare" && !isApart(sentence, one, link))
    return gapOf(link) <= GAP_OF_MORE;
  return gapOf(link) <= (isPart ? gapOfPart : named ? GAP_WITH_NAME : GAP[one.noun]);
}

/** "160 were wounded, of whom 14 lie in a grave condition": fewer, and behind the whole and the words for a part. */
function isPartBehind({ first, number }: Counted, { counted: whole }: Link): boolean {
  return first < number.first && whole.last <= first && (number.value ?? Infinity) < (whole.number.value ?? 0);
}

/** "6,600 perished, and Russia keeps 1,960 troops there": behind a third party's name something else is told. */
function isOfStranger(sentence: SentenceCues, one: Counted, link: Link): boolean {
  const end = endBefore(link, one);
  const name = sentence.entities.findLast((mention) => mention.first >= end && mention.last < one.first);
  return name !== undefined && partyOf(name) === "other";
}

/** "95 bodies, after 32 on Saturday": what changed hands before, in the words of what does now. */
function isBatchBefore(sentence: SentenceCues, { noun, first, last, role }: Counted, { hit, counted }: Link): boolean {
  const { measure } = hit.cue;
  if (noun !== "bare" || role !== null || first < counted.last || (measure !== "bodies" && measure !== "captured"))
    return false;
  return frameBefore(sentence, "besides", first) || frameAt(sentence, "besides-after", last);
}

/** "The death of 71 soldiers and a civilian": one more person in the same breath. */
function isJoinedPerson(sentence: SentenceCues, one: Counted, { counted, hit }: Link, distance: Distance): boolean {
  if (one.noun !== "people" || hit.cue.place !== "before" || hit.cue.measure === "area_km2") return false;
  const joined = framed(sentence, "and").some(({ first }) => first >= counted.last && first < one.first);
  return joined && one.first > counted.first && distance(counted.last, one.first) <= LIST_GAP;
}

/** How many tokens may part a denied number from the one that is said in its place. */
const INSTEAD_REACH = 5;

/** "Not 150 but 105", "105, not 150": a denied number and the one said in its place measure the same. */
function isInstead(sentence: SentenceCues, one: Counted, { counted: next }: Link): boolean {
  if (one.noun !== "bare" || (one.role === "denied") === (next.role === "denied")) return false;
  const [from, to] =
    one.first > next.first ? [next.number.last, one.number.first] : [one.number.last, next.number.first];
  if (to - from > INSTEAD_REACH) return false;
  return !sentence.measures.some(({ first }) => first >= from && first < to);
}

/** "32 were returned; another 60 are to follow": behind such a mark something else is said of them. */
function isApart({ tokens }: SentenceCues, one: Counted, { counted }: Link): boolean {
  return tokens.slice(counted.last, one.first).some(({ folded }) => folded === ";");
}

/** How near to a number without a unit the words stand that take land. */
const LAND_REACH = 1.5;

/** "10 sq km, besides the 40 it took in May", "10 and 40 sq km": land without a unit of its own. */
export function isOfLand(sentence: SentenceCues, one: Counted, { counted, hit }: Link, distance: Distance): boolean {
  if (one.noun !== "bare" && one.noun !== "unknown") return false;
  const taken = framed(sentence, "land").some(({ first, last }) =>
    first >= one.number.last
      ? distance(one.number.last, first) <= LAND_REACH
      : last <= one.first && distance(last, one.first) <= LAND_REACH && (last > hit.last || one.last <= counted.first),
  );
  if (one.last <= counted.first && hit.first >= counted.number.last)
    return one.noun === "bare" && (taken || distance(one.last, counted.number.first) <= LAND_PAIR);
  return one.number.first >= counted.last && (taken || one.role === "increment");
}

/** How far apart stand two numbers that share one unit: "10 and 40 sq km". */
const LAND_PAIR = 1.2;

/** Whether something at the number says whose or what part it is. */
function isTold(sentence: SentenceCues, counted: Counted): boolean {
  return counted.entities.length > 0 || counted.role !== null || isNamedBefore(sentence, counted);
}

/** How near before its number each of two sides is named. */
const PARALLEL_REACH = 3;

/** "Yerevan gave 118 of its men, Baku for its part 64 of its men as dead": each number behind its side, one predicate. */
function isParallel(sentence: SentenceCues, one: Counted, { counted: next }: Link): boolean {
  if (next.first < one.last) return false;
  const names = (from: number, to: number): boolean =>
    sentence.entities.some(
      ({ first, last, entity }) =>
        first >= from && last <= to && (entity.side === "armenia" || entity.side === "azerbaijan"),
    );
  return (
    names(Math.max(sentence.first, one.first - PARALLEL_REACH), one.first) &&
    names(Math.max(one.last, next.first - PARALLEL_REACH), next.first)
  );
}

/** "Armenia 108, Azerbaijan 71", "Armenia, 108; Azerbaijan, 71": a name that begins its part of the list, or right beside. */
function isNamedBefore({ entities, tokens }: SentenceCues, { first }: Counted): boolean {
  const begins = (at: number): boolean => /^[:;,]$/.test(tokens[at - 1]?.folded ?? "");
  return entities.some(
    (name) =>
      name.last === first || (name.last === first - 1 && tokens[name.last]!.folded === "," && begins(name.first)),
  );
}

/**
 * A bare number is listed only when something says whose it is ("50 on the Azerbaijani side", "180 из Минобороны"), that it
 * comes on top, or that the numbers are those of the sides in turn.
 */
function isListed(sentence: SentenceCues, counted: Counted): boolean {
  if (counted.role === "increment" || framed(sentence, "in-turn").length > 0) return true;
  if (counted.noun === "people" || counted.entities.length > 0 || isNamedBefore(sentence, counted)) return true;
  return frameAt(sentence, "light", counted.last);
}

const DASH = /^[-–—]$/;

/** "Hundreds are unaccounted for; the list has a count of 260": a count of what the sentence speaks of. */
export function isCount(sentence: SentenceCues, counted: Counted, distance: Distance): boolean {
  if (counted.noun !== "bare") return false;
  // "the real number — 52"
  const first = DASH.test(sentence.tokens[counted.first - 1]?.folded ?? "") ? counted.first - 1 : counted.first;
  return framed(sentence, "count").some(({ last }) => last <= first && distance(last, first) <= COUNT_GAP);
}

/** "…, an earlier count put it at 50": a bare number that the words right before it call an earlier value. */
function isEarlier(sentence: SentenceCues, link: Link, counted: Counted): boolean {
  if (counted.noun !== "bare") return false;
  const end = endBefore(link, counted);
  const said = sentence.roles.findLast(
    ({ cue, first, last }) =>
      cue.role === "previous" &&
      (cue.place === "clause" || (cue.place === "item" && isLower(counted, link))) &&
      first >= end &&
      last <= counted.first,
  );
  if (!said || counted.first - said.last > CONTRAST_REACH) return false;
  return !sentence.measures.some((hit) => hit.first >= said.last && hit.last <= counted.number.first);
}

function isLower({ number }: Counted, { counted: newer }: Link): boolean {
  return (number.value ?? Infinity) < (newer.number.value ?? 0);
}

/** A bare number behind another side's name goes on with what the number before it measures. */
function isContrasted(sentence: SentenceCues, link: Link, counted: Counted): boolean {
  if (counted.noun !== "bare") return false;
  const name = contrastName(sentence, link, counted);
  return !!name && !sentence.measures.some((hit) => hit.first >= name.last && hit.last <= counted.number.first);
}

/** "71 fell repelling Armenian attacks, eight of them guards": whose part it is says the whole, no name before its words. */
function isSaidPart({ roles }: SentenceCues, { first: from, last: to }: Counted): boolean {
  return roles.some(({ cue, first, last }) => cue.role === "component" && first >= from && last <= to);
}

/** «со стороны Армении погибли 105, со стороны Азербайджана — 50»: a dash alone sets a name before its number. */
function isDashed({ tokens }: SentenceCues, { last }: EntityMention, { first }: Counted): boolean {
  return first - last === 1 && DASH.test(tokens[last]!.folded);
}

/** The name that stands between a number and the one listed behind it. */
export function contrastName(sentence: SentenceCues, link: Link, counted: Counted): EntityMention | undefined {
  const isPart = counted.role === "component";
  if (isPart && isSaidPart(sentence, counted)) return undefined;
  const follows = link.counted.last <= counted.first;
  // a part of a sum that comes behind it stands behind no number but another part
  const said = follows || !isPart ? endBefore(link, counted) : sentence.first;
  const before = sentence.numbers.findLast((one) => one.notFigure === null && one.last <= counted.first);
  const end = Math.max(said, follows || isPart ? (before?.last ?? 0) : 0, sentence.first);
  const name = sentence.entities.findLast(
    ({ first, last, entity }) =>
      first >= end && last <= counted.number.first && (entity.side === "armenia" || entity.side === "azerbaijan"),
  );
  if (name && !isDashed(sentence, name, counted) && isAdversary(sentence, name)) return undefined;
  // "105 of its men were killed while Baku acknowledged the death of 71": a word sets the name against what went before
  const follow = name && (name.first - end <= CONTRAST_REACH || frameBefore(sentence, "break", name.first));
  const near = follow && counted.first - name.last <= CONTRAST_REACH;
  return near ? name : undefined;
}
