import type { EntityMention } from "../../classify/entities.ts";
import { isAdversary, isAside, isPlaceOf } from "./adversary.ts";
import type { Distance } from "./distance.ts";
import { isJoinedName } from "./name-pairs.ts";
import type { Link } from "./pairs.ts";
import { beginsAnother, coreOf } from "./party-of-names.ts";
import { frameAt, frameBefore, framed, type SentenceCues } from "./sentence-cues.ts";
import { isElsewhere, type PartyContext, type PartyFinding, sideOf, storySide } from "./sides.ts";

/** The party where nothing at the figure tells it: by the list it stands in, who speaks, what the item is about. */
export function fromItem(sentence: SentenceCues, link: Link, distance: Distance, context: PartyContext): PartyFinding {
  return (
    fromElsewhere(sentence, link, context) ??
    fromMartyrs(sentence, link, context) ??
    (isWithin(sentence, link.inherited) ? fromNeighbour(link, context) : null) ??
    fromClause(sentence, link, distance) ??
    (link.inherited ? fromSentence(sentence) : null) ??
    fromNeighbour(link, context) ??
    fromSidePhrase(sentence, link) ??
    fromSetting(sentence) ??
    fromParts(context) ??
    fromPronoun(sentence, context) ??
    fromSpeaker(sentence, link, context) ??
    fromSentence(sentence) ??
    fromJoined(sentence, link) ??
    fromDisputed(sentence, link) ??
    fromFocus(sentence, context) ??
    fromCompany(sentence, link, context) ??
    fromVoice(sentence, link, context) ??
    fromHome(link, context) ??
    fromSides(context)
  );
}

function isWithin(sentence: SentenceCues, whole: Link | null): boolean {
  return whole !== null && whole.counted.first >= sentence.first;
}

/** "Fighting on the Kyrgyz-Tajik border has killed 46 people." */
function fromElsewhere(sentence: SentenceCues, link: Link, context: PartyContext): PartyFinding | null {
  const { elsewhere } = context;
  if (!isElsewhere(sentence.entities, elsewhere) && !isElsewhereBefore(sentence, link, context)) return null;
  return { party: "other", because: "the sentence speaks of another theatre", sure: true };
}

/** "Kyrgyz–Tajik clashes killed 24, while those of Armenia and Azerbaijan …": no mark parts the other theatre from it. */
function isElsewhereBefore(sentence: SentenceCues, link: Link, { elsewhere, speakerSide }: PartyContext): boolean {
  const { start } = coreOf(link);
  if (sideOf(speakerSide)) return false;
  const last = sentence.entities.findLast((mention) => mention.last <= start && mention.entity.side !== null);
  if (!last || !elsewhere.has(last.entity.side ?? "")) return false;
  if (sentence.entities.some((mention) => mention.first < start && storySide(mention))) return false;
  return !sentence.tokens.slice(last.last, start).some(({ kind }) => kind === "punctuation");
}

/** "Şehit sayısı 71": the dead of the side that the writers stand with. */
function fromMartyrs(sentence: SentenceCues, link: Link, context: PartyContext): PartyFinding | null {
  const { first, last } = link.hit;
  const said = framed(sentence, "martyrs").some((hit) => hit.first >= first && hit.last <= last);
  return said && context.martyrs ? { party: context.martyrs, because: "they are called martyrs", sure: false } : null;
}

function fromNeighbour(link: Link, { before, apart }: PartyContext): PartyFinding | null {
  if (!before || ((before.party === "both" || apart) && !link.inherited)) return null;
  const because = "listed with a figure of this party";
  return { party: before.party, because, sure: false, ...(before.guess ? { guess: true } : {}) };
}

const CLAUSE_REACH = 2.2;

