import type { EntityMention } from "../../classify/entities.ts";
import type { Party } from "../claim.ts";
import { isAdversary, isAside, isBehindAgent, isBorderOnly, isPlaceOf } from "./adversary.ts";
import type { Distance } from "./distance.ts";
import { contrastName } from "./inherit.ts";
import { isJoinedName, labelOf } from "./name-pairs.ts";
import type { Link } from "./pairs.ts";
import { frameAt, frameBefore, framed, isJoinedOn, type SentenceCues } from "./sentence-cues.ts";
import { opposite, type PartyContext, type PartyFinding, partyOf, type Side, storySide } from "./sides.ts";
import { fromTransfer } from "./transfer.ts";

const BOTH_BEFORE = 2.5;
const BOTH_BEHIND = 4;
const LAND_GAP = 1.2;
/** How far a name stands from the words that count: before them, behind them, behind them as a side. */
const NAME_BEFORE = 0.5;
const NAME_BEHIND = 1.4;
const SIDE_BEHIND = 2.2;
const PLACE_BEHIND = 3;
/** "Armenia death toll from Azerbaijan clashes": behind "from" a name tells what they died of. */
const FROM_COST = 0.3;
const PLACE_OF_DISPLACED = 2.5;
const ADVERSARY_REACH = 3.5;

/** The party by the names at the figure. */
export function fromNames(
  sentence: SentenceCues,
  link: Link,
  distance: Distance,
  context: PartyContext,
): PartyFinding | null {
  return (
    fromNounPhrase(sentence, link) ??
    fromLabel(sentence, link) ??
    fromContrast(sentence, link) ??
    fromAccuser(sentence, link) ??
    fromBothSides(sentence, link, distance) ??
    fromLand(sentence, link, distance, context) ??
    fromTransfer(sentence, link, context) ??
    fromCue(sentence, link, distance) ??
    fromAdversary(sentence, link, distance, context)
  );
}

/** The tokens from the counted noun to the words that measure it. */
export function coreOf(link: Link): { start: number; end: number } {
  if (link.inherited) return { start: link.counted.first, end: link.counted.last };
  return { start: Math.min(link.counted.first, link.hit.first), end: Math.max(link.counted.last, link.hit.last) };
}

function fromLabel(sentence: SentenceCues, link: Link): PartyFinding | null {
  const { measure } = link.hit.cue;
  const side = measure === "bodies" || measure === "captured" ? null : labelOf(sentence, link.counted.number.first);
  return side && { party: side, because: "each side's number stands behind its name", sure: true };
}

function fromNounPhrase(sentence: SentenceCues, link: Link): PartyFinding | null {
  const { measure } = link.hit.cue;
  const changesHands = measure === "bodies" || measure === "captured";
  const counts = (mention: EntityMention): boolean =>
    mention.entity.kind !== "person" &&
    !isAside(sentence, mention) &&
    !(measure === "captured" && isPlaceOf(sentence, mention)) &&
    !(changesHands && (frameBefore(sentence, "from", mention.first) || frameBefore(sentence, "in", mention.first)));
  const parties = link.counted.entities
    .filter(counts)
    .map((mention) => partyOf(mention) ?? peopleOf(sentence, link, mention) ?? strangers(link, mention));
  const [first, ...more] = parties.filter((party) => party !== null);
  if (first === undefined) return null;
  if (first !== "other" && !changesHands && more.some((party) => party !== first && party !== "other"))
    return { party: "both", because: "both sides stand with the counted people", sure: true };
  return { party: first, because: "the counted people are named so", sure: true };
}

/** "16 Karabakh servicemen", «16 من جنود قره باغ»: the people of disputed land, named before the noun or right behind it. */
function peopleOf(sentence: SentenceCues, link: Link, { entity, first, last }: EntityMention): Party | null {
  const { who } = link.counted;
  if (who === null) return null;
  const owned = who !== "anyone" && sentence.people.some((people) => people.last === first);
  return owned || last < link.counted.last ? (entity.peopleOf ?? null) : null;
}

