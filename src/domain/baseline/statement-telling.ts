import type { ClaimState } from "../alert/alert.ts";
import { raise } from "../alert/raise.ts";
import { keepWord, lastWordOf } from "./last-words.ts";
import type { StatementObservation } from "./observation.ts";
import {
  baselineStand,
  type Course,
  courseName,
  isHappening,
  NOBODY,
  type Stand,
  type StatementState,
} from "./statement-course.ts";

interface StandTold {
  readonly before: Stand | null;
  readonly after: Stand;
  readonly sources: readonly StatementObservation[];
}

/** Tells a position that now stands. */
export function tell(
  state: StatementState,
  course: Course,
  observation: StatementObservation,
  { before, after, sources }: StandTold,
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
    others: sources.filter((one) => one.id !== observation.id),
  });
}

/** A position that changed inside a page already published. */
export function judgeEdit(
  state: StatementState,
  course: Course,
  observation: StatementObservation,
  meaning: string,
): void {
  const before = lastWordOf(state.lastWords, observation.item, course.side);
  if (before && before.observation.revision >= observation.revision) return;
  keepWord(state.lastWords, observation.item, course.side, { meaning, observation });
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

function push(state: StatementState, observation: StatementObservation, { others, identity, ...told }: Telling): void {
  const name = identity.join("|");
  const occurrence = (state.occurrences.get(name) ?? 0) + 1;
  state.occurrences.set(name, occurrence);
  const { frame } = state;
  const baseline = frame.event?.claims.find(
    (claim) =>
      claim.position !== undefined && (isHappening(frame) || claim.side === courseName(frame, observation.side)),
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
        voice: NOBODY.has(observation.side) ? "unnamed" : "own",
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