/** "The Azerbaijani side suffered 50 dead": the name right before the figure, with no mark or "and" between. */
function fromClause(sentence: SentenceCues, link: Link, distance: Distance): PartyFinding | null {
  const { start } = coreOf(link);
  const name = sentence.entities.findLast((mention) => mention.last <= start && storySide(mention));
  if (!name || name.entity.kind === "person" || isAside(sentence, name)) return null;
  // «Bakü ise 71 ölü saydı»: a word that sets a name against what was said before
  const from = frameAt(sentence, "break", name.last) ? name.last + 1 : name.last;
  if (distance(from, start) > CLAUSE_REACH || beginsAnother(sentence, name.last, start)) return null;
  if (sentence.tokens.slice(name.last, start).some((token) => token.folded === ":") || isPaired(sentence, name))
    return null;
  return { party: storySide(name)!, because: "the name right before", sure: false };
}

/** "Côté arménien, on dénombre 105 tués": a side named as a side, and none other up to the number. */
function fromSidePhrase(sentence: SentenceCues, link: Link): PartyFinding | null {
  const { start } = coreOf(link);
  const name = sentence.entities.findLast((mention) => mention.last <= start && storySide(mention));
  if (!name || name.entity.kind === "person" || isAside(sentence, name)) return null;
  if (!frameBefore(sentence, "side", name.first) && !frameAt(sentence, "side", name.last)) return null;
  if (sentence.tokens.slice(name.last, start).some((token) => token.folded === ";")) return null;
  return { party: storySide(name)!, because: "the side named before", sure: false };
}

/** "Armenia–Azerbaijan", "Armenia and Azerbaijan": the other side's name right before. */
function isPaired(sentence: SentenceCues, { first }: EntityMention): boolean {
  return sentence.entities.some((mention) => storySide(mention) && mention.last <= first && first - mention.last <= 1);
}

/** How many tokens from its beginning the place stands at which all that a sentence tells happens. */
const SETTING_REACH = 3;

/** "In Baku, the ministry said six more had died": the place that opens a sentence, and no other side in it. */
function fromSetting(sentence: SentenceCues): PartyFinding | null {
  const names = sentence.entities.filter(storySide);
  // "Ermenistan'ın Sotk köyünde": the country whose place it is stands before it
  const place = names.find((name) => isPlaceOf(sentence, name) || frameBefore(sentence, "in", name.first));
  if (!place || place.entity.kind === "person" || place.first - sentence.first > SETTING_REACH) return null;
  const side = storySide(place)!;
  const speaks = (other: EntityMention): boolean => storySide(other) !== side && !isAdversary(sentence, other);
  if (names.some(speaks) || isAside(sentence, place)) return null;
  return { party: side, because: "the place that opens the sentence", sure: false };
}

/** "The offensive killed 600, of them 192 on the Azerbaijani side": a part that is said to be one side's leaves the rest. */
function fromParts({ speakerSide, sidesOfParts }: PartyContext): PartyFinding | null {
  if (sidesOfParts.every((side) => side === speakerSide)) return null;
  return { party: "both", because: "a part of it is said to be one side's", sure: false, guess: true };
}

/** "Azerbaijan returned 95 bodies. For its part it lists 80 dead": the pronoun stands for the side that acts in the sentence before. */
function fromPronoun(sentence: SentenceCues, { voice }: PartyContext): PartyFinding | null {
  if (framed(sentence, "self").length === 0 || sentence.entities.some(storySide)) return null;
  const party = voice();
  return party && { party, because: "a pronoun stands for the side named before", sure: false };
}

function fromSpeaker(sentence: SentenceCues, link: Link, context: PartyContext): PartyFinding | null {
  const party = sideOf(context.speakerSide);
  if (!party || areOthersBehind(sentence, link)) return null;
  const finding = { party, because: "a side reports its own people", sure: false };
  return sentence.entities.some(storySide) ? finding : { ...finding, guess: true };
}

/** "200 people died, after Armenia raised its count to 135 and Azerbaijan to 77": both sides, in a clause of their own. */
function areOthersBehind(sentence: SentenceCues, link: Link): boolean {
  const { end } = coreOf(link);
  const names = sentence.entities.filter((mention) => storySide(mention) && !isAside(sentence, mention));
  const [first] = names;
  if (!first || first.first < end || new Set(names.map(storySide)).size < 2) return false;
  return framed(sentence, "break").some((hit) => hit.first >= end && hit.first < first.first);
}

