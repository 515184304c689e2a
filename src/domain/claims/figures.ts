import { type EventFinding, matchEvent } from "../baseline/match-event.ts";
import type { EntityMention } from "../classify/entities.ts";
import type { FieldContext, ItemContext } from "../item-context.ts";
import type { NumberMention } from "../language/reading.ts";
import { readSpeakers, type SpeakerLookup } from "./attribution.ts";
import type { Figure, FigureRole, Measure, Party, TraceLine } from "./claim.ts";
import { isAdversary } from "./figures/adversary.ts";
import { type Counted, readCounted } from "./figures/counted.ts";
import { measureDistances } from "./figures/distance.ts";
import { type Draft, type DraftContext, draftFigures, round } from "./figures/draft.ts";
import { countHanded } from "./figures/handed.ts";
import { linkNumbers } from "./figures/link.ts";
import { mergeFigures } from "./figures/merge.ts";
import { readNounPhrase } from "./figures/noun-phrase.ts";
import { openNumbers } from "./figures/open-numbers.ts";
import type { Link } from "./figures/pairs.ts";
import { type Passage, passagesOf } from "./figures/passages.ts";
import { isPlanned } from "./figures/planned.ts";
import { readSentenceCues, type SentenceCues } from "./figures/sentence-cues.ts";
import { settleParties } from "./figures/settle.ts";
import { isElsewhere, sideOf, storySide } from "./figures/sides.ts";
import { settleTimes } from "./figures/times.ts";

/** The figures of an item, and which rule decided on each number. */
export interface FoundFigures {
  readonly figures: readonly Figure[];
  readonly trace: readonly TraceLine[];
}

/** Reads every figure of an item: number, measure, party, qualifier, speaker, role and the event it is about. */
export function extractFigures(context: ItemContext, speakers: SpeakerLookup = readSpeakers(context)): FoundFigures {
  const trace: TraceLine[] = [];
  const itemSides = sidesOf(context);
  const drafts: Draft[] = [];
  const counted = (measure: Measure): boolean =>
    drafts.some((draft) => draft.measure === measure && sideOf(draft.party.party) !== null);
  for (const field of context.fields) {
    let before: readonly Draft[] = [];
    let focus: Party | null = isTitledElsewhere(context, field) ? "other" : null;
    let last: Passage | null = null;
    for (const passage of passagesOf(field)) {
      if (drafts.length > MOST_FIGURES) break;
      if (passage.opens && last) focus = null;
      const voice = voiceIn(last, field, context, speakers);
      const company = passage.opens ? null : companyOf(before);
      const task = { context, field, speakers, itemSides, before, focus, company, voice, counted };
      before = readPassage(task, passage, trace);
      if (passage.opens || passage.entities.some(storySide)) last = passage;
      drafts.push(...before);
      focus = isElsewhere(passage.entities, context.story.elsewhere) ? "other" : focusAfter(passage.entities, focus);
    }
  }
  const figures = settleTimes(settleParties(drafts)).map((draft) => figureOf(context, draft, trace));
  return { figures: mergeFigures(figures), trace };
}

/** Whether a text begins under a title that speaks of another theatre alone. */
function isTitledElsewhere({ fields, story }: ItemContext, { reading }: FieldContext): boolean {
  const title = fields.find((field) => field.reading.field === "title");
  return reading.field === "text" && title !== undefined && isElsewhere(title.entities, story.elsewhere);
}

/** The side that a sentence leaves its readers with: the only one it names; none where it names both. */
function focusAfter(entities: readonly EntityMention[], focus: Party | null): Party | null {
  const sides = new Set(entities.filter(({ entity }) => entity.kind !== "person").map(storySide));
  sides.delete(null);
  const [only, ...more] = sides;
  return only ? (more.length === 0 ? only : null) : focus;
}

/** The side whose people all figures of a sentence count, where its words say so. */
function companyOf(drafts: readonly Draft[]): Party | null {
  const [first, ...more] = drafts;
  const side = first?.party.party;
  if (side !== "armenia" && side !== "azerbaijan") return null;
  return more.every(({ party }) => party.party === side) ? side : null;
}

/** Asked for the side that speaks or acts in a passage, where that names the other as its adversary alone. */
function voiceIn(
  passage: Passage | null,
  field: FieldContext,
  context: ItemContext,
  speakers: SpeakerLookup,
): () => Party | null {
  return () => {
    const names = passage?.entities.filter(storySide) ?? [];
    const [first, ...more] = names;
    if (!passage || !first) return null;
    const { side } = speakers.acting(field.reading.field, passage.first, passage.first + 1);
    if (storySide(first) !== side) return null;
    const others = more.filter((name) => storySide(name) !== side);
    if (others.length === 0) return sideOf(side);
    const cues = readSentenceCues(passage, field, context.pack.figures);
    return others.every((name) => isAdversary(cues, name)) ? sideOf(side) : null;
  };
}

/** The sides of the story that an item names, title before text; beside one of them, also that whose people disputed land is. */
function sidesOf(context: ItemContext): Party[] {
  const names = context.fields.flatMap(({ entities }) => entities);
  const sides = new Set(names.map(storySide).filter((side) => side !== null));
  if (sides.size === 1) for (const { entity } of names) if (entity.peopleOf) sides.add(entity.peopleOf);
  return [...sides];
}

/** A text with more figures than this is a table; what follows is left out, so that the work stays linear. */
const MOST_FIGURES = 200;
/** More numbers in one sentence than this are a table, not a report. */
const MOST_NUMBERS = 40;

