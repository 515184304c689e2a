import type { Figure } from "../domain/claims/claim.ts";
import type { ItemLabels, LabelledFigure } from "./labels.ts";
import { type Agreement, agreementOf, newTally, ratio, valueAt } from "./ratio.ts";

/** How figures came out against the labels. */
export interface FigureScore {
  readonly all: Agreement;
  /** F1 by language. */
  readonly byLanguage: Readonly<Record<string, number>>;
  /** Of the figures found: the share with the right event, and with the right qualifier. */
  readonly event: number | null;
  readonly qualifier: number | null;
  /** Figures of something else taken for news of a baseline event: the costly mistake. */
  readonly falseUpdates: number;
}

type Read = Pick<Figure, "event" | "measure" | "party" | "value" | "qualifier" | "role" | "quote">;
type Key = Pick<LabelledFigure, "measure" | "party" | "value">;

const SCORED_MEASURES = new Set(["killed", "wounded", "missing", "captured", "bodies", "area_km2", "displaced"]);
/** Labelled in some items only: to read more of them is no mistake. */
const LABELLED_IN_PART: ReadonlySet<string> = new Set(["previous", "component", "denied"]);
/** They revise no baseline event. */
const NO_UPDATE: ReadonlySet<string> = new Set([...LABELLED_IN_PART, "combined", "background"]);

/** Scores figures by measure, party and value, each counted once an item. Items of another story count for false updates alone. */
export function scoreFigures(
  items: readonly ItemLabels[],
  readOf: (id: string) => readonly Read[],
  note: (line: string) => void,
): FigureScore {
  const all = newTally();
  const languages = new Map<string, ReturnType<typeof newTally>>();
  const right = { event: 0, qualifier: 0 };
  let falseUpdates = 0;
  for (const item of items) {
    const labelled = unique(item.figures.filter(isScored));
    const read = unique(readOf(item.id).filter(isScored));
    falseUpdates += countFalseUpdates(item.id, labelled, read, note);
    if (!item.relevant) continue;
    const keys = new Set(labelled.map(keyOf));
    const counted = read.filter((one) => keys.has(keyOf(one)) || !LABELLED_IN_PART.has(one.role)).length;
    const found = new Map(read.map((one) => [keyOf(one), one]));
    for (const figure of labelled) {
      const match = found.get(keyOf(figure));
      if (!match) {
        note(`figure missed ${item.id} ${item.lang}: ${keyOf(figure)} «${figure.quote}»`);
        continue;
      }
      if (match.qualifier === figure.qualifier) right.qualifier += 1;
      if ((match.event ?? null) === (figure.event ?? null)) right.event += 1;
      else note(`event ${item.id}: ${keyOf(figure)} said ${match.event}, is ${figure.event} «${figure.quote}»`);
    }
    for (const one of read)
      if (!keys.has(keyOf(one))) note(`figure invented ${item.id} ${item.lang}: ${keyOf(one)} «${one.quote}»`);
    const hits = [...keys].filter((key) => found.has(key)).length;
    for (const tally of [all, valueAt(languages, item.lang, newTally)]) {
      tally.hits += hits;
      tally.predicted += counted;
      tally.expected += labelled.length;
    }
  }
  return {
    all: agreementOf(all),
    byLanguage: Object.fromEntries([...languages].map(([lang, tally]) => [lang, agreementOf(tally).f1])),
    event: ratio(right.event, all.hits),
    qualifier: ratio(right.qualifier, all.hits),
    falseUpdates,
  };
}

function isScored({ measure, value }: Key): boolean {
  return SCORED_MEASURES.has(measure) && typeof value === "number";
}

function keyOf({ measure, party, value }: Key): string {
  return `${measure}|${party}|${value}`;
}

/** One figure for each key; of several the last, in the place of the first. */
function unique<F extends Key>(figures: readonly F[]): F[] {
  return [...new Map(figures.map((figure) => [keyOf(figure), figure])).values()];
}

function countFalseUpdates(
  id: string,
  labelled: readonly LabelledFigure[],
  read: readonly Read[],
  note: (line: string) => void,
): number {
  const truth = new Set(labelled.map((figure) => `${figure.event} ${keyOf(figure)}`));
  const wrong = read.filter(
    ({ event, role, ...key }) =>
      event !== null &&
      event !== "new" &&
      event !== "background" &&
      !NO_UPDATE.has(role) &&
      !truth.has(`${event} ${keyOf(key)}`),
  );
  for (const figure of wrong) note(`false update ${id} ${figure.event} ${keyOf(figure)} «${figure.quote}»`);
  return wrong.length;
}
