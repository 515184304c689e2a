import type { Frame } from "./frame.ts";
import { inOrder, type Observation } from "./observation.ts";
import { reportName } from "./report.ts";
import { beginSubject, type Folded } from "./standings.ts";

/** A subject that is folded on as observations come, in place of anew from the baseline each time. */
export interface RunningFold {
  /** Whether folding these on gives what folding all anew would: each comes after all that were folded. */
  readonly follow: (observations: readonly Observation[]) => boolean;
  /** Folds on. Alerts and decisions are those of this call; the first call takes observations in any order. */
  readonly fold: (observations: readonly Observation[]) => Folded;
  /** Observations folded. */
  readonly size: () => number;
}

/** Begins a subject at the baseline. */
export function beginRunningFold(frame: Frame, subject: string): RunningFold {
  const { fold } = beginSubject(frame, subject);
  const reports = new Set<string>();
  let last: Observation | null = null;
  let size = 0;
  return {
    follow: (observations) =>
      observations.every(
        (one) => one.overtaken || ((last === null || inOrder(one, last) > 0) && !reports.has(reportName(one))),
      ),
    fold: (observations) => {
      const folded = fold(observations);
      for (const one of observations) {
        size += 1;
        if (one.overtaken) continue;
        if (last === null || inOrder(one, last) > 0) last = one;
        reports.add(reportName(one));
      }
      return folded;
    },
    size: () => size,
  };
}
