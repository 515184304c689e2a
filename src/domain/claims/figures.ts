import { matchEvent, trackedParty } from "../baseline/match-event.ts";
import type { HappeningTime } from "../classify/happening.ts";
import type { FieldContext, ItemContext } from "../item-context.ts";
import type { NumberMention, Sentence } from "../language/reading.ts";
import { readSpeakers, type SpeakerLookup } from "./attribution.ts";
import type { Attribution, Figure, FigureRole, Measure, Party, TraceLine } from "./claim.ts";
import { type Counted, readCounted } from "./figures/counted.ts";
import { type Distance, measureDistances } from "./figures/distance.ts";
import { type Link, linkNumbers } from "./figures/link.ts";
import { mergeFigures } from "./figures/merge.ts";
import { openNumbers } from "./figures/open-numbers.ts";
import { type PartyFinding, partyOf, resolveParty, storySide } from "./figures/party.ts";
import { type RoleFinding, readRole } from "./figures/role.ts";
import { readSentenceCues, type SentenceCues } from "./figures/sentence-cues.ts";
import { settleParties, type Unsettled } from "./figures/settle.ts";

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
  for (const field of context.fields) {
    let before: readonly Draft[] = [];
    let focus: Party | null = null;
    for (const sentence of field.reading.sentences) {
      if (field.reading.tokens[sentence.first]!.gap === "\n") focus = null;
      before = readSentence({ context, field, sentence, speakers, itemSides, trace, before, focus });
      drafts.push(...before);
      focus = focusAfter(field, sentence, focus);
    }
  }
  const figures = settleParties(drafts).map((draft) => figureOf(context, draft, trace));
  return { figures: mergeFigures(figures), trace };
}

/** A figure before the item as a whole has settled whose people it counts. */
interface Draft extends Unsettled {
  readonly field: FieldContext;
  readonly link: Link;
  readonly speaker: Attribution;
  readonly civilian: boolean;
  readonly happened: HappeningTime;
  readonly episode: boolean;
  readonly role: RoleFinding | null;
}

interface SentenceTask {
  readonly context: ItemContext;
  readonly field: FieldContext;
  readonly sentence: Sentence;
  readonly speakers: SpeakerLookup;
  readonly itemSides: readonly Party[];
  readonly trace: TraceLine[];
  /** The figures of the sentence before. */
  readonly before: readonly Draft[];
  readonly focus: Party | null;
}

/** The side that a sentence leaves its readers with: the only one it names; none where it names both. */
function focusAfter(field: FieldContext, sentence: Sentence, focus: Party | null): Party | null {
  const inside = field.entities.filter(({ first, last }) => first >= sentence.first && last <= sentence.last);
  const sides = new Set(inside.map(storySide));
  sides.delete(null);
  const [only, ...more] = [...sides];
  return only === undefined ? focus : more.length === 0 ? only : null;
}

/** The sides of the story that an item names, title before text. */
function sidesOf(context: ItemContext): Party[] {
  const sides = context.fields.flatMap((field) => field.entities.map(partyOf));
  return [...new Set(sides)].filter((side): side is Party => side === "armenia" || side === "azerbaijan");
}

function readSentence(task: SentenceTask): Draft[] {
  const { context, field, sentence } = task;
  const numbers = field.reading.numbers.filter(
    (number) => number.first >= sentence.first && number.last <= sentence.last,
  );
  if (numbers.length === 0) return [];
  for (const number of numbers) {
    if (number.notFigure !== null)
      task.trace.push(lineOf(field, number, "not a figure", `it is a ${number.notFigure}`));
  }
  if (numbers.every((number) => number.notFigure !== null)) return [];
  const cues = readSentenceCues(field, sentence, context.pack.figures);
  const distance = measureDistances(cues);
  const counted = openNumbers(cues).map((number) => readCounted(cues, number));
  const links = linkNumbers(
    cues,
    counted,
    distance,
    task.before.map((draft) => draft.link),
  );
  traceUnbound(task, counted, links);
  return draftsOf(task, cues, distance, links);
}

