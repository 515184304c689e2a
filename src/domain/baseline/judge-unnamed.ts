import { isRounded, isUnmarkedRounding, leastOf } from "./agreement.ts";
import { announce } from "./announce.ts";
import { type DecisionRule, decide } from "./decision.ts";
import { effective, type FigureState, lineOf } from "./figure-state.ts";
import { addClaim, carries, type FigureClaim, knows, OWN, type Point, UNNAMED } from "./lines.ts";
import { confirmOutlier, isImplausible, isOutlier, raiseOutlier, waitingFor } from "./outliers.ts";

/**
 * Judges a number that nobody named gives. It is taken for the own side's where it repeats or goes beyond what that side
 * has said; a report's own rounding is neither news nor anybody's standing.
 */
export function judgeUnnamed(state: FigureState, claim: FigureClaim): void {
  const reported = effective(state, claim.stage);
  if (!reported) {
    judgeFirst(state, claim);
    return;
  }
  const passed = knownRule(state, claim);
  if (passed !== null) {
    decide(state, claim.observation, passed);
    return;
  }
  const waiting = waitingFor(state, claim);
  if (waiting) {
    confirmOutlier(state, waiting, claim, reported);
    decide(state, claim.observation, "outlier-waits");
    return;
  }
  const below = noNewsRule(state, claim, reported);
  if (below !== null) {
    decide(state, claim.observation, below);
    return;
  }
  if (isOutlier(state, claim, reported)) {
    raiseOutlier(state, claim, reported);
    return;
  }
  if (isRounded(claim)) {
    decide(state, claim.observation, "unnamed-rounding");
    return;
  }
  addClaim(lineOf(state, claim.stage, UNNAMED), claim);
  announce(state, claim, reported, "a report gives a higher number without saying whose it is");
}

function knownRule(state: FigureState, claim: FigureClaim): DecisionRule | null {
  const { changes, event } = state.frame;
  const own = lineOf(state, claim.stage, OWN);
  const line = lineOf(state, claim.stage, UNNAMED);
  if (carries(own, claim, changes) || carries(line, claim, changes)) return "repeats-standing";
  if (knows(own, claim, changes) || knows(line, claim, changes)) return "known-before";
  return event?.variants.includes(claim.value) ? "baseline-variant" : null;
}

function noNewsRule(state: FigureState, claim: FigureClaim, reported: Point): DecisionRule | null {
  const { changes } = state.frame;
  if (leastOf(claim, changes) <= reported.value) return "lower-is-old";
  if (isUnmarkedRounding(claim, reported.value, changes)) return "rounding";
  return isImplausible(state, claim, reported) ? "implausible" : null;
}

function judgeFirst(state: FigureState, claim: FigureClaim): void {
  addClaim(lineOf(state, claim.stage, UNNAMED), claim);
  announce(state, claim, null, "the first number that the baseline lacks, nobody named");
}