/** "Five Russian peacekeepers": a third party's body whose name is what the number counts. */
function strangers({ counted }: Link, { entity, first }: EntityMention): Party | null {
  return entity.kind === "body" && entity.side !== null && first === counted.number.last ? "other" : null;
}

function fromBothSides(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  const { start, end } = coreOf(link);
  const near = framed(sentence, "both").some(({ first, last }) => {
    if (last <= start) return distance(last, start) <= BOTH_BEFORE;
    return first < end || (distance(end, first) <= BOTH_BEHIND && !leadsToNext(sentence, end, first, last));
  });
  return near ? { party: "both", because: "the words say both sides together", sure: true } : null;
}

/** How near behind words that add up stands the number which they lead to. */
const SUM_BEHIND = 2;

/** "213 dead in its ranks, which takes the overall toll past 400": behind a mark such words lead to the next number. */
function leadsToNext({ tokens, numbers }: SentenceCues, end: number, from: number, to: number): boolean {
  if (!tokens.slice(end, from).some(({ folded }) => folded === ",")) return false;
  return numbers.some(({ first, notFigure }) => notFigure === null && first >= to && first - to <= SUM_BEHIND);
}

/** Land belongs to whom it is named after, else to the party whose land the baseline follows. */
function fromLand(sentence: SentenceCues, link: Link, distance: Distance, context: PartyContext): PartyFinding | null {
  if (link.hit.cue.measure !== "area_km2") return null;
  const { end } = coreOf(link);
  const named = sentence.entities.find(
    (mention) =>
      mention.first >= end &&
      distance(end, mention.first) <= LAND_GAP &&
      storySide(mention) &&
      !isAside(sentence, mention) &&
      !frameAt(sentence, "control", mention.last) &&
      !frameBefore(sentence, "control", mention.first),
  );
  const party = (named && storySide(named)) ?? context.tracked("area_km2");
  return party && { party, because: named ? "the land is named so" : "the land that the baseline follows", sure: true };
}

/** "…, while Azerbaijan spoke of 48"; of what changes hands such a name says only who gives or holds. */
function fromContrast(sentence: SentenceCues, link: Link): PartyFinding | null {
  const { measure } = link.hit.cue;
  if (measure === "bodies" || measure === "captured") return null;
  const name = link.inherited && contrastName(sentence, link.inherited, link.counted);
  const party = name && storySide(name);
  return party ? { party, because: "the name before a listed number", sure: true } : null;
}

/** "Armenia accused Azerbaijan of killing three soldiers": of two sides named before, who accuses speaks of its own people. */
function fromAccuser(sentence: SentenceCues, link: Link): PartyFinding | null {
  const { measure } = link.hit.cue;
  if (framed(sentence, "accuse").length === 0 || (measure !== "killed" && measure !== "wounded")) return null;
  const { start } = coreOf(link);
  const [one, other, ...more] = sentence.entities.filter((mention) => mention.last <= start && storySide(mention));
  if (!one || !other || more.length > 0 || storySide(one) === storySide(other)) return null;
  if (sentence.tokens.slice(other.last, start).some(({ folded }) => folded === ";")) return null;
  const accuser = isBehindAgent(sentence, other) ? other : one;
  return { party: storySide(accuser)!, because: "who accuses speaks of its own people", sure: true };
}

/** Names beside the cue: "Armenian losses", «потери Армении», "49 killed on the Armenian side", "Azerbaycan'ın 71 askeri". */
function fromCue(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  let best: { party: Party; gap: number } | null = null;
  for (const mention of sentence.entities) {
    const party = mention.entity.kind === "person" ? null : partyOf(mention);
    if (party === null) continue;
    const gap = gapTo(sentence, mention, link, distance);
    if (gap === null || (best && gap >= best.gap) || isApartFrom(sentence, mention, link)) continue;
    if (isOfListed(sentence, mention, link) || isOfEnemy(sentence, mention, link)) continue;
    if (party === "other" && isOwnBetween(sentence, mention, link)) continue;
    best = { party: countsBoth(sentence, mention, link) ? "both" : party, gap };
  }
  return best && { party: best.party, because: "a name stands beside the words that count", sure: true };
}

