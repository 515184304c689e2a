import type { EntityMention } from "../../classify/entities.ts";
import type { Measure, Party } from "../claim.ts";
import type { FrameCue } from "../figure-cues.ts";
import { isAdversary, isAside } from "./adversary.ts";
import type { Distance } from "./distance.ts";
import { contrastName, isChange, type Link } from "./link.ts";
import type { SentenceCues } from "./sentence-cues.ts";
import { fromTransfer } from "./transfer.ts";

/** Whose people or land a figure counts, and the rule that said so. */
export interface PartyFinding {
  readonly party: Party;
  readonly because: string;
  /** The words at the figure say it; otherwise it is drawn from the item and gives way to better knowledge. */
  readonly sure: boolean;
  /** Nothing near the figure names a side: drawn from who speaks or what the item is about. */
  readonly guess?: true;
}

/** What the sentence alone cannot tell: who speaks, what was counted just before, what the item is about. */
export interface PartyContext {
  readonly speakerSide: string;
  readonly before: PartyFinding | null;
  readonly itemSides: readonly Party[];
  /** The side that media of the item's language write for, and the one whose dead they call martyrs. */
  readonly home: "armenia" | "azerbaijan" | null;
  readonly martyrs: "armenia" | "azerbaijan" | null;
  /** The item is about the story. */
  readonly relevant: boolean;
  /** The one side that the nearest sentence before names, where it names one alone. */
  readonly focus: Party | null;
  /** The party whose count of a measure the story's baseline follows. */
  readonly tracked: (measure: Measure) => Party | null;
}

/** Resolves the party of a figure: from the counted noun outwards to the sentence, the speaker and the item. */
export function resolveParty(
  sentence: SentenceCues,
  link: Link,
  distance: Distance,
  context: PartyContext,
): PartyFinding {
  return (
    fromNounPhrase(sentence, link) ??
    fromBothSides(sentence, link, distance) ??
    fromLand(sentence, link, distance, context) ??
    fromContrast(sentence, link) ??
    fromTransfer(sentence, link, context) ??
    fromCue(sentence, link, distance) ??
    fromAdversary(sentence, link, distance) ??
    fromOwn(sentence, link, distance, context) ??
    fromSubject(sentence, link, distance) ??
    fromAdversaryBefore(sentence, link, distance) ??
    fromMartyrs(sentence, link, context) ??
    fromNeighbour(link, context) ??
    fromSpeaker(sentence, context) ??
    fromSentence(sentence) ??
    fromFocus(sentence, context) ??
    fromHome(link, context) ??
    fromItem(context)
  );
}

/** The party that an entity stands for; null for those that say nothing of whose people are counted. */
export function partyOf(mention: EntityMention): Party | null {
  const { side, territoryOf, kind } = mention.entity;
  if (territoryOf) return territoryOf;
  if (side === "armenia" || side === "azerbaijan") return side;
  return side !== null && (kind === "demonym" || kind === "party") ? "other" : null;
}

/** The side of the story that an entity stands for or speaks for. */
export function storySide(mention: EntityMention): "armenia" | "azerbaijan" | null {
  const party = partyOf(mention);
  return party === "armenia" || party === "azerbaijan" ? party : null;
}

/** The side whose people a subject's people are. */
function ownerSide(mention: EntityMention): "armenia" | "azerbaijan" | null {
  return storySide(mention) ?? mention.entity.peopleOf ?? null;
}

/** The side opposite to one of the two. */
export function opposite(party: "armenia" | "azerbaijan"): Party {
  return party === "armenia" ? "azerbaijan" : "armenia";
}

/** The tokens from the counted noun to the words that measure it. */
function core(link: Link): { start: number; end: number } {
  if (link.inherited) return { start: link.counted.first, end: link.counted.last };
  return { start: Math.min(link.counted.first, link.hit.first), end: Math.max(link.counted.last, link.hit.last) };
}

function fromNounPhrase(sentence: SentenceCues, link: Link): PartyFinding | null {
  const parties = link.counted.entities
    .filter((mention) => !isAside(sentence, mention) && mention.entity.kind !== "person")
    .map(partyOf)
    .filter((party) => party !== null);
  const [first] = parties;
  if (first === undefined) return null;
  const other = parties.find((party) => party !== first);
  if (other && first !== "other" && other !== "other")
    return { party: "both", because: "both sides stand with the counted people", sure: true };
  return { party: first, because: "the counted people are named so", sure: true };
}