function draftsOf(task: SentenceTask, cues: SentenceCues, distance: Distance, links: readonly Link[]): Draft[] {
  const drafts: Draft[] = [];
  const tracked = (measure: Measure): Party | null => trackedParty(task.context.story, measure);
  const { lang } = task.context.reading;
  for (const link of links) {
    const { number } = link.counted;
    const before = drafts.at(-1) ?? task.before.find((draft) => draft.link === link.inherited);
    const speaker = task.speakers(task.field.reading.field, number.first, number.last);
    const party = resolveParty(cues, link, distance, {
      speakerSide: speaker.side,
      before: before?.party ?? null,
      itemSides: task.itemSides,
      relevant: task.context.relevance.relevant,
      home: task.context.story.home[lang] ?? null,
      martyrs: task.context.story.martyrs[lang] ?? null,
      focus: task.focus,
      tracked,
    });
    const role = readRole(cues, link, distance);
    const whole = [...task.before, ...drafts].find((draft) => draft.link === link.inherited);
    drafts.push(draftOf(task, cues, link, speaker, party, roleBesides(role, link, party, before, whole)));
  }
  return drafts;
}

/** "31 others wounded" beside killed is no increment; one side's share of both sides' toll is that side's own toll. */
function roleBesides(
  role: RoleFinding | null,
  link: Link,
  party: PartyFinding,
  before: Draft | undefined,
  whole: Draft | undefined,
): RoleFinding | null {
  if (role?.role === "increment" && before && before.measure !== link.hit.cue.measure) return null;
  const share = role?.role === "component" && party.party !== "both" && (whole ?? before)?.party.party === "both";
  return share ? null : role;
}

function draftOf(
  task: SentenceTask,
  cues: SentenceCues,
  link: Link,
  speaker: Attribution,
  party: PartyFinding,
  role: RoleFinding | null,
): Draft {
  const { number, qualifier } = link.counted;
  const { measure, factor } = link.hit.cue;
  const value = number.value === null ? null : round(number.value * factor);
  const civilian = measure === "displaced" || isCivilian(cues, link);
  const { item, story } = task.context;
  const happened = task.context.happening(task.field.reading.field, link.counted.first, link.counted.last);
  const { first, last } = link.hit;
  const episode = cues.frames.some((hit) => hit.cue.frame === "episode" && hit.first >= first && hit.last <= last);
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
    exact: qualifier === "exact",
  };
}

function traceUnbound(task: SentenceTask, counted: readonly Counted[], links: readonly Link[]): void {
  for (const one of counted) {
    if (links.some((link) => link.counted === one)) continue;
    const because =
      one.noun === "thing" ? "it counts things, not people or land" : "no words near it say what it measures";
    task.trace.push(lineOf(task.field, one.number, "not a figure", because));
  }
}

function figureOf(context: ItemContext, draft: Draft, trace: TraceLine[]): Figure {
  const { field, link, measure, value, civilian } = draft;
  const { number, qualifier } = link.counted;
  const { party } = draft.party;
  const { happened } = draft;
  const about = context.relevance.relevant
    ? matchEvent(
        { measure, party, civilian, value, episode: draft.episode },
        happened,
        context.item.published,
        context.story,
      )
    : { event: null, because: "the item is not about the story" };
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
    qualifier,
    role: role.role,
    happened: happened.from,
  };
}

function decideRole(
  role: { role: FigureRole; because: string } | null,
  party: Party,
  event: string | null,
): { role: FigureRole; because: string } {
  if (role?.role === "denied") return role;
  if (event === "background") return { role: "background", because: "it happened before the story began" };
  if (role) return role;
  if (party === "both") return { role: "combined", because: "it adds up both sides" };
  return { role: "current", because: "it is given as it stands" };
}

function isCivilian(cues: SentenceCues, link: Link): boolean {
  const { counted, hit } = link;
  if (counted.who !== null && counted.who !== "anyone") return counted.who === "civilian";
  if (hit.last > counted.number.first) return false;
  return cues.people.some(
    (people) => people.cue.who === "civilian" && people.first >= hit.first && people.last <= counted.number.first,
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
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

function lineOf(field: FieldContext, number: NumberMention, rule: string, because: string): TraceLine {
  return { rule, because, field: field.reading.field, start: number.start, end: number.end };
}