/** "The ministry put the enemy's losses at 450": whose enemy they are stands before the words. */
function isOfEnemy(sentence: SentenceCues, { last }: EntityMention, link: Link): boolean {
  const { start, end } = coreOf(link);
  return last <= start && framed(sentence, "enemy").some((hit) => hit.first >= start && hit.last <= end);
}

/** The border is nobody's, but those who left its villages are the people of the side that it is named after. */
function isApartFrom(sentence: SentenceCues, mention: EntityMention, { hit }: Link): boolean {
  if (!isAside(sentence, mention)) return false;
  return hit.cue.measure !== "displaced" || !isBorderOnly(sentence, mention);
}

/** "Dead: Armenia 108, Azerbaijan 71": a name before another number of the list is that one's, where this has its own. */
function isOfListed({ numbers, entities }: SentenceCues, { last: end }: EntityMention, { counted }: Link): boolean {
  const other = numbers.find(
    ({ first, last, notFigure }) => notFigure === null && first >= end && last <= counted.first,
  );
  return (
    other !== undefined &&
    entities.some((name) => storySide(name) && name.first >= other.last && name.last <= counted.first)
  );
}

/** "Armenia and Azerbaijan lost 176 servicemen", not "respectively" and not of what one hands the other. */
function countsBoth(sentence: SentenceCues, mention: EntityMention, { hit }: Link): boolean {
  const { measure } = hit.cue;
  return measure !== "bodies" && measure !== "captured" && isJoinedName(sentence, mention);
}

/** "Told the UN that his country lost 79": what "his" stands between is not the people of the name before. */
function isOwnBetween(sentence: SentenceCues, mention: EntityMention, link: Link): boolean {
  const { start } = coreOf(link);
  return framed(sentence, "own").some(({ first }) => first > mention.last && first < start);
}

function gapTo(sentence: SentenceCues, mention: EntityMention, link: Link, distance: Distance): number | null {
  const { start, end } = coreOf(link);
  const { first, last } = mention;
  if (first >= start && last <= end) {
    const gap = first >= link.hit.last ? distance(link.hit.last, first) : distance(last, link.hit.first);
    return Math.min(gap, 3) * 0.3 + (frameBefore(sentence, "from", first) ? FROM_COST : 0);
  }
  if (last <= start) {
    const gap = distance(last, start);
    return gap <= (link.hit.cue.measure === "displaced" ? PLACE_OF_DISPLACED : NAME_BEFORE) ? gap + 0.2 : null;
  }
  if (first < end || beginsAnother(sentence, end, first)) return null;
  const gap = distance(end, first);
  const isSide = frameAt(sentence, "side", last) || frameAt(sentence, "side", first - 1);
  const reach = mention.entity.kind === "place" ? PLACE_BEHIND : isSide ? SIDE_BEHIND : NAME_BEHIND;
  return gap <= reach ? gap + 0.3 : null;
}

/** Behind "and" or a comma a name begins what is said of another: "105 dead, the Armenian side 71". */
export function beginsAnother(sentence: SentenceCues, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1)
    if (sentence.tokens[at]!.folded === "," || isJoinedOn(sentence, at)) return true;
  return framed(sentence, "and").some(({ first }) => first >= from && first < to);
}

/** "Azerbaycan'ın operasyonunda 192 şehit": the dead whom the writers call martyrs are no adversaries of their own side. */
export function areMartyrsOf(side: Side, sentence: SentenceCues, { hit }: Link, { martyrs }: PartyContext): boolean {
  return (
    side === martyrs && framed(sentence, "martyrs").some(({ first, last }) => first >= hit.first && last <= hit.last)
  );
}

/** Who fell to or against one side belongs to the other. */
function fromAdversary(
  sentence: SentenceCues,
  link: Link,
  distance: Distance,
  context: PartyContext,
): PartyFinding | null {
  const { end } = coreOf(link);
  for (const mention of sentence.entities) {
    const side = mention.first >= end ? storySide(mention) : null;
    if (!side || distance(end, mention.first) > ADVERSARY_REACH || !isAdversary(sentence, mention)) continue;
    if (areMartyrsOf(side, sentence, link, context)) continue;
    return { party: opposite(side), because: "they fell against the other side", sure: true };
  }
  return null;
}
