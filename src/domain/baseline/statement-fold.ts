import type { Alert, ClaimState } from "../alert/alert.ts";
import { raise } from "../alert/raise.ts";
import type { BaselineClaim } from "./baseline.ts";
import { baselineMoment, HOUR, inWindow, type SubjectFrame } from "./frame.ts";
import type { StatementObservation } from "./observation.ts";
import { type Report, reportsOf } from "./report.ts";

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
  /** Null for the baseline. */
  readonly observation: StatementObservation | null;
  readonly carriers: Map<string, StatementObservation>;
}

/** The positions of one side on one topic, or the course of a happening, oldest first. The last one stands. */
export interface Course {
  /** A side, or "any" for a happening. */
  readonly side: string;
  readonly stands: Stand[];
}

export interface StatementFold {
  readonly courses: readonly Course[];
  readonly alerts: readonly Alert[];
}

interface State {
  readonly frame: SubjectFrame;
  readonly courses: Map<string, Course>;
  readonly alerts: Alert[];
  readonly occurrences: Map<string, number>;
  readonly pages: Map<string, { meaning: string; observation: StatementObservation }>;
}

const NOBODY = new Set(["media", "-", "", "other", "unknown"]);

/** Folds all statements on one topic, in order, from the baseline on. */
export function foldStatements(frame: SubjectFrame, observations: readonly StatementObservation[]): StatementFold {
  const state: State = { frame, courses: new Map(), alerts: [], occurrences: new Map(), pages: new Map() };
  for (const claim of frame.event?.claims ?? []) {
    if (claim.position === undefined) continue;
    courseOf(state, claim.side).stands.push(baselineStand(frame, claim, claim.position));
  }
  const heard = observations.filter((one) => inWindow(one.published, frame.window) && isOpen(one, frame));
  for (const report of reportsOf(heard)) foldReport(state, report);
  return { courses: [...state.courses.values()].filter((course) => course.stands.length > 0), alerts: state.alerts };
}

/** A topic that is over takes no more positions: later reports tell its history. */
function isOpen(observation: StatementObservation, { event }: SubjectFrame): boolean {
  return !event?.over || (observation.asserted ?? observation.published).slice(0, 10) <= event.over;
}

function isHappening({ event }: SubjectFrame): boolean {
  return event?.keyedBy === "happening";
}

function courseOf(state: State, side: string): Course {
  const name = isHappening(state.frame) ? "any" : side;
  let course = state.courses.get(name);
  if (!course) {
    course = { side: name, stands: [] };
    state.courses.set(name, course);
  }
  return course;
}

/** Positions that say the same are one. */
function canonical({ event }: SubjectFrame, position: string): string {
  return event?.sameAsPosition.get(position) ?? position;
}

function baselineStand(frame: SubjectFrame, claim: BaselineClaim, position: string): Stand {
  const { speaker, side, asOf } = claim;
  return {
    position,
    meaning: canonical(frame, position),
    speaker,
    side,
    asOf,
    at: Date.parse(asOf),
    observation: null,
    carriers: new Map(),
  };
}

function foldReport(state: State, report: Report<StatementObservation>): void {
  const bySide = new Map<string, StatementObservation[]>();
  for (const observation of report.observations) {
    if (NOBODY.has(observation.side) && !isHappening(state.frame)) continue;
    const name = isHappening(state.frame) ? "any" : observation.side;
    bySide.set(name, [...(bySide.get(name) ?? []), observation]);
  }
  for (const group of bySide.values()) judge(state, furthest(state, group), group);
}

/** Of several positions in one report the one that is furthest on; else the one that is no repetition. */
function furthest(state: State, group: readonly StatementObservation[]): StatementObservation {
  const current = courseOf(state, (group[0] as StatementObservation).side).stands.at(-1)?.meaning;
  const rank = (one: StatementObservation) => state.frame.event?.rank.get(one.position) ?? 0;
  const weight = (one: StatementObservation) =>
    2 * rank(one) + (canonical(state.frame, one.position) === current ? 0 : 1);
  return group.reduce((best, one) => (weight(one) > weight(best) ? one : best));
}

