import { agree, isRounded, leastOf } from "./agreement.ts";
import { announce, remember } from "./announce.ts";
import { effective, type FigureState, lineOf, tell, valueIdentity } from "./figure-state.ts";
import {
  carries,
  claimState,
  type FigureClaim,
  knows,
  OWN,
  type Point,
  pointOf,
  standingOf,
  stateOf,
  UNNAMED,
} from "./lines.ts";
import { isImplausible, withdraw } from "./outliers.ts";

/** Judges another side's number about the same count: kept apart, a dispute where it differs from what is reported. */
export function judgeOther(state: FigureState, claim: FigureClaim): void {
  const { changes } = state.frame;
  const reported = effective(state, claim.stage);
  const line = lineOf(state, claim.stage, claim.voice);
  const lines = [lineOf(state, claim.stage, OWN), lineOf(state, claim.stage, UNNAMED), line];
  if (lines.some((one) => carries(one, claim, changes)) || lines.some((one) => knows(one, claim, changes))) return;
  const standing = standingOf(line);
  if (standing && leastOf(claim, changes) <= standing.value) return;
  if (reported && (isCompatible(claim, reported) || isImplausible(state, claim, reported))) return;
  line.points.push(pointOf(claim));
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

/** "At least" and "more than" a lower number contradict nothing. */
function isCompatible(claim: FigureClaim, reported: Point): boolean {
  return (claim.qualifier === "at_least" || isRounded(claim)) && claim.value < reported.value;
}

/** Judges a number that its speaker rejects: news when it is a number that is told of another. */
export function judgeDenial(state: FigureState, claim: FigureClaim): void {
  const { changes } = state.frame;
  const outlier = state.told.find(
    (told) => told.open && told.outlier && told.stage === claim.stage && agree(told.claim, claim, changes),
  );
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
  const told = state.told.find(
    (one) =>
      one.open &&
      one.stage === claim.stage &&
      one.voice !== claim.voice &&
      agree(one.claim, claim, state.frame.changes),
  );
  return told ? pointOf(told.claim) : null;
}