function fromBothSides(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  const { start, end } = core(link);
  for (const { cue, first, last } of sentence.frames) {
    if (cue.frame !== "both") continue;
    const near = last <= start ? distance(last, start) <= 2.5 : first >= end ? distance(end, first) <= 4 : true;
    if (near) return { party: "both", because: "the words say both sides together", sure: true };
  }
  return null;
}

/** Land belongs to whom it is named after, else to the party whose land the baseline follows. */
function fromLand(sentence: SentenceCues, link: Link, distance: Distance, context: PartyContext): PartyFinding | null {
  if (link.hit.cue.measure !== "area_km2") return null;
  const { end } = core(link);
  const named = sentence.entities.find(
    (mention) =>
      mention.first >= end && distance(end, mention.first) <= 1.2 && !isAside(sentence, mention) && storySide(mention),
  );
  const party = (named && storySide(named)) ?? context.tracked("area_km2");
  return party && { party, because: named ? "the land is named so" : "the land that the baseline follows", sure: true };
}

/** Names beside the cue: "Armenian losses", «потери Армении», "49 killed on the Armenian side", "Azerbaycan'ın 71 askeri". */
function fromCue(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  let best: { party: Party; gap: number } | null = null;
  for (const mention of sentence.entities) {
    const party = partyOf(mention);
    if (party === null || mention.entity.kind === "person" || isAside(sentence, mention)) continue;
    const gap = gapTo(sentence, mention, link, distance);
    if (gap !== null && (!best || gap < best.gap)) best = { party, gap };
  }
  return best && { party: best.party, because: "a name stands beside the words that count", sure: true };
}

function gapTo(sentence: SentenceCues, mention: EntityMention, link: Link, distance: Distance): number | null {
  const { start, end } = core(link);
  if (mention.first >= start && mention.last <= end) {
    const { first, last } = link.hit;
    const gap = mention.first >= last ? distance(last, mention.first) : distance(mention.last, first);
    return Math.min(gap, 3) * 0.3;
  }
  if (mention.last <= start) {
    const gap = distance(mention.last, start);
    const reach = link.hit.cue.measure === "displaced" ? 2.5 : 0.5;
    return gap <= reach ? gap + 0.2 : null;
  }
  if (mention.first < end) return null;
  const gap = distance(end, mention.first);
  const isSide = (at: number): boolean => sentence.frames.some((hit) => hit.cue.frame === "side" && hit.first === at);
  return gap <= (isSide(mention.last) || isSide(mention.first - 1) ? 2.2 : 1.4) ? gap + 0.3 : null;
}

/** Who fell to or against one side belongs to the other. */
function fromAdversary(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  const { end } = core(link);
  for (const mention of sentence.entities) {
    const party = storySide(mention);
    if (!party || mention.first < end || !isAdversary(sentence, mention)) continue;
    if (distance(end, mention.first) > 3.5) continue;
    return { party: opposite(party), because: "they fell against the other side", sure: true };
  }
  return null;
}

/** «В боях с Арменией погибли 46»: the adversary is named first, and no other side. */
function fromAdversaryBefore(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  const { start } = core(link);
  const before = sentence.entities.filter((mention) => mention.last <= start && storySide(mention));
  const last = before.at(-1);
  if (!last || before.length > 1 || !isAdversary(sentence, last) || distance(last.last, start) > 2) return null;
  return { party: opposite(storySide(last)!), because: "they fell against the other side", sure: true };
}

/** "…, while Azerbaijan spoke of 48". */
function fromContrast(sentence: SentenceCues, link: Link): PartyFinding | null {
  if (!link.inherited) return null;
  const name = contrastName(sentence, link.inherited, link.counted);
  const party = name && storySide(name);
  return party ? { party, because: "the name before a listed number", sure: true } : null;
}

const OWN_REACH = 2;

/** "its soldiers", "his country's troops", "enemy losses": read from the subject, else from who speaks. */
function fromOwn(sentence: SentenceCues, link: Link, distance: Distance, context: PartyContext): PartyFinding | null {
  const { start, end } = core(link);
  const inside = (frame: FrameCue["frame"]): boolean =>
    sentence.frames.some(
      ({ cue, first, last }) =>
        cue.frame === frame &&
        !sentence.frames.some((hit) => hit.cue.frame === "agent-after" && hit.first === last) &&
        last <= end + 1 &&
        (first >= start || (last <= start && distance(last, start) <= OWN_REACH)),
    );
  const enemy = link.counted.enemy || inside("enemy");
  if (!enemy && !link.counted.own && !inside("own")) return null;
  const owner = subjectBefore(sentence, start) ?? sideOf(context.speakerSide) ?? context.home;
  if (!owner) return null;
  if (!enemy) return { party: owner, because: "the people are those of the subject or speaker", sure: true };
  return { party: opposite(owner), because: "the people are the enemy of the subject or speaker", sure: true };
}

