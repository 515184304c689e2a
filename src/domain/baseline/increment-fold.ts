import type { Alert } from "../alert/alert.ts";
import type { Frame } from "./frame.ts";
import { inOrder, type Observation, sorted } from "./observation.ts";
import { byTrigger, foldSubject, type Standing } from "./standings.ts";

/** What a batch of fresh observations adds to what the ledger holds. */
export interface Increment {
  /** Alerts to store, in the order in which they were raised. */
  readonly alerts: readonly Alert[];
  /** The standings of the subjects that the batch touches. */
  readonly standings: readonly Standing[];
  /** Fresh observations to store; those that a newer revision has overtaken are marked so. */
  readonly taken: readonly Observation[];
}

/**
 * Folds fresh observations into what the ledger holds: `history` are all observations stored before that share a subject
 * with the fresh ones, `known` tells which alert ids are stored. Each subject is folded anew from the baseline, so that a
 * late item is judged against the standing of its time, and whatever was already told has its id and is not told twice.
 * Only what a fresh observation or a later one caused is told.
 */
export function foldIncrement(
  frame: Frame,
  history: readonly Observation[],
  fresh: readonly Observation[],
  known: (alertId: string) => boolean,
): Increment {
  const stored = new Set(history.map((one) => one.id));
  const held = newestRevisions(history);
  const taken = fresh
    .filter((one) => !stored.has(one.id))
    .map((one) => (one.revision < (held.get(one.item) ?? 0) ? { ...one, overtaken: true } : one));
  const alerts: Alert[] = [];
  const standings: Standing[] = [];
  for (const subject of new Set(taken.map((one) => one.subject))) {
    const mine = taken.filter((one) => one.subject === subject);
    const folded = foldSubject(frame, subject, [...history.filter((one) => one.subject === subject), ...mine]);
    const [first] = sorted(mine.filter((one) => !one.overtaken));
    standings.push(...folded.standings);
    if (first === undefined) continue;
    alerts.push(
      ...folded.alerts.filter((alert) => !known(alert.id) && inOrder(alert.evidence[0] as Observation, first) >= 0),
    );
  }
  return { alerts: alerts.sort(byTrigger), standings, taken };
}

function newestRevisions(observations: readonly Observation[]): Map<string, number> {
  const newest = new Map<string, number>();
  for (const { item, revision } of observations) newest.set(item, Math.max(revision, newest.get(item) ?? 0));
  return newest;
}
