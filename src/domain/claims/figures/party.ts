import type { EntityMention } from "../../classify/entities.ts";
import type { Party } from "../claim.ts";
import type { FrameCue } from "../figure-cues.ts";
import type { Distance } from "./distance.ts";
import type { Link } from "./link.ts";
import type { SentenceCues } from "./sentence-cues.ts";

/** Whose people or land a figure counts, and the rule that said so. */
export interface PartyFinding {
  readonly party: Party;
  readonly because: string;
}

/** What the sentence alone cannot tell: who speaks, what was counted just before, what the item is about. */
export interface PartyContext {
  readonly speakerSide: string;
  readonly before: PartyFinding | null;
  readonly itemSides: readonly Party[];
}

/** Resolves the party of a figure: from the counted noun outwards to the sentence, the speaker and the item. */
export function resolveParty(sentence: SentenceCues, link: Link, distance: Distance, context: PartyContext): PartyFinding {
  return (
    fromNounPhrase(sentence, link) ??
    fromBothSides(sentence, link, distance) ??
    fromCue(sentence, link, distance) ??
    fromAdversary(sentence, link, distance) ??
    fromOwn(sentence, link, context) ??
    fromSubject(sentence, link) ??
    fromNeighbour(link, context) ??
    fromSpeaker(context) ??
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

function frameAt(sentence: SentenceCues, at: number, frame: FrameCue["frame"]): boolean {
  return sentence.frames.some((hit) => hit.first === at && hit.cue.frame === frame);
}

/** Whether an adversary word or an agent word leads to a name: "with Azerbaijan", "by Azerbaijani forces". */
function ledBy(sentence: SentenceCues, mention: EntityMention, frame: FrameCue["frame"]): boolean {
  return sentence.frames.some((hit) => hit.cue.frame === frame && hit.last <= mention.first && mention.first - hit.last <= 1);
}

function isAdversary(sentence: SentenceCues, mention: EntityMention): boolean {
  return ledBy(sentence, mention, "against") || ledBy(sentence, mention, "agent");
}

function fromNounPhrase(sentence: SentenceCues, link: Link): PartyFinding | null {
  const parties = link.counted.entities.filter((mention) => !isAdversary(sentence, mention) && mention.entity.kind !== "person").map(partyOf).filter((party) => party !== null);
  const [first] = parties;
  if (first === undefined) return null;
  const other = parties.find((party) => party !== first);
  if (other && first !== "other" && other !== "other") return { party: "both", because: "both sides stand with the counted people" };
  return { party: first, because: "the counted people are named so" };
}

function fromBothSides(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  const start = Math.min(link.counted.first, link.hit.first);
  const end = Math.max(link.counted.last, link.hit.last);
  for (const { cue, first, last } of sentence.frames) {
    if (cue.frame !== "both") continue;
    const near = last <= start ? distance(last, start) <= 2.5 : first >= end ? distance(end, first) <= 4 : true;
    if (near) return { party: "both", because: "the words say both sides together" };
  }
  return null;
}

/** Names beside the cue: "Armenian losses", «потери Армении», "49 killed on the Armenian side", "Azerbaycan'ın 71 askeri". */
function fromCue(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  const start = Math.min(link.counted.first, link.hit.first);
  const end = Math.max(link.counted.last, link.hit.last);
  let best: { party: Party; gap: number } | null = null;
  for (const mention of sentence.entities) {
    const party = partyOf(mention);
    if (party === null || mention.entity.kind === "person" || isAdversary(sentence, mention)) continue;
    const gap = gapTo(sentence, mention, start, end, link, distance);
    if (gap !== null && (!best || gap < best.gap)) best = { party, gap };
  }
  return best && { party: best.party, because: "a name stands beside the words that count" };
}

function gapTo(
  sentence: SentenceCues,
  mention: EntityMention,
  start: number,
  end: number,
  link: Link,
  distance: Distance,
): number | null {
  if (mention.first >= start && mention.last <= end) {
    const fromHit = mention.first >= link.hit.last ? distance(link.hit.last, mention.first) : distance(mention.last, link.hit.first);
    return Math.min(Math.abs(fromHit), 3) * 0.3;
  }
  if (mention.last <= start) {
    const gap = distance(mention.last, start);
    return gap <= 0.5 ? gap + 0.2 : null;
  }
  const gap = distance(end, mention.first);
  const sided = frameAt(sentence, mention.last, "side") || frameAt(sentence, mention.first - 1, "side");
  return gap <= (sided ? 2.2 : 1.4) ? gap + 0.3 : null;
}

/** Who fell to or against one side belongs to the other. */
function fromAdversary(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  const end = Math.max(link.counted.last, link.hit.last);
  for (const mention of sentence.entities) {
    const party = partyOf(mention);
    if ((party !== "armenia" && party !== "azerbaijan") || mention.first < end || !isAdversary(sentence, mention)) continue;
    if (distance(end, mention.first) > 3.5) continue;
    return { party: party === "armenia" ? "azerbaijan" : "armenia", because: "they fell against the other side" };
  }
  return null;
}

/** "its soldiers", "his country's troops", "enemy losses": read from the subject, else from who speaks. */
function fromOwn(sentence: SentenceCues, link: Link, context: PartyContext): PartyFinding | null {
  const start = Math.min(link.counted.first, link.hit.first);
  const inside = (frame: FrameCue["frame"]): boolean =>
    sentence.frames.some((hit) => hit.cue.frame === frame && hit.first >= start - 2 && hit.last <= Math.max(link.counted.last, link.hit.last) + 1);
  const enemy = link.counted.enemy || inside("enemy");
  if (!enemy && !link.counted.own && !inside("own")) return null;
  const owner = subjectBefore(sentence, start) ?? sideOf(context.speakerSide);
  if (!owner) return null;
  if (!enemy) return { party: owner, because: "the people are those of the subject or speaker" };
  if (owner === "other") return null;
  return { party: owner === "armenia" ? "azerbaijan" : "armenia", because: "the people are the speaker's enemy" };
}

/** The subject of "lost": the nearest side named before it. */
function fromSubject(sentence: SentenceCues, link: Link): PartyFinding | null {
  if (!link.hit.cue.weak) return null;
  const subject = subjectBefore(sentence, link.hit.first);
  return subject && { party: subject, because: "the subject of the loss" };
}

function subjectBefore(sentence: SentenceCues, before: number): Party | null {
  for (const mention of sentence.entities.toReversed()) {
    if (mention.last > before || isAdversary(sentence, mention)) continue;
    const party = partyOf(mention);
    if (party === "armenia" || party === "azerbaijan") return party;
  }
  return null;
}

function fromNeighbour(link: Link, context: PartyContext): PartyFinding | null {
  if (!context.before || context.before.party === "both") return null;
  void link;
  return { party: context.before.party, because: "listed with a figure of this party" };
}

function fromSpeaker(context: PartyContext): PartyFinding | null {
  const side = sideOf(context.speakerSide);
  return side && { party: side, because: "a side reports its own people" };
}

function sideOf(side: string): Party | null {
  return side === "armenia" || side === "azerbaijan" ? side : null;
}

function fromItem(context: PartyContext): PartyFinding {
  const [only, ...more] = context.itemSides;
  if (only && more.length === 0) return { party: only, because: "the item names no other side" };
  if (only) return { party: "both", because: "no side is named, so the number counts both" };
  return { party: "other", because: "no side of the story is named" };
}
