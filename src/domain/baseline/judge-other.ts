import { agree, isRounded, leastOf } from "./agreement.ts";
import { announce, remember } from "./announce.ts";
import { type DecisionRule, decide } from "./decision.ts";
import { effective, type FigureState, findOpen, lineOf, tell, valueIdentity } from "./figure-state.ts";
import {
  addClaim,
  carries,
  claimState,
  type FigureClaim,
  knows,
  type Line,
  OWN,
  type Point,
  pointOf,
  standingOf,
  stateOf,
  UNNAMED,
} from "./lines.ts";
import { isImplausible, waitingFor, withdraw } from "./outliers.ts";

/** Judges another side's number about the same count: kept apart, a dispute where it differs from what is reported. */
export function judgeOther(state: FigureState, claim: FigureClaim): void {
  const reported = effective(state, claim.stage);
  const line = lineOf(state, claim.stage, claim.voice);
  const lines = [lineOf(state, claim.stage, OWN), lineOf(state, claim.stage, UNNAMED), line];
  const standing = standingOf(line);
  const passed = passedRule(state, claim, { lines, standing, reported });
  if (passed !== null) {
    decide(state, claim.observation, passed);
    return;
  }
  addClaim(line, claim);
  if (!reported) {
    announce(state, claim, standing, "another side gives the first number");
    return;
  }
  const id = tell(state, {
    kind: "figure.disputed",
    claim,
    identity: valueIdentity(claim),
    before: stateOf(reported),
    after: claimState(claim),
    because: "another side gives another number for the same count",
  });
  remember(state, claim, id, false);
}

interface Known {
  readonly lines: readonly Line[];
  /** What the speaker's side has said before. */
  readonly standing: Point | null;
  readonly reported: Point | null;
}

/** Why a number is no dispute; null where it is one, or the first. */
function passedRule(state: FigureState, claim: FigureClaim, { lines, standing, reported }: Known): DecisionRule | null {
  const { changes } = state.frame;
  if (lines.some((one) => carries(one, claim, changes))) return "repeats-standing";
  if (lines.some((one) => knows(one, claim, changes))) return "known-before";
  if (standing && leastOf(claim, changes) <= standing.value) return "own-lower";
  if (reported && isCompatible(claim, reported)) return "contradicts-nothing";
  return reported && isImplausible(state, claim, reported) ? "implausible" : null;
}

/** "At least" and "more than" a lower number contradict nothing. */
function isCompatible(claim: FigureClaim, reported: Point): boolean {
  return (claim.qualifier === "at_least" || isRounded(claim)) && claim.value < reported.value;
}

/** Judges a number that its speaker rejects: news when it is a number that is told of another. */
export function judgeDenial(state: FigureState, claim: FigureClaim): void {
  const outlier = waitingFor(state, claim);
  if (outlier && claim.voice === OWN) withdraw(state, outlier, claim, "the side whose count it is denies the number");
  const denied = deniedPoint(state, claim);
  if (!denied || claim.voice === UNNAMED) return;
  const identity = ["denied", claim.stage ?? "", claim.voice, denied.value];
  if (state.occurrences.has(identity.join("|"))) return;
  tell(state, {
    kind: "figure.denied",
    claim,
    identity,
    before: stateOf(denied),
    after: claimState(claim),
    because: "a side denies a number that is reported",
  });
}

function deniedPoint(state: FigureState, claim: FigureClaim): Point | null {
  for (const line of state.lines.values()) {
    if (line.stage !== claim.stage || line.voice === claim.voice) continue;
    const standing = standingOf(line);
    if (standing && agree(standing, claim, state.frame.changes)) return standing;
  }
  const told = findOpen(
    state,
    (one) => one.stage === claim.stage && one.voice !== claim.voice && agree(one.claim, claim, state.frame.changes),
  );
  return told ? pointOf(told.claim) : null;
}
