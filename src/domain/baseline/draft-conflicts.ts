import type { Figure } from "../claims/claim.ts";
import { agree } from "./agreement.ts";
import type { ChangeRules } from "./change-rules.ts";
import type { Where } from "./draft-claims.ts";

/** A figure of the article with where it stands. */
export interface PlacedFigure {
  readonly figure: Figure;
  readonly where: Where;
  /** Which sentence of its field it stands in. */
  readonly sentence: number;
}

/** Numbers that may differ from the total without contradicting it. */
const NO_TOTAL: ReadonlySet<Figure["role"]> = new Set(["increment", "component", "denied", "background"]);

/**
 * Whether two figures of one article give different numbers for one count: same measure, party and civilian or
 * military, neither a part nor a step of the other, and not told of different times or in one breath ("10 km² besides
 * 40 km²"). A headline that names no side may count either.
 */
export function conflict(one: PlacedFigure, other: PlacedFigure, rules: ChangeRules): boolean {
  const [a, b] = [one.figure, other.figure];
  if (a.measure !== b.measure || NO_TOTAL.has(a.role) || NO_TOTAL.has(b.role)) return false;
  if (!samePeople(one, other) || differentTimes(a, b)) return false;
  if (one.where === other.where && one.sentence === other.sentence) return false;
  if (isUpdate(a, b) || isUpdate(b, a)) return false;
  return !standsFor(a, b, rules);
}

/** Whether the figure is of a headline that names neither a side nor a speaker. */
export function namesNoSide({ figure, where }: PlacedFigure): boolean {
  return where === "title" && figure.speaker === "-" && (figure.party === "both" || figure.party === "other");
}

function samePeople(one: PlacedFigure, other: PlacedFigure): boolean {
  if (namesNoSide(one) || namesNoSide(other)) return true;
  return one.figure.party === other.figure.party && one.figure.civilian === other.figure.civilian;
}

function differentTimes(a: Figure, b: Figure): boolean {
  return Boolean(a.happened && b.happened && a.happened !== b.happened);
}

/** A smaller number that is said to be the earlier one has only been overtaken. */
function isUpdate(earlier: Figure, later: Figure): boolean {
  return (
    earlier.role === "previous" &&
    later.role !== "previous" &&
    earlier.value !== null &&
    later.value !== null &&
    earlier.value <= later.value
  );
}

function standsFor(a: Figure, b: Figure, rules: ChangeRules): boolean {
  if (a.value !== null && b.value !== null)
    return agree({ value: a.value, qualifier: a.qualifier }, { value: b.value, qualifier: b.qualifier }, rules);
  const [lowA, highA] = rangeOf(a);
  const [lowB, highB] = rangeOf(b);
  return lowA <= highB && lowB <= highA;
}

function rangeOf({ value, low, high }: Figure): [number, number] {
  return value === null ? [low ?? 0, high ?? Number.POSITIVE_INFINITY] : [value, value];
}

/** How a number reads in a note: "105", "at least 105", "dozens (20–99)". */
export function numberText({ value, low, high, qualifier, quote }: Figure): string {
  if (value !== null) return qualifier === "exact" ? String(value) : `${qualifier.replaceAll("_", " ")} ${value}`;
  return low === undefined ? `«${quote}»` : `«${quote}» (${low}–${high ?? ""})`;
}