function readPassage(task: DraftContext, passage: Passage, trace: TraceLine[]): Draft[] {
  const { context, field } = task;
  for (const number of passage.numbers) {
    if (number.notFigure !== null)
      trace.push(lineOf(field, number, "not a figure", `it is ${withArticle(number.notFigure)}`));
  }
  if (passage.numbers.length > MOST_NUMBERS) {
    trace.push(lineOf(field, passage.numbers[0]!, "not a figure", "so many numbers in one sentence are a table"));
    return [];
  }
  if (!mayCount(context, field, passage)) return [];
  const cues = readSentenceCues(passage, field, context.pack.figures);
  if (cues.measures.length === 0 && task.before.length === 0) {
    traceUnmeasured(cues, field, trace);
    return [];
  }
  const distance = measureDistances(cues);
  const counted = openNumbers(cues).map((number) => readCounted(cues, number));
  const earlier = task.before.map((draft) => draft.link);
  const bound = countHanded(cues, linkNumbers(cues, counted, distance, earlier));
  traceUnbound(field, counted, bound, trace);
  const links = bound.filter((link) => !isPlanned(cues, link));
  if (links.length < bound.length) tracePlanned(field, bound, links, trace);
  return draftFigures(task, cues, distance, links);
}

/** Whether a passage has a number that may be a figure, or a word that stands for one more person. */
function mayCount(context: ItemContext, field: FieldContext, passage: Passage): boolean {
  if (passage.numbers.some((number) => number.notFigure === null)) return true;
  const { isAnother } = context.pack.figures;
  for (let at = passage.first; at < passage.last; at += 1) {
    if (isAnother(field.reading.tokens[at]!.word)) return true;
  }
  return false;
}

/** No number of a sentence can be bound where nothing in it says a measure and the one before has no figures. */
function traceUnmeasured(cues: SentenceCues, field: FieldContext, trace: TraceLine[]): void {
  for (const number of openNumbers(cues)) traceLone(field, number, readNounPhrase(cues, number).noun, trace);
}

function traceLone(field: FieldContext, number: NumberMention, noun: Counted["noun"], trace: TraceLine[]): void {
  const because = noun === "thing" ? "it counts things, not people or land" : "no words near it say what it measures";
  trace.push(lineOf(field, number, "not a figure", because));
}

function traceUnbound(
  field: FieldContext,
  counted: readonly Counted[],
  links: readonly Link[],
  trace: TraceLine[],
): void {
  const bound = new Set(links.map((link) => link.counted.number));
  for (const { number, noun } of counted) {
    if (!bound.has(number)) traceLone(field, number, noun, trace);
  }
}

function tracePlanned(field: FieldContext, bound: readonly Link[], links: readonly Link[], trace: TraceLine[]): void {
  for (const link of bound) {
    if (!links.includes(link))
      trace.push(lineOf(field, link.counted.number, "not a figure", "more that is still to come"));
  }
}

function figureOf(context: ItemContext, draft: Draft, trace: TraceLine[]): Figure {
  const { field, link, measure, value, civilian } = draft;
  const { number } = link.counted;
  const { qualifier } = draft;
  const { party } = draft.party;
  const { happened } = draft;
  const about = aboutOf(context, draft);
  const role = decideRole(draft.role, party, about.event);
  const because = [draft.party.because, role.because, about.because].join("; ");
  trace.push(lineOf(field, number, `${measure} of ${party}`, because));
  return {
    ...draft.speaker,
    ...quoteOf(field, link),
    event: about.event,
    measure,
    party,
    civilian,
    value,
    ...(number.low === undefined ? {} : { low: round(number.low * link.hit.cue.factor) }),
    ...(number.high === undefined ? {} : { high: round(number.high * link.hit.cue.factor) }),
    qualifier: number.form === "range" && qualifier === "exact" ? "at_least" : qualifier,
    role: role.role,
    happened: happened.from,
    ...(draft.correction ? { correction: true } : {}),
  };
}

function aboutOf(context: ItemContext, draft: Draft): EventFinding {
  if (!context.relevance.relevant) return { event: null, because: "the item is not about the story" };
  if (draft.role?.role === "background") return { event: "background", because: draft.role.because };
  const { measure, civilian, episode, happened, role, value } = draft;
  const alone = role === null ? value : null;
  const figure = { measure, party: draft.party.party, civilian, episode, alone };
  return matchEvent(figure, happened, context.item.published, context.story);
}

function decideRole(
  role: { role: FigureRole; because: string } | null,
  party: Party,
  event: string | null,
): { role: FigureRole; because: string } {
  if (role && role.role !== "increment") return role;
  if (event === "background") return { role: "background", because: "it happened before the story began" };
  if (role) return role;
  if (party === "both") return { role: "combined", because: "it adds up both sides" };
  return { role: "current", because: "it is the present count" };
}

/** A cue farther from its number than this stays out of the quote. */
const QUOTE_REACH = 6;

function quoteOf(field: FieldContext, link: Link): Pick<Figure, "quote" | "field" | "start" | "end"> {
  const { counted, hit } = link;
  const near =
    link.inherited === null && hit.first - counted.last <= QUOTE_REACH && counted.first - hit.last <= QUOTE_REACH;
  const first = near ? Math.min(counted.first, hit.first) : counted.first;
  const last = near ? Math.max(counted.last, hit.last) : counted.last;
  const start = field.reading.tokens[first]!.start;
  const end = field.reading.tokens[last - 1]!.end;
  return { quote: field.reading.original.slice(start, end), field: field.reading.field, start, end };
}

function withArticle(noun: string): string {
  return /^[aeio]/.test(noun) ? `an ${noun}` : noun === "hour" ? "an hour" : `a ${noun}`;
}

function lineOf(field: FieldContext, number: NumberMention, rule: string, because: string): TraceLine {
  return { rule, because, field: field.reading.field, start: number.start, end: number.end };
}
