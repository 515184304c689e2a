import { isRounded, isUnmarkedRounding, leastOf } from "./agreement.ts";
import { announce } from "./announce.ts";
import { effective, type FigureState, lineOf } from "./figure-state.ts";
import { carries, type FigureClaim, knows, OWN, pointOf, UNNAMED } from "./lines.ts";
import { confirmOutlier, isImplausible, isOutlier, raiseOutlier, waitingFor } from "./outliers.ts";

/**
 * Judges a number that nobody named gives. It is taken for the own side's where it repeats or goes beyond what that side
 * has said; a report's own rounding is neither news nor anybody's standing.
 */
export function judgeUnnamed(state: FigureState, claim: FigureClaim): void {
  const { changes, event } = state.frame;
  const own = lineOf(state, claim.stage, OWN);
  const line = lineOf(state, claim.stage, UNNAMED);
  const reported = effective(state, claim.stage);
  if (!reported) {
    judgeFirst(state, claim);
    return;
  }
  if (carries(own, claim, changes) || carries(line, claim, changes)) return;
  if (knows(own, claim, changes) || knows(line, claim, changes) || event?.variants.includes(claim.value)) return;
  const waiting = waitingFor(state, claim);
  if (waiting) {
    confirmOutlier(state, waiting, claim, reported);
    return;
  }
  if (leastOf(claim, changes) <= reported.value || isUnmarkedRounding(claim, reported.value, changes)) return;
  if (isImplausible(state, claim, reported)) return;
  if (isOutlier(state, claim, reported)) {
    raiseOutlier(state, claim, reported);
    return;
  }
  if (isRounded(claim)) return;
  line.points.push(pointOf(claim));
  announce(state, claim, reported, "a report gives a higher number without saying whose it is");
}

function judgeFirst(state: FigureState, claim: FigureClaim): void {
  lineOf(state, claim.stage, UNNAMED).points.push(pointOf(claim));
  announce(state, claim, null, "the first number that the baseline lacks, nobody named");
}
