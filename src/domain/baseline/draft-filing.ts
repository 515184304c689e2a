import type { Figure } from "../claims/claim.ts";
import type { ChangeRules } from "./change-rules.ts";
import { conflict, namesNoSide, type PlacedFigure } from "./draft-conflicts.ts";

/** A figure with the event that it was put into. */
export interface Filed extends PlacedFigure {
  readonly id: string;
  /** The event that it tells again, in another place of the article. */
  readonly sameAs: string | null;
}

const ORDER: Readonly<Record<PlacedFigure["where"], number>> = { text: 0, caption: 1, title: 2 };

/**
 * Puts each figure into an event; `known`: those of the story's present baseline. The body leads, the number of a named speaker before one of nobody: what differs from it is filed
 * as the same again.
 */
export function fileFigures(
  figures: readonly PlacedFigure[],
  known: ReadonlyMap<string, unknown>,
  changes: ChangeRules,
): Filed[] {
  const filed: Filed[] = [];
  const rank = ({ figure, where }: PlacedFigure): number => ORDER[where] * 2 + (figure.speaker === "-" ? 1 : 0);
  for (const one of [...figures].sort((a, b) => rank(a) - rank(b))) {
    const main =
      filed.find((other) => other.sameAs === null && conflict(other, one, changes) && sameSide(other, one)) ??
      onlyCount(one, filed);
    const home = main?.id ?? nameOf(one, known);
    const beside = filed.some(
      (other) => other.id === home && differs(other.figure, one.figure) && sameVoice(other, one),
    );
    const place = one.where === "title" ? "headline" : one.where === "caption" ? "caption" : null;
    const id = main || beside ? freeId(`${home}-${place ?? ""}`, filed) : home;
    filed.push({ ...one, id, sameAs: main ? home : null });
  }
  return filed;
}

/** Two sides may give different numbers for one event; that is a dispute, and one event. */
export function sameSide(one: PlacedFigure, other: PlacedFigure): boolean {
  return one.figure.side === other.figure.side || one.figure.speaker === "-" || other.figure.speaker === "-";
}

function sameVoice(one: PlacedFigure, other: PlacedFigure): boolean {
  return one.figure.side === other.figure.side;
}

function differs(one: Figure, other: Figure): boolean {
  return one.value !== other.value || one.low !== other.low || one.measure !== other.measure;
}

/** What a headline without a side can only mean: the one count of this measure that the article has. */
function onlyCount(one: PlacedFigure, filed: readonly Filed[]): Filed | undefined {
  if (!namesNoSide(one)) return undefined;
  const same = filed.filter(({ figure, sameAs }) => sameAs === null && figure.measure === one.figure.measure);
  return new Set(same.map(({ id }) => id)).size === 1 ? same[0] : undefined;
}

/** The event of the story's present baseline, so that ids stay; else what is counted and whose. */
function nameOf({ figure }: PlacedFigure, known: ReadonlyMap<string, unknown>): string {
  const { event, measure, party, civilian } = figure;
  if (event !== null && known.has(event)) return event;
  return [measure.replaceAll("_", "-"), party, ...(civilian ? ["civilian"] : [])].join("-");
}

function freeId(wanted: string, filed: readonly Pick<Filed, "id">[]): string {
  const base = wanted.replace(/-$/, "");
  const taken = new Set(filed.map(({ id }) => id));
  for (let count = wanted.endsWith("-") ? 2 : 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(id)) return id;
  }
}
