import { trackedParty } from "../../baseline/match-event.ts";
import type { HappeningTime } from "../../classify/happening.ts";
import type { FieldContext, ItemContext } from "../../item-context.ts";
import type { SpeakerLookup } from "../attribution.ts";
import type { Attribution, Measure, Party, Qualifier } from "../claim.ts";
import type { Distance } from "./distance.ts";
import { sidesInTurn } from "./in-turn.ts";
import type { Link } from "./pairs.ts";
import { resolveParty } from "./party.ts";
import { type RoleFinding, readRole } from "./role.ts";
import { frameBefore, framed, type SentenceCues } from "./sentence-cues.ts";
import type { Unsettled } from "./settle.ts";
import { type PartyFinding, type Side, storySide } from "./sides.ts";

/** A figure before the item as a whole has settled whose people it counts. */
export interface Draft extends Unsettled {
  readonly field: FieldContext;
  readonly link: Link;
  readonly speaker: Attribution;
  readonly civilian: boolean;
  readonly happened: HappeningTime;
  readonly qualifier: Qualifier;
  /** It counts one episode (an execution), no toll. */
  readonly episode: boolean;
  /** Its words say that an earlier number was wrong. */
  readonly correction: boolean;
}

/** What the drafts of a sentence take besides the sentence. */
export interface DraftContext {
  readonly context: ItemContext;
  readonly field: FieldContext;
  readonly speakers: SpeakerLookup;
  /** The sides of the story that the item names. */
  readonly itemSides: readonly Party[];
  /** The figures of the sentence before. */
  readonly before: readonly Draft[];
  /** The one side that the sentences before left the reader with. */
  readonly focus: Party | null;
  /** The side whose people all figures of the sentence before count. */
  readonly company: Party | null;
  /** Asked for the side that speaks or acts in the sentence before, where that names the other as its adversary alone. */
  readonly voice: () => Party | null;
  /** Whether the item has counted one side's people by a measure before. */
  readonly counted: (measure: Measure) => boolean;
}

/** Gives every bound number of a sentence its party, role, speaker and time. */
export function draftFigures(
  task: DraftContext,
  cues: SentenceCues,
  distance: Distance,
  links: readonly Link[],
): Draft[] {
  const drafts: Draft[] = [];
  const inTurn = sidesInTurn(cues, links);
  for (const link of links) {
    const { number } = link.counted;
    const whole = link.inherited && [...task.before, ...drafts].find((draft) => draft.link === link.inherited);
    const before = drafts.at(-1) ?? whole ?? null;
    const speaker = task.speakers(task.field.reading.field, number.first, number.last);
    const party = inTurn.get(link) ?? partyOfLink(task, cues, link, distance, speaker, before, links);
    const role = roleBesides(readRole(cues, link, distance), link, party, before, whole, task.before.at(-1));
    const listed =
      areCivilians(cues, link, drafts) || sharesCivilians(link, links) || isPartOfCivilians(link, drafts, task.before);
    const correction = role === null && isCorrection(cues, link, links, party.party, speaker);
    drafts.push({ ...draftOf(task, cues, link, speaker, party, role, listed), correction });
  }
  return drafts.map((draft) => settleWhole(draft, drafts));
}

/**
 * "Not 150 but 105", "corrected its toll to 105": the number stands in place of a wrong one, not that of another side.
 * Who corrects the count of its own people may name the other as its adversary.
 */
function isCorrection(
  cues: SentenceCues,
  link: Link,
  links: readonly Link[],
  party: Party,
  { side }: Attribution,
): boolean {
  const namesOther = cues.entities.some((mention) => storySide(mention) && storySide(mention) !== party);
  if (framed(cues, "corrected").length > 0) return side === party || !namesOther;
  if (namesOther) return false;
  const { measure } = link.hit.cue;
  return [link.inherited, ...links].some(
    (other) => other?.counted.role === "denied" && other !== link && other.hit.cue.measure === measure,
  );
}

