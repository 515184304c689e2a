import type { Alert } from "../alert/alert.ts";
import type { Frame } from "./frame.ts";
import { inOrder, type Observation, sorted } from "./observation.ts";
import { beginRunningFold, type RunningFold } from "./running-fold.ts";
import { byTrigger, type Standing } from "./standings.ts";

/** What a batch of fresh observations adds to what the ledger holds. */
export interface Increment {
  /** Alerts to store, in the order in which they were raised. */
  readonly alerts: readonly Alert[];
  /** The standings of the subjects that the batch touches. */
  readonly standings: readonly Standing[];
  /** Fresh observations to store; those that a newer revision has overtaken are marked so. */
  readonly taken: readonly Observation[];
}

/** What the ledger has of fresh observations and their items, in the subjects that the batch touches. */
export interface HeldOfFresh {
  /** Ids of observations. */
  readonly stored: ReadonlySet<string>;
  /** By item: the newest revision. */
  readonly newest: ReadonlyMap<string, number>;
}

/** The fresh observations to store; those that a newer revision has overtaken are marked so. */
export function takenOf(fresh: readonly Observation[], { stored, newest }: HeldOfFresh): Observation[] {
  return fresh
    .filter((one) => !stored.has(one.id))
    .map((one) => (one.revision < (newest.get(one.item) ?? 0) ? { ...one, overtaken: true } : one));
}

/** A subject's fold, and what is to be folded before the fresh observations: all that is stored, where it just began. */
export interface FoldToExtend {
  readonly running: RunningFold;
  readonly before: readonly Observation[];
}

/**
 * Folds what was taken into the fold of each subject. A fold that just begins takes what is stored along, so that a late
 * item is judged against the standing of its time; whatever was already told has its id and is not told twice. Only what
 * a fresh observation or a later one caused is told.
 */
export function foldTaken(
  taken: readonly Observation[],
  foldOf: (subject: string) => FoldToExtend,
): Omit<Increment, "taken"> {
  const alerts: Alert[] = [];
  const standings: Standing[] = [];
  for (const [subject, mine] of bySubject(taken)) {
    const { running, before } = foldOf(subject);
    const folded = running.fold([...before, ...mine]);
    const [first] = sorted(mine.filter((one) => !one.overtaken));
    standings.push(...folded.standings);
    if (first === undefined) continue;
    alerts.push(...folded.alerts.filter((alert) => inOrder(alert.evidence[0] as Observation, first) >= 0));
  }
  return { alerts: alerts.sort(byTrigger), standings };
}

/** Observations by subject, in the order in which subjects first come. */
export function bySubject(observations: readonly Observation[]): Map<string, Observation[]> {
  const lists = new Map<string, Observation[]>();
  for (const one of observations) {
    const list = lists.get(one.subject);
    if (list) list.push(one);
    else lists.set(one.subject, [one]);
  }
  return lists;
}

/**
 * Folds fresh observations into what the ledger holds: `history` are all observations stored before that share a subject
 * with the fresh ones, `known` tells which alert ids are stored. Each subject is folded anew from the baseline.
 */
export function foldIncrement(
  frame: Frame,
  history: readonly Observation[],
  fresh: readonly Observation[],
  known: (alertId: string) => boolean,
): Increment {
  const held = { stored: new Set(history.map(({ id }) => id)), newest: newestRevisions(history) };
  const taken = takenOf(fresh, held);
  const stored = bySubject(history);
  const { alerts, standings } = foldTaken(taken, (subject) => ({
    running: beginRunningFold(frame, subject),
    before: stored.get(subject) ?? [],
  }));
  return { alerts: alerts.filter(({ id }) => !known(id)), standings, taken };
}

function newestRevisions(observations: readonly Observation[]): Map<string, number> {
  const newest = new Map<string, number>();
  for (const { item, revision } of observations) newest.set(item, Math.max(revision, newest.get(item) ?? 0));
  return newest;
}
