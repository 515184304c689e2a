import type { Alert } from "./alert/alert.ts";
import type { Frame } from "./baseline/frame.ts";
import { foldIncrement } from "./baseline/increment-fold.ts";
import type { Observation } from "./baseline/observation.ts";

/** Observations of one story that were judged together. */
export interface ObservationBatch {
  readonly story: string;
  readonly observations: readonly Observation[];
}

/**
 * Judges batches anew in the order in which they were judged first, each against all before it, and gives every alert
 * once. With the rules that held then the result is the same.
 */
export function replayBatches(frames: ReadonlyMap<string, Frame>, batches: Iterable<ObservationBatch>): Alert[] {
  const alerts = new Map<string, Alert>();
  const bySubject = new Map<string, Observation[]>();
  for (const { story, observations } of batches) {
    const frame = frames.get(story);
    if (frame === undefined) continue;
    const subjects = [...new Set(observations.map(({ subject }) => subject))];
    const listOf = (subject: string) => bySubject.get(`${story} ${subject}`) ?? [];
    const { alerts: raised } = foldIncrement(frame, subjects.flatMap(listOf), observations, (id) => alerts.has(id));
    for (const alert of raised) if (!alerts.has(alert.id)) alerts.set(alert.id, alert);
    for (const observation of observations) {
      const list = bySubject.get(`${story} ${observation.subject}`);
      if (list) list.push(observation);
      else bySubject.set(`${story} ${observation.subject}`, [observation]);
    }
  }
  return [...alerts.values()];
}
