import type { Alert } from "../alert/alert.ts";
import type { BaselineClaim } from "./baseline.ts";
import { type Carriers, carriersOf } from "./carriers.ts";
import type { Decisions } from "./decision.ts";
import { baselineMoment, HOUR, type SubjectFrame } from "./frame.ts";
import type { LastWords } from "./last-words.ts";
import type { StatementObservation } from "./observation.ts";

/** A position that stood: a point of a course. */
export interface Stand {
  /** As it was said. */
  readonly position: string;
  /** The one that stands for all positions that say the same. */
  readonly meaning: string;
  readonly speaker: string;
  readonly side: string;
  readonly asOf: string;
  readonly at: number;
  /** The id of the observation that told it; null for the baseline. */
  readonly observation: string | null;
  readonly carriers: Carriers;
}

/** The positions of one side on one topic, or the course of a happening, oldest first. The last one stands. */
export interface Course {
  /** A side, or "any" for a happening. */
  readonly side: string;
  readonly stands: Stand[];
}

/** The courses of one topic while it is folded. */
export interface StatementState {
  readonly frame: SubjectFrame;
  readonly courses: Map<string, Course>;
  readonly alerts: Alert[];
  readonly occurrences: Map<string, number>;
  /** Changes laid in a country's mouth, with the sources that did so, until there are enough. */
  readonly hearsay: Map<string, Map<string, StatementObservation>>;
  readonly lastWords: LastWords<{ readonly meaning: string; readonly observation: StatementObservation }>;
  readonly decisions: Decisions;
}

/** Sides that stand for no actor of the story: they take no position. */
export const NOBODY = new Set(["media", "-", "", "other", "unknown"]);

export function isHappening({ event }: SubjectFrame): boolean {
  return event?.keyedBy === "happening";
}

/** Whose course a position belongs to, or null where the side has no say on the topic. */
export function courseName({ event }: SubjectFrame, side: string): string | null {
  if (event?.keyedBy === "happening") return "any";
  const voices = event?.voices;
  if (NOBODY.has(side)) return voices?.length === 1 ? (voices[0] as string) : null;
  return !voices || voices.includes(side) ? side : null;
}

export function courseOf(state: StatementState, name: string): Course {
  let course = state.courses.get(name);
  if (!course) {
    course = { side: name, stands: [] };
    state.courses.set(name, course);
  }
  return course;
}

/** Whether no person or body is named for a position: a country alone, both, or nobody. */
export function isHearsay({ speaker, side }: StatementObservation): boolean {
  return speaker === side || speaker === "both" || NOBODY.has(side);
}

/** Positions that say the same are one. */
export function canonical({ event }: SubjectFrame, position: string): string {
  return event?.sameAsPosition.get(position) ?? position;
}

export function baselineStand(frame: SubjectFrame, claim: BaselineClaim, position: string): Stand {
  const { speaker, side, asOf } = claim;
  return {
    position,
    meaning: canonical(frame, position),
    speaker,
    side,
    asOf,
    at: Date.parse(asOf),
    observation: null,
    carriers: carriersOf([]),
  };
}

/** Older than the baseline, further back than things have come, or a return too soon after the change. */
export function isOld(state: StatementState, course: Course, meaning: string, at: number): boolean {
  const { frame } = state;
  const current = course.stands.at(-1);
  if (!current) return false;
  const begins = course.stands[0];
  if (begins?.observation === null && at < baselineMoment(frame)) return true;
  const rank = frame.event?.rank;
  const [now, then] = [rank?.get(meaning), rank?.get(current.meaning)];
  if (now !== undefined && then !== undefined && now < then) return true;
  const held = course.stands.some((stand) => stand.meaning === meaning);
  return held && at - current.at < frame.changes.settleHours * HOUR;
}
