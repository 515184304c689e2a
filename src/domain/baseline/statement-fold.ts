import type { Alert } from "../alert/alert.ts";
import { addCarrier, carriersOf } from "./carriers.ts";
import { type Decisions, decide, takeToldOf } from "./decision.ts";
import { inWindow, type SubjectFrame } from "./frame.ts";
import type { StatementObservation } from "./observation.ts";
import { type Report, reportsOf } from "./report.ts";
import {
  baselineStand,
  type Course,
  canonical,
  courseName,
  courseOf,
  isHappening,
  isHearsay,
  isOld,
  type Stand,
  type StatementState,
} from "./statement-course.ts";
import { judgeEdit, tell } from "./statement-telling.ts";

export interface StatementFold {
  readonly courses: readonly Course[];
  readonly alerts: readonly Alert[];
  readonly decisions: Decisions;
}

/** The courses of a topic as the baseline has them. */
export function beginStatements(frame: SubjectFrame): StatementState {
  const state: StatementState = {
    frame,
    courses: new Map(),
    alerts: [],
    occurrences: new Map(),
    hearsay: new Map(),
    lastWords: new Map(),
    decisions: new Map(),
  };
  for (const claim of frame.event?.claims ?? []) {
    if (claim.position === undefined) continue;
    courseOf(state, isHappening(frame) ? "any" : claim.side).stands.push(baselineStand(frame, claim, claim.position));
  }
  return state;
}

/**
 * Folds statements on one topic, in order, into its courses; they must come after all that were folded before. Alerts
 * and decisions are those of these statements.
 */
export function foldStatements(state: StatementState, observations: readonly StatementObservation[]): StatementFold {
  const { frame } = state;
  const heard = observations.filter((one) => inWindow(one.published, frame.window) && isOpen(one, frame));
  for (const report of reportsOf(heard)) foldReport(state, report);
  for (const one of observations) decide(state, one, isOpen(one, frame) ? "outside-window" : "topic-over");
  const courses = [...state.courses.values()].filter((course) => course.stands.length > 0);
  return { courses, ...takeToldOf(state) };
}

/** A topic that is over takes no more positions: later reports tell its history. */
function isOpen(observation: StatementObservation, { event }: SubjectFrame): boolean {
  return !event?.over || (observation.asserted ?? observation.published).slice(0, 10) <= event.over;
}

function foldReport(state: StatementState, report: Report<StatementObservation>): void {
  const bySide = new Map<string, StatementObservation[]>();
  for (const observation of report.observations) {
    const name = courseName(state.frame, observation.side);
    if (name === null || (isHearsay(observation) && state.frame.event?.named.includes(observation.position))) {
      decide(state, observation, name === null ? "no-say" : "nobody-named");
      continue;
    }
    bySide.set(name, [...(bySide.get(name) ?? []), observation]);
  }
  for (const [name, group] of bySide) {
    const course = courseOf(state, name);
    const silent = group.filter((one) => state.frame.event?.silence.includes(one.position));
    const counted = silent.length > 0 ? silent : group;
    judge(state, course, furthest(state, course, counted), counted);
    for (const observation of group) decide(state, observation, "another-position-counts");
  }
}

/** Of several positions in one report the furthest on, else the one that is no repetition, else one that names somebody. */
function furthest(state: StatementState, course: Course, group: readonly StatementObservation[]): StatementObservation {
  const current = course.stands.at(-1)?.meaning;
  const rank = (one: StatementObservation) => state.frame.event?.rank.get(one.position) ?? 0;
  const weight = (one: StatementObservation) =>
    4 * rank(one) + (canonical(state.frame, one.position) === current ? 0 : 2) + (isHearsay(one) ? 0 : 1);
  return group.reduce((best, one) => (weight(one) > weight(best) ? one : best));
}

function judge(
  state: StatementState,
  course: Course,
  observation: StatementObservation,
  group: readonly StatementObservation[],
): void {
  const { frame } = state;
  const { position } = observation;
  const meaning = canonical(frame, position);
  judgeEdit(state, course, observation, meaning);
  const at = Date.parse(observation.asserted ?? observation.published);
  const current = course.stands.at(-1);
  if (current?.meaning === meaning) {
    addCarrier(current.carriers, observation);
    decide(state, observation, "position-stands");
    return;
  }
  if (isOld(state, course, meaning, at)) {
    decide(state, observation, "position-old");
    return;
  }
  const sources = sourcesOf(state, course, observation, meaning);
  if (sources.length === 0) {
    decide(state, observation, "hearsay-waits");
    return;
  }
  const { speaker, side } = observation;
  const asOf = observation.asserted ?? observation.published;
  const carriers = carriersOf(sources);
  const stand: Stand = { position, meaning, speaker, side, asOf, at, observation: observation.id, carriers };
  course.stands.push(stand);
  if (group.some((one) => one.counted && canonical(frame, one.position) === meaning)) {
    decide(state, observation, "figure-tells");
    return;
  }
  if (current === undefined && isKnownOfOthers(state, meaning)) {
    decide(state, observation, "known-of-others");
    return;
  }
  tell(state, course, observation, { before: current ?? null, after: stand, sources });
}

/** A third side that says what the baseline holds of another repeats it. */
function isKnownOfOthers({ frame }: StatementState, meaning: string): boolean {
  return (frame.event?.claims ?? []).some(
    ({ position }) => position !== undefined && canonical(frame, position) === meaning,
  );
}

/** The sources of a change; none as long as too few lay it in a country's mouth. */
function sourcesOf(
  state: StatementState,
  course: Course,
  observation: StatementObservation,
  meaning: string,
): StatementObservation[] {
  const name = `${course.side}|${meaning}`;
  const heard = state.hearsay.get(name) ?? new Map<string, StatementObservation>();
  if (!heard.has(observation.cluster)) heard.set(observation.cluster, observation);
  state.hearsay.set(name, heard);
  const firm = !isHearsay(observation) || isHappening(state.frame) || course.stands.length === 0;
  if (!firm && heard.size < state.frame.changes.hearsaySources) return [];
  state.hearsay.delete(name);
  return [...heard.values()];
}