/** "212 soldiers died: Armenia 135, Azerbaijan 77": what adds up both sides counts both, each part is its side's own. */
function settleWhole(draft: Draft, drafts: readonly Draft[]): Draft {
  const sidesIn = (whole: Link): Set<string> =>
    new Set(drafts.filter(({ link }) => link.inherited === whole && isPart(link)).map(({ party }) => party.party));
  const isBoth = (whole: Link): boolean => sidesIn(whole).has("armenia") && sidesIn(whole).has("azerbaijan");
  if (isBoth(draft.link))
    return { ...draft, party: { party: "both", because: "the sum of the two sides' numbers", sure: true } };
  const { inherited } = draft.link;
  return inherited && isPart(draft.link) && isBoth(inherited) ? { ...draft, role: null } : draft;
}

function isPart(link: Link): boolean {
  return link.counted.role === "component";
}

function partyOfLink(
  { context, itemSides, focus, company, voice, counted }: DraftContext,
  cues: SentenceCues,
  link: Link,
  distance: Distance,
  speaker: Attribution,
  before: Draft | null,
  links: readonly Link[],
): PartyFinding {
  const { story, reading, relevance } = context;
  return resolveParty(cues, link, distance, {
    speakerSide: speaker.side,
    before: before?.party ?? null,
    apart: before !== null && isApart(cues, before.link, link),
    itemSides,
    sidesOfParts: sidesOfParts(link, links),
    relevant: relevance.relevant,
    home: story.home[reading.lang] ?? null,
    martyrs: story.martyrs[reading.lang] ?? null,
    focus,
    company,
    voice,
    elsewhere: story.elsewhere,
    counted,
    tracked: (measure) => trackedParty(story, measure),
  });
}

/** The sides that the words of the parts name which follow a number. */
function sidesOfParts(whole: Link, links: readonly Link[]): Side[] {
  if (isPart(whole)) return [];
  const { measure } = whole.hit.cue;
  const same = links.slice(links.indexOf(whole) + 1).filter(({ hit }) => hit.cue.measure === measure);
  const next = same.findIndex((link) => !isPart(link));
  const parts = next < 0 ? same : same.slice(0, next);
  return parts.flatMap(({ counted }) => counted.entities.map(storySide)).filter((side) => side !== null);
}

/** Whether a word or mark that opens another clause stands between two numbers. */
function isApart(cues: SentenceCues, before: Link, link: Link): boolean {
  const from = before.counted.number.last;
  const to = link.counted.number.first;
  // "29 had died, with 28 unaccounted for": right before a number of another measure such a word goes on with the list
  const goesOn = before.hit.cue.measure !== link.hit.cue.measure && link.hit.cue.measure !== "killed";
  const parts = (hit: { first: number; last: number }): boolean => !goesOn || hit.last < link.counted.first;
  if (framed(cues, "break").some((hit) => hit.first >= from && hit.first < to && parts(hit))) return true;
  for (let at = from; at < to; at += 1) if (cues.tokens[at]!.folded === ";") return true;
  return false;
}

/** "31 others wounded" beside killed is no increment; one side's share of both sides' toll is that side's own toll. */
function roleBesides(
  role: RoleFinding | null,
  link: Link,
  party: PartyFinding,
  before: Draft | null,
  whole: Draft | null | undefined,
  earlier: Draft | undefined,
): RoleFinding | null {
  const last = before ?? earlier;
  if (role?.role === "increment" && last && last.measure !== link.hit.cue.measure) return null;
  const of = whole ?? before;
  // "105 of them Armenian soldiers, 71 Azerbaijani": of a number of the other side it is no part
  const isOther = whole != null && whole.role === null && whole.party.party !== party.party;
  const share = role?.role === "component" && party.party !== "both" && (of?.party.party === "both" || isOther);
  return share ? null : role;
}

function draftOf(
  task: DraftContext,
  cues: SentenceCues,
  link: Link,
  speaker: Attribution,
  party: PartyFinding,
  role: RoleFinding | null,
  listed: boolean,
): Omit<Draft, "correction"> {
  const { number } = link.counted;
  const qualifier = qualifierOf(cues, link);
  const { measure, factor } = link.hit.cue;
  const least = number.value ?? (number.form === "range" ? (number.low ?? null) : null);
  const value = least === null ? null : round(least * factor);
  const civilian = measure === "displaced" || listed || isCivilian(cues, link);
  const { item, story } = task.context;
  const dated = task.context.happening(task.field.reading.field, link.counted.first, endOf(link));
  const happened = isHeldBefore(cues, link, dated) ? HELD_BEFORE : dated;
  const { first, last } = link.hit;
  const executed = framed(cues, "episode").some((hit) => hit.first >= first && hit.last <= last);
  const episode = executed || link.counted.prisoners;
  const past = happened.scope === "before" && (item.published ?? story.window.from) >= story.window.from;
  return {
    field: task.field,
    link,
    speaker,
    party,
    role,
    measure,
    value,
    civilian,
    happened,
    past,
    episode,
    qualifier,
    exact: qualifier === "exact",
  };
}

