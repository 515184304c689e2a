import type { EntityMention } from "../../classify/entities.ts";
import { isAdversary, isAside, isBehindAgent, isPlaceOf } from "./adversary.ts";
import type { Distance } from "./distance.ts";
import { isJoinedName } from "./name-pairs.ts";
import type { Link } from "./pairs.ts";
import { isChange } from "./pairs.ts";
import { areMartyrsOf, coreOf } from "./party-of-names.ts";
import { type Frame, frameAt, framed, type SentenceCues } from "./sentence-cues.ts";
import { opposite, ownerSide, type PartyContext, type PartyFinding, type Side, sideOf, storySide } from "./sides.ts";

const OWN_REACH = 2;
const SUBJECT_REACH = 4.5;
const LOST_GAP = 1.5;
/** How many tokens before the cue a word of change still speaks of it: "Baku raised its toll". */
const CHANGE_REACH = 4;
const ADVERSARY_BEFORE = 2;

/** The party by the subject of the sentence: whose its people are, who lost them, against whom they fought. */
export function fromSubjects(
  sentence: SentenceCues,
  link: Link,
  distance: Distance,
  context: PartyContext,
): PartyFinding | null {
  return (
    fromOwn(sentence, link, distance, context) ??
    fromLoser(sentence, link, distance) ??
    fromAdversaryBefore(sentence, link, distance, context)
  );
}

/** "its soldiers", "his country's troops", "enemy losses": read from the subject, else from who speaks. */
function fromOwn(sentence: SentenceCues, link: Link, distance: Distance, context: PartyContext): PartyFinding | null {
  const enemy = link.counted.enemy || isAround(sentence, link, "enemy", distance);
  if (!enemy && !link.counted.own && !isAround(sentence, link, "own", distance)) return null;
  if (!enemy && isOfTime(sentence, link)) return null;
  const { start } = coreOf(link);
  const owner =
    subjectBefore(sentence, start) ?? sideOf(context.speakerSide) ?? tellerBefore(sentence, start) ?? context.home;
  if (!owner) return null;
  if (!enemy) return { party: owner, because: "the people are those of the subject or speaker", sure: true };
  return { party: opposite(owner), because: "the people are the enemy of the subject or speaker", sure: true };
}

/** "Azerbaijani media write of eight dead on their side": whose media tell it, where no other side is named before. */
function tellerBefore(sentence: SentenceCues, before: number): Side | null {
  const [only, ...more] = sentence.entities.filter((mention) => mention.last <= before && storySide(mention));
  return only && more.length === 0 && !isAdversary(sentence, only) ? storySide(only) : null;
}

/** How near before "and its" the year stands. */
const YEAR_REACH = 3;

/** "The war of 2020 and its 6,500 dead": behind a time "its" is no side's. */
function isOfTime(sentence: SentenceCues, { counted }: Link): boolean {
  return framed(sentence, "own").some(
    ({ first, last }) =>
      last === counted.first &&
      sentence.numbers.some(
        (number) => number.notFigure === "year" && number.last < first && first - number.last <= YEAR_REACH,
      ),
  );
}

/** Whether words of a frame stand in the figure or right before it, and not as the doer ("enemy fire"). */
function isAround(sentence: SentenceCues, link: Link, frame: Frame, distance: Distance): boolean {
  const { start, end } = coreOf(link);
  return (
    framed(sentence, frame).some(
      ({ first, last }) =>
        last <= end + 1 &&
        (first >= start || (last <= start && distance(last, start) <= OWN_REACH)) &&
        !frameAt(sentence, "agent-after", last),
    ) ||
    (frame === "own" && isInRanks(sentence, end))
  );
}

/** How many words may stand between the dead and the ranks they fell in. */
const RANKS_REACH = 2;

/** "874 dead in its ranks", «о 874 погибших в своих рядах». */
function isInRanks(sentence: SentenceCues, end: number): boolean {
  return framed(sentence, "own").some(
    ({ first, last }) => first >= end && first - end <= RANKS_REACH && frameAt(sentence, "side", last),
  );
}

/** The subject of "lost", "raised the toll": the nearest side named before it. */
function fromLoser(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  if (link.inherited) return null;
  const { counted, hit } = link;
  const lost = sentence.measures.find(
    ({ cue, last }) =>
      cue.weak && cue.measure === hit.cue.measure && last <= counted.first && distance(last, counted.first) <= LOST_GAP,
  );
  if (!lost && !isChange(sentence, hit.first - CHANGE_REACH, counted)) return null;
  const start = Math.min(lost?.first ?? hit.first, hit.first, counted.first);
  const isNear = (mention: EntityMention): boolean => distance(mention.last, start) <= SUBJECT_REACH;
  const pair = sentence.entities.some(
    (mention) => mention.last <= start && isNear(mention) && isJoinedName(sentence, mention),
  );
  if (pair && lost) return { party: "both", because: "both sides are the subject", sure: true };
  const subject = subjectBefore(sentence, start, isNear) ?? (lost ? loserFar(sentence, start) : null);
  return subject && { party: subject, because: "the subject of the sentence", sure: true };
}

/** "Azerbaijan, fighting Armenia at the border for two days, lost 74 men": the subject that opens the sentence, behind it only its adversary. */
function loserFar(sentence: SentenceCues, before: number): Side | null {
  const names = sentence.entities.filter((mention) => mention.last <= before && storySide(mention));
  const [subject, ...others] = names.filter((mention) => !isAside(sentence, mention));
  if (!subject || others.length > 0 || subject.first - sentence.first > 1) return null;
  if (subject.entity.kind === "person" || isBehindAgent(sentence, subject) || isPlaceOf(sentence, subject)) return null;
  const parted = framed(sentence, "break").some(({ first }) => first >= subject.last && first < before);
  return parted ? null : ownerSide(subject);
}

/** The nearest side of the story that is named before a place of the same clause. */
function subjectBefore(
  sentence: SentenceCues,
  before: number,
  isNear: (mention: EntityMention) => boolean = () => true,
): Side | null {
  for (const mention of sentence.entities.toReversed()) {
    if (mention.last > before || isAside(sentence, mention) || !isNear(mention)) continue;
    if (isBehindAgent(sentence, mention) || isPlaceOf(sentence, mention)) continue;
    if (sentence.tokens.slice(mention.last, before).some((token) => token.folded === ";")) return null;
    const side = ownerSide(mention);
    if (side) return side;
  }
  return null;
}

/** «В боях с Арменией погибли 46»: the adversary is named first, and no other side. */
function fromAdversaryBefore(
  sentence: SentenceCues,
  link: Link,
  distance: Distance,
  context: PartyContext,
): PartyFinding | null {
  const { start } = coreOf(link);
  const [adversary, ...more] = sentence.entities.filter((mention) => mention.last <= start && storySide(mention));
  if (!adversary || more.length > 0 || !isAdversary(sentence, adversary)) return null;
  if (distance(adversary.last, start) > ADVERSARY_BEFORE) return null;
  if (areMartyrsOf(storySide(adversary)!, sentence, link, context)) return null;
  return { party: opposite(storySide(adversary)!), because: "they fell against the other side", sure: true };
}