function judge(state: State, observation: StatementObservation, group: readonly StatementObservation[]): void {
  const { frame } = state;
  const course = courseOf(state, observation.side);
  const { position } = observation;
  const meaning = canonical(frame, position);
  judgeEdit(state, course, observation, meaning);
  const at = Date.parse(observation.asserted ?? observation.published);
  const current = course.stands.at(-1);
  if (current?.meaning === meaning) {
    if (!current.carriers.has(observation.cluster)) current.carriers.set(observation.cluster, observation);
    return;
  }
  if (isOld(state, course, meaning, at)) return;
  const { speaker, side } = observation;
  const asOf = observation.asserted ?? observation.published;
  const carriers = new Map([[observation.cluster, observation]]);
  const stand: Stand = { position, meaning, speaker, side, asOf, at, observation, carriers };
  course.stands.push(stand);
  if (group.some((one) => one.counted && canonical(frame, one.position) === meaning)) return;
  tell(state, course, observation, current ?? null, stand);
}

/** Older than the baseline, further back than things have come, or a return too soon after the change. */
function isOld(state: State, course: Course, meaning: string, at: number): boolean {
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

function tell(
  state: State,
  course: Course,
  observation: StatementObservation,
  before: Stand | null,
  after: Stand,
): void {
  push(state, observation, {
    kind: before ? "statement.changed" : "statement.new",
    identity: ["position", course.side, after.meaning],
    before: stateOf(before),
    after: stateOf(after),
    because: before
      ? isHappening(state.frame)
        ? "things have come further"
        : "the same side takes another position"
      : "the first position that the baseline lacks",
    others: [],
  });
}

/** A position that changed inside a page already published. */
function judgeEdit(state: State, course: Course, observation: StatementObservation, meaning: string): void {
  const name = `${observation.item}|${course.side}`;
  const before = state.pages.get(name);
  if (before && before.observation.revision >= observation.revision) return;
  state.pages.set(name, { meaning, observation });
  if (!before || before.meaning === meaning) return;
  push(state, observation, {
    kind: "item.edited",
    identity: ["edited", observation.page, course.side, before.meaning, meaning],
    before: claimState(before.observation),
    after: claimState(observation),
    because: "the position was changed inside a published item",
    others: [before.observation],
  });
}

interface Telling {
  readonly kind: "statement.changed" | "statement.new" | "item.edited";
  readonly identity: readonly string[];
  readonly before: ClaimState | null;
  readonly after: ClaimState | null;
  readonly because: string;
  readonly others: readonly StatementObservation[];
}

function push(state: State, observation: StatementObservation, { others, identity, ...told }: Telling): void {
  const name = identity.join("|");
  const occurrence = (state.occurrences.get(name) ?? 0) + 1;
  state.occurrences.set(name, occurrence);
  const { frame } = state;
  const baseline = frame.event?.claims.find(
    (claim) => claim.position !== undefined && (isHappening(frame) || claim.side === observation.side),
  );
  state.alerts.push(
    raise(
      {
        ...told,
        identity: [...identity, occurrence],
        topic: observation.topic,
        measure: null,
        party: null,
        civilian: null,
        baseline: baseline ? stateOf(baselineStand(frame, baseline, baseline.position as string)) : null,
        voice: isHappening(frame) && NOBODY.has(observation.side) ? "unnamed" : "own",
        outlier: false,
        about: null,
        evidence: [observation, ...others],
      },
      frame,
    ),
  );
}

function stateOf(stand: Stand | null): ClaimState | null {
  return stand ? { position: stand.position, speaker: stand.speaker, side: stand.side, asOf: stand.asOf } : null;
}

function claimState(observation: StatementObservation): ClaimState {
  const { position, speaker, side, asserted, published } = observation;
  return { position, speaker, side, asOf: asserted ?? published };
}
