import type { ClaimState } from "../alert/alert.ts";
import type { FigureRole } from "../claims/claim.ts";
import { agree, isRounded, type Wording } from "./agreement.ts";
import type { BaselineClaim } from "./baseline.ts";
import { addCarrier, type Carriers, carriersOf } from "./carriers.ts";
import type { ChangeRules } from "./change-rules.ts";
import type { FigureObservation } from "./observation.ts";

/**
 * Who gives a number: `own` the side whose count it is, `unnamed` a report that names nobody, else the other side.
 * Roundings of unnamed reports never become anybody's standing.
 */
export type Voice = string;
export const OWN: Voice = "own";
export const UNNAMED: Voice = "unnamed";

/** A number that one report gives for one count, as it is judged. */
export interface FigureClaim extends Wording {
  readonly voice: Voice;
  readonly stage: string | null;
  readonly role: FigureRole;
  readonly increment: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly correction: boolean;
  readonly observation: FigureObservation;
  /** Milliseconds. */
  readonly at: number;
}

/** A number that stood: a point of a line. */
export interface Point extends Wording {
  readonly increment: number | null;
  readonly speaker: string;
  readonly side: string;
  readonly asOf: string;
  readonly at: number;
  readonly position: string | null;
}

/** What one voice has said of one count, oldest first. The last point is the standing. */
export interface Line {
  readonly stage: string | null;
  readonly voice: Voice;
  /** The latest ones; of all the values remain. */
  readonly points: Point[];
  /** Whether its first point is the baseline's. */
  fromBaseline: boolean;
  /** The id of the observation that gave the standing; null for the baseline. */
  observation: string | null;
  /** Those who report the standing. */
  carriers: Carriers;
  /** The values of the points, so that one told before is found without a look at each. */
  readonly values: Set<number>;
  /** Lower values that were passed over as old. */
  readonly passed: Set<number>;
}

/** From now on the claim stands, on the word of these. */
export function addClaim(line: Line, claim: FigureClaim, carriers = carriersOf([claim.observation])): void {
  addPoint(line, pointOf(claim));
  line.observation = claim.observation.id;
  line.carriers = carriers;
}

/** The line begins with what the baseline reports. */
export function addBaseline(line: Line, point: Point): void {
  addPoint(line, point);
  line.fromBaseline = true;
}

/** Far more than a count ever takes; without a bound one that never ends would take the process's memory. */
const POINTS_KEPT = 1000;

/** A course is long and its speakers few: their names are kept once. */
function addPoint(line: Line, point: Point): void {
  const before = standingOf(line);
  const isSameSpeaker = before !== null && before.speaker === point.speaker && before.side === point.side;
  line.points.push(isSameSpeaker ? { ...point, speaker: before.speaker, side: before.side } : point);
  line.values.add(point.value);
  if (line.points.length > POINTS_KEPT) line.points.shift();
}

export function standingOf(line: Line | undefined): Point | null {
  return line?.points.at(-1) ?? null;
}

/** Whether the line had this number before; a rounding is known when it stands for a known number. */
export function knows(line: Line | undefined, claim: Wording, rules: ChangeRules): boolean {
  if (!line) return false;
  if (line.values.has(claim.value)) return true;
  return isRounded(claim) && line.points.some((point) => agree(claim, point, rules));
}

/** Whether the claim repeats the line's standing; if so, it is one more source for it. */
export function carries(line: Line, claim: FigureClaim, rules: ChangeRules): boolean {
  const standing = standingOf(line);
  if (!standing || !agree(standing, claim, rules)) return false;
  addCarrier(line.carriers, claim.observation);
  return true;
}

export function pointOf(claim: FigureClaim): Point {
  const { observation } = claim;
  return {
    value: claim.value,
    qualifier: claim.qualifier,
    increment: claim.increment,
    speaker: observation.speaker,
    side: observation.side,
    asOf: observation.asserted ?? observation.published,
    at: claim.at,
    position: claim.stage,
  };
}

export function baselinePoint(claim: BaselineClaim): Point | null {
  const figure = claim.figure;
  if (!figure || figure.value === null) return null;
  return {
    value: figure.value,
    qualifier: figure.qualifier,
    increment: null,
    speaker: claim.speaker,
    side: claim.side,
    asOf: claim.asOf,
    at: Date.parse(claim.asOf),
    position: claim.position ?? null,
  };
}

export function stateOf(point: Point | null): ClaimState | null {
  if (!point) return null;
  return {
    value: point.value,
    qualifier: point.qualifier,
    ...(point.increment === null ? {} : { increment: point.increment }),
    ...(point.position === null ? {} : { position: point.position }),
    speaker: point.speaker,
    side: point.side,
    asOf: point.asOf,
  };
}

export function claimState(claim: FigureClaim): ClaimState {
  const { low, high } = claim;
  return {
    ...(stateOf(pointOf(claim)) as ClaimState),
    ...(low === null ? {} : { low }),
    ...(high === null ? {} : { high }),
  };
}

/** Exact words say more than rounded ones: which of two agreeing wordings a line keeps. */
export function isSharper(claim: Wording, standing: Wording): boolean {
  return isRounded(standing) && !isRounded(claim);
}