/** The subject of "lost", "raised the toll": the nearest side named before it. */
function fromSubject(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  const lost = sentence.measures.find(
    ({ cue, last }) => cue.weak && last <= link.counted.first && distance(last, link.counted.first) <= LOST_GAP,
  );
  if (link.inherited || (!lost && !isChange(sentence, link.hit.first - 4, link.counted))) return null;
  const start = Math.min(lost?.first ?? link.hit.first, link.hit.first, link.counted.first);
  const subject = subjectBefore(sentence, start, (mention) => distance(mention.last, start) <= SUBJECT_REACH);
  return subject && { party: subject, because: "the subject of the sentence", sure: true };
}

const SUBJECT_REACH = 4.5;
const LOST_GAP = 1.5;

/** The nearest side of the story that is named before a place of the same clause. */
function subjectBefore(
  sentence: SentenceCues,
  before: number,
  isNear: (mention: EntityMention) => boolean = () => true,
): "armenia" | "azerbaijan" | null {
  for (const mention of sentence.entities.toReversed()) {
    if (mention.last > before || isAside(sentence, mention) || !isNear(mention)) continue;
    if (sentence.tokens.slice(mention.last, before).some((token) => token.folded === ";")) return null;
    const party = ownerSide(mention);
    if (party) return party;
  }
  return null;
}

function fromNeighbour(link: Link, context: PartyContext): PartyFinding | null {
  if (!context.before || (context.before.party === "both" && !link.inherited)) return null;
  return { party: context.before.party, because: "listed with a figure of this party", sure: false };
}

function fromSpeaker(sentence: SentenceCues, context: PartyContext): PartyFinding | null {
  const party = sideOf(context.speakerSide);
  if (!party) return null;
  const finding = { party, because: "a side reports its own people", sure: false };
  return sentence.entities.some(storySide) ? finding : { ...finding, guess: true };
}

function sideOf(side: string): "armenia" | "azerbaijan" | null {
  return side === "armenia" || side === "azerbaijan" ? side : null;
}

/** A sentence that names one side alone speaks of its people. */
function fromSentence(sentence: SentenceCues): PartyFinding | null {
  const sides = new Set(
    sentence.entities
      .filter((mention) => !isAside(sentence, mention))
      .map(storySide)
      .filter((side) => side !== null),
  );
  const [only, ...more] = sides;
  return only && more.length === 0 ? { party: only, because: "the sentence names no other side", sure: false } : null;
}

/** A sentence without a side goes on with the side of the one before. */
function fromFocus(sentence: SentenceCues, context: PartyContext): PartyFinding | null {
  if (context.focus === null || sentence.entities.some(storySide)) return null;
  return { party: context.focus, because: "the sentence before names this side alone", sure: false, guess: true };
}

/** "Şehit sayısı 71": the dead of the side that the writers stand with. */
function fromMartyrs(sentence: SentenceCues, link: Link, context: PartyContext): PartyFinding | null {
  const { first, last } = link.hit;
  const said = sentence.frames.some((hit) => hit.cue.frame === "martyrs" && hit.first >= first && hit.last <= last);
  return said && context.martyrs ? { party: context.martyrs, because: "they are called martyrs", sure: false } : null;
}

/** Soldiers and civilians of whom nothing else is said are those of the side that the writers write for. */
function fromHome(link: Link, context: PartyContext): PartyFinding | null {
  if (!context.home || link.counted.who === "anyone") return null;
  return { party: context.home, because: "no side is named, in media of this side", sure: false, guess: true };
}

function fromItem(context: PartyContext): PartyFinding {
  const [only, ...more] = context.itemSides;
  if (only && more.length === 0)
    return { party: only, because: "the item names no other side", sure: false, guess: true };
  if (only) return { party: "both", because: "no side is named, so the number counts both", sure: false, guess: true };
  if (context.relevant)
    return { party: "both", because: "no side is named, so the number counts both", sure: false, guess: true };
  return { party: "other", because: "no side of the story is named", sure: false };
}