/** A sentence that names one side alone speaks of its people. */
function fromSentence(sentence: SentenceCues): PartyFinding | null {
  const sides = new Set(sentence.entities.filter((mention) => !isAside(sentence, mention)).map(storySide));
  sides.delete(null);
  const [only, ...more] = sides;
  return only && more.length === 0 ? { party: only, because: "the sentence names no other side", sure: false } : null;
}

/** "Ermənistan və Azərbaycan birlikdə 176 hərbçi itirib": the two sides, joined, before all that is said of them. */
function fromJoined(sentence: SentenceCues, link: Link): PartyFinding | null {
  const { start } = coreOf(link);
  if (link.hit.cue.measure !== "killed" && link.hit.cue.measure !== "wounded") return null;
  const joined = sentence.entities.some(
    (mention) => mention.last <= start && !isAside(sentence, mention) && isJoinedName(sentence, mention),
  );
  return joined ? { party: "both", because: "both sides are named together", sure: false } : null;
}

/** "Refugees from Karabakh": those who flee disputed land are its people. */
function fromDisputed(sentence: SentenceCues, link: Link): PartyFinding | null {
  if (link.hit.cue.measure !== "displaced" || sentence.entities.some(storySide)) return null;
  const people = sentence.entities.find(({ entity }) => entity.peopleOf)?.entity.peopleOf;
  return people ? { party: people, because: "the people of disputed land", sure: false } : null;
}

/** A sentence without a side goes on with the side of the one before. */
function fromFocus(sentence: SentenceCues, { focus }: PartyContext): PartyFinding | null {
  const strikes = (mention: EntityMention): boolean => storySide(mention) !== focus && isAdversary(sentence, mention);
  if (focus === null || sentence.entities.some((mention) => storySide(mention) && !strikes(mention))) return null;
  return { party: focus, because: "the sentence before names this side alone", sure: false, guess: true };
}

/** "105 Armenian soldiers were killed. Some 290 are being treated": no toll, which may as well be that of both sides. */
function fromCompany(sentence: SentenceCues, link: Link, { company }: PartyContext): PartyFinding | null {
  if (!company || link.hit.cue.measure === "killed" || sentence.entities.some(storySide)) return null;
  return { party: company, because: "the figures of the sentence before count this side", sure: false, guess: true };
}

/** "The ministry in Baku gave its losses. 71 soldiers were killed": soldiers are those of the side that spoke before. */
function fromVoice(sentence: SentenceCues, link: Link, context: PartyContext): PartyFinding | null {
  const { who } = link.counted;
  if (who === "anyone" || sentence.entities.some((mention) => storySide(mention) && !isAside(sentence, mention)))
    return null;
  if (who === null && !isTollOfOne(sentence, link, context)) return null;
  const party = context.voice();
  return party && { party, because: "the side that speaks in the sentence before", sure: false, guess: true };
}

/** "The toll has risen to 71": of the side that speaks, unless it is that of the fighting or adds something up. */
function isTollOfOne(sentence: SentenceCues, { hit, inherited }: Link, { counted }: PartyContext): boolean {
  if (hit.cue.measure !== "killed" || inherited !== null || counted(hit.cue.measure)) return false;
  return framed(sentence, "fray").length === 0;
}

/** Soldiers and civilians of whom nothing else is said are those of the side that the writers write for. */
function fromHome(link: Link, { home }: PartyContext): PartyFinding | null {
  if (!home || link.counted.who === "anyone") return null;
  return { party: home, because: "no side is named, in media of this side", sure: false, guess: true };
}

function fromSides({ itemSides, relevant, home }: PartyContext): PartyFinding {
  const [only, ...more] = itemSides;
  if (!only && relevant && home)
    return { party: home, because: "no side is named, in media of this side", sure: false, guess: true };
  if (only && more.length === 0)
    return { party: only, because: "the item names no other side", sure: false, guess: true };
  if (only || relevant)
    return { party: "both", because: "no side is named, so the number counts both", sure: false, guess: true };
  return { party: "other", because: "no side of the story is named", sure: false };
}
