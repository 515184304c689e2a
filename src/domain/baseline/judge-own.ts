import { agree, isRounded, isUnmarkedRounding, leastOf } from "./agreement.ts";
import { announce } from "./announce.ts";
import { addCarriers, carriersOf } from "./carriers.ts";
import { decide } from "./decision.ts";
import { effective, effectiveLine, type FigureState, lineOf, tell } from "./figure-state.ts";
import { HOUR } from "./frame.ts";
import {
  addClaim,
  carries,
  claimState,
  type FigureClaim,
  isSharper,
  knows,
  type Line,
  OWN,
  type Point,
  standingOf,
  UNNAMED,
} from "./lines.ts";
import { confirmOutlier, isImplausible, isOutlier, raiseOutlier, waitingFor, withdrawHigher } from "./outliers.ts";

/** Judges a number that the side whose count it is gives: upward it is a revision, downward mostly old. */
export function judgeOwn(state: FigureState, claim: FigureClaim): void {
  const line = lineOf(state, claim.stage, OWN);
  const standing = standingOf(line);
  if (!standing) {
    judgeFirst(state, claim, line);
    return;
  }
  const { changes, event } = state.frame;
  if (carries(line, claim, changes)) {
    decide(state, claim.observation, "repeats-standing");
    if (isSharper(claim, standing)) addClaim(line, claim, line.carriers);
    return;
  }
  if (knows(line, claim, changes)) {
    decide(state, claim.observation, "known-before");
    return;
  }
  if (event?.variants.includes(claim.value) || variantsOf(state).has(claim.value)) {
    decide(state, claim.observation, "baseline-variant");
    return;
  }
  const waiting = waitingFor(state, claim);
  if (waiting) {
    confirmAndMove(state, waiting, claim, standing);
    return;
  }
  if (leastOf(claim, changes) > standing.value) {
    judgeHigher(state, claim, line, standing);
    return;
  }
  judgeLower(state, claim, line, standing);
}

function confirmAndMove(
  state: FigureState,
  waiting: Parameters<typeof confirmOutlier>[1],
  claim: FigureClaim,
  standing: Point,
): void {
  confirmOutlier(state, waiting, claim, standing);
  decide(state, claim.observation, "outlier-waits");
  if (!waiting.open) withdrawHigher(state, claim);
}

/** Values that other rows of the baseline give for the same thing (a caption's 100 beside the text's 105). */
function variantsOf({ frame }: FigureState): Set<number> {
  const twins = frame.baseline.events.filter((event) => event.sameAs !== null && event.sameAs === frame.event?.id);
  return new Set(twins.flatMap((event) => event.claims.flatMap((claim) => claim.figure?.value ?? [])));
}

function judgeFirst(state: FigureState, claim: FigureClaim, line: Line): void {
  const { changes } = state.frame;
  const unnamedLine = lineOf(state, claim.stage, UNNAMED);
  const unnamed = standingOf(unnamedLine);
  addClaim(line, claim);
  if (unnamed && agree(unnamed, claim, changes)) {
    addCarriers(line.carriers, unnamedLine.carriers);
    decide(state, claim.observation, "told-already");
    withdrawHigher(state, claim);
    return;
  }
  const other = state.ofOthers.find((told) => told.stage === claim.stage && agree(told.claim, claim, changes));
  if (other) {
    tell(state, {
      kind: "alert.confirmed",
      claim,
      identity: ["confirmed", other.id],
      before: claimState(other.claim),
      after: claimState(claim),
      about: other.id,
      because: "the side whose count it is gives the number that another had given",
      others: other.carriers.values(),
    });
  } else {
    announce(
      state,
      claim,
      unnamed && unnamed.value < claim.value ? unnamed : null,
      "the first number that the baseline lacks",
    );
  }
  withdrawHigher(state, claim);
}

function judgeHigher(state: FigureState, claim: FigureClaim, line: Line, standing: Point): void {
  const { changes } = state.frame;
  const reported = effective(state, claim.stage) ?? standing;
  if (isImplausible(state, claim, reported)) {
    decide(state, claim.observation, "implausible");
    return;
  }
  if (isUnmarkedRounding(claim, reported.value, changes) || isRounding(state, claim, reported)) {
    judgeRounding(state, claim, line, reported);
    return;
  }
  if (claim.increment === null && isOutlier(state, claim, reported)) {
    raiseOutlier(state, claim, standing);
    return;
  }
  moveUp(state, claim, line, reported, []);
}

function isRounding(state: FigureState, claim: FigureClaim, reported: Point): boolean {
  return isRounded(claim) && agree(claim, reported, state.frame.changes);
}

/** A step that may be a mere rounding is believed when enough independent sources give it. */
function judgeRounding(state: FigureState, claim: FigureClaim, line: Line, reported: Point): void {
  const name = `${claim.stage ?? ""}|${claim.value}`;
  const sources = state.roundings.get(name) ?? new Map();
  state.roundings.set(name, sources);
  if (!sources.has(claim.observation.cluster)) sources.set(claim.observation.cluster, claim.observation);
  if (isRounded(claim) || sources.size < state.frame.changes.roundingSources) {
    decide(state, claim.observation, "rounding");
    return;
  }
  moveUp(state, claim, line, reported, [...sources.values()]);
}

function moveUp(
  state: FigureState,
  claim: FigureClaim,
  line: Line,
  reported: Point,
  others: FigureClaim["observation"][],
): void {
  const earlier = effectiveLine(state, claim.stage).carriers;
  const carriers = carriersOf([claim.observation, ...others]);
  addClaim(line, claim, carriers);
  const alreadyTold = agree(reported, claim, state.frame.changes);
  decide(state, claim.observation, "told-already");
  if (alreadyTold) addCarriers(carriers, earlier);
  else {
    const before = reported.value < claim.value ? reported : (line.points.at(-2) ?? null);
    announce(state, claim, before, "the same side gives a higher number", others);
  }
  withdrawHigher(state, claim);
}

/**
 * A lower number is old when it equals an earlier one, rounds, or comes with the standing; it is a correction with words
 * of correction or a newer date of its own, and a fall where the measure may fall.
 */
function judgeLower(state: FigureState, claim: FigureClaim, line: Line, standing: Point): void {
  const { changes } = state.frame;
  decide(state, claim.observation, isRounded(claim) ? "rounding" : "lower-is-old");
  if (isRounded(claim) || line.passed.has(claim.value)) return;
  const { asserted, correction, measure } = claim.observation;
  const newer = asserted !== null && asserted.slice(0, 10) > standing.asOf.slice(0, 10);
  const fallen = changes.falls.includes(measure) && claim.at - standing.at >= changes.fallAfterHours * HOUR;
  if (!correction && !newer && !fallen) {
    line.passed.add(claim.value);
    return;
  }
  addClaim(line, claim);
  announce(
    state,
    claim,
    standing,
    correction ? "the same side corrects its number" : "the same side gives a lower number later",
  );
}