const HELD_BEFORE: HappeningTime = {
  scope: "before",
  from: null,
  to: null,
  because: "land besides what was taken now",
};

/** "On top of the 40 sq km that it holds": land besides the other was taken before, if only the text does not say when. */
function isHeldBefore(cues: SentenceCues, { counted, hit }: Link, { scope }: HappeningTime): boolean {
  if (hit.cue.measure !== "area_km2" || scope === "before") return false;
  return frameBefore(cues, "besides", counted.first) || frameBefore(cues, "besides", counted.first - 1);
}

/** «تجاوز عدد القتلى … 200»: a verb right before the words of measure qualifies the number that they lead to. */
function qualifierOf(cues: SentenceCues, { counted, hit, inherited }: Link): Qualifier {
  if (counted.qualifier !== "exact" || inherited !== null || hit.cue.place !== "before") return counted.qualifier;
  const verb = cues.qualifiers.find(({ cue, last }) => cue.place === "before" && last === hit.first);
  return verb && hit.last <= counted.first ? verb.cue.qualifier : counted.qualifier;
}

/** Where a figure ends: a unit right behind the number belongs to it. */
function endOf({ counted, hit, inherited }: Link): number {
  return inherited === null && hit.cue.place === "counted" ? Math.max(counted.last, hit.last) : counted.last;
}

/** "Four civilians were killed and seven wounded": a bare number in a list of civilians counts civilians. */
function areCivilians(cues: SentenceCues, link: Link, drafts: readonly Draft[]): boolean {
  const last = drafts.at(-1);
  const isPart = link.counted.role === "component" && link.counted.who === "anyone";
  if (isPart && last?.civilian && last.measure === link.hit.cue.measure) return true;
  // "two civilians among 126 people": some of those counted here say nothing of all of them
  if (last && isLess(last.link, link) && last.role?.role === "component") return false;
  const { who, noun } = link.counted;
  const isAnyone = (noun === "bare" && who === null) || (who === "anyone" && link.counted.entities.length === 0);
  if (!last || !isAnyone || isApart(cues, last.link, link)) return false;
  return drafts.every((draft) => draft.civilian && draft.measure !== "displaced");
}

/** "7,600 residents fled. Three of them were killed": some of the civilians that the sentence before counts. */
function isPartOfCivilians({ counted }: Link, drafts: readonly Draft[], before: readonly Draft[]): boolean {
  if (counted.role !== "component" || (counted.who !== null && counted.who !== "anyone") || drafts.length > 0)
    return false;
  return before.length > 0 && before.every(({ civilian }) => civilian);
}

function isLess(one: Link, { counted: whole }: Link): boolean {
  return (one.counted.number.value ?? Infinity) < (whole.number.value ?? 0);
}

/** "Killed two and wounded six civilians": verbs before both numbers, and one noun, behind the last. */
function sharesCivilians({ counted, hit }: Link, links: readonly Link[]): boolean {
  if (counted.noun !== "bare" || hit.cue.place !== "before") return false;
  const next = links.find((link) => link.counted.first >= counted.last);
  if (next?.counted.who !== "civilian" || next.inherited !== null || next.hit.cue.place !== "before") return false;
  const { first } = next.hit;
  return first >= counted.last && first - counted.last <= 1;
}

function isCivilian(cues: SentenceCues, link: Link): boolean {
  const { counted, hit } = link;
  if (counted.who !== null && counted.who !== "anyone") return counted.who === "civilian";
  if (hit.last > counted.number.first) return false;
  // "civilians killed: 3"
  if (cues.people.some(({ cue, last }) => cue.who === "civilian" && last === hit.first)) return true;
  return cues.people.some(
    (people) => people.cue.who === "civilian" && people.first >= hit.first && people.last <= counted.number.first,
  );
}

/** To two decimals. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
