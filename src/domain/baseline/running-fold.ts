import { hashText } from "../dedup/hashing.ts";
import type { Frame } from "./frame.ts";
import { inOrder, type Observation } from "./observation.ts";
import { reportName } from "./report.ts";
import { beginSubject, type Folded } from "./standings.ts";

/** Items whose last words are held, so that an edit of theirs is folded on. */
const ITEMS_HELD = 200;

/** A subject that is folded on as observations come, in place of anew from the baseline each time. */
export interface RunningFold {
  /**
   * Whether folding these on gives what folding all anew would: each comes after all that were folded, and edits an item
   * whose last words are held, or none.
   */
  readonly follow: (observations: readonly Observation[]) => boolean;
  /** Folds on. Alerts and decisions are those of this call; the first call takes observations in any order. */
  readonly fold: (observations: readonly Observation[]) => Folded;
  /** Observations folded. */
  readonly size: () => number;
}

/** Begins a subject at the baseline. */
export function beginRunningFold(frame: Frame, subject: string, { itemsHeld = ITEMS_HELD } = {}): RunningFold {
  const { fold, lastWords } = beginSubject(frame, subject);
  const reports = new Set<number>();
  let last: Observation | null = null;
  let size = 0;
  let isWhole = true;
  const follows = (one: Observation) =>
    (last === null || inOrder(one, last) > 0) &&
    !reports.has(markOf(one)) &&
    (one.revision === 1 || isWhole || lastWords().has(one.item));
  return {
    follow: (observations) => observations.every((one) => one.overtaken || follows(one)),
    fold: (observations) => {
      const folded = fold(observations);
      for (const one of observations) {
        size += 1;
        if (one.overtaken) continue;
        if (last === null || inOrder(one, last) > 0) last = one;
        reports.add(markOf(one));
      }
      if (dropFirst(lastWords(), itemsHeld)) isWhole = false;
      return folded;
    },
    size: () => size,
  };
}

/** Stands for a report in little room: should two share one, the later is folded anew, which is slower and no less right. */
function markOf(observation: Observation): number {
  return hashText(reportName(observation)) >>> 2;
}

/** Drops the first entries until as many are left as are to be kept; whether any was dropped. */
function dropFirst(entries: Map<string, unknown>, keep: number): boolean {
  if (entries.size <= keep) return false;
  for (const key of entries.keys()) {
    if (entries.size <= keep) break;
    entries.delete(key);
  }
  return true;
}
