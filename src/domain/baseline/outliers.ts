import { agree, isRounded, leastOf } from "./agreement.ts";
import { remember } from "./announce.ts";
import { carriersOf } from "./carriers.ts";
import { type FigureState, findOpen, lineOf, settle, type Told, tell, valueIdentity } from "./figure-state.ts";
import { addClaim, claimState, type FigureClaim, OWN, type Point, stateOf, UNNAMED } from "./lines.ts";

/** Whether one source of such a tier is not believed alone when it jumps so far. Steps are judged by who gives them. */
export function isOutlier(state: FigureState, claim: FigureClaim, standing: Point): boolean {
  const { step, ratio } = jumpOf(claim, standing);
  const unnamed = claim.voice === UNNAMED;
  return state.frame.changes.outliers.some(
    (rule) =>
      rule.tiers.includes(claim.observation.tier) &&
      (rule.voice === "any" || (rule.voice === "unnamed") === unnamed) &&
      (!rule.rounded || isRounded(claim)) &&
      step >= rule.step &&
      ratio >= rule.ratio &&
      (claim.increment === null || unnamed),
  );
}

/** Whether a number is so far off that it can only be another happening's or thing's. */
export function isImplausible(state: FigureState, claim: FigureClaim, standing: Point): boolean {
  const implausible = state.frame.changes.implausible[claim.voice === UNNAMED ? "unnamed" : "named"];
  const { step, ratio } = jumpOf(claim, standing);
  return step >= implausible.step && ratio >= implausible.ratio;
}

function jumpOf(claim: FigureClaim, standing: Point): { step: number; ratio: number } {
  const step = claim.value - standing.value;
  return { step, ratio: standing.value === 0 ? step : step / standing.value };
}

/** The outlier that waits and that a claim agrees with. */
export function waitingFor(state: FigureState, claim: FigureClaim): Told | null {
  const { changes } = state.frame;
  return findOpen(state, (told) => told.outlier && told.stage === claim.stage && agree(told.claim, claim, changes));
}

/** Raises an outlier once; the standing stays as it is. */
export function raiseOutlier(state: FigureState, claim: FigureClaim, standing: Point): void {
  const id = tell(state, {
    kind: "figure.revised",
    claim,
    identity: valueIdentity(claim),
    before: stateOf(standing),
    after: claimState(claim),
    because: "one source alone jumps far above what is reported; not taken over until another confirms it",
    outlier: true,
  });
  remember(state, claim, id, true);
}

/**
 * Adds a report to an outlier that waits. It is confirmed by a source that is believed alone, or by enough independent
 * ones; then the number stands. A copy of a report that carries it already adds nothing, however trusted who reprints it.
 */
export function confirmOutlier(state: FigureState, told: Told, claim: FigureClaim, standing: Point | null): void {
  const { sources, tier } = state.frame.changes.confirmation;
  const { cluster } = claim.observation;
  const isCopy = told.carriers.has(cluster) && claim.voice === told.voice;
  if (isCopy) return;
  if (!told.carriers.has(cluster)) told.carriers.set(cluster, claim.observation);
  const carriers = [...told.carriers.values()];
  const believed = standing === null || !isOutlier(state, claim, standing);
  const enough = carriers.length >= sources && carriers.some((carrier) => carrier.tier <= tier);
  if (!believed && !enough) return;
  settle(state, told);
  tell(state, {
    kind: "alert.confirmed",
    claim,
    identity: ["confirmed", told.id],
    before: stateOf(standing),
    after: claimState(claim),
    about: told.id,
    because: believed
      ? "a source that is believed alone gives the same number"
      : "independent sources give the same number",
    others: carriers,
  });
  const voice = claim.voice === OWN ? OWN : UNNAMED;
  addClaim(lineOf(state, claim.stage, voice), claim, carriersOf(carriers));
}

/** A new number of the own side below one that was told on weaker grounds takes that one back. */
export function withdrawHigher(state: FigureState, claim: FigureClaim): void {
  for (const told of state.open) {
    if (told.stage !== claim.stage || (told.voice === claim.voice && !told.outlier)) continue;
    if (agree(told.claim, claim, state.frame.changes)) {
      settle(state, told);
      continue;
    }
    if (leastOf(told.claim, state.frame.changes) < claim.value) continue;
    withdraw(state, told, claim, "the side whose count it is now gives a lower number");
  }
}

export function withdraw(state: FigureState, told: Told, claim: FigureClaim, because: string): void {
  settle(state, told);
  tell(state, {
    kind: "alert.withdrawn",
    claim,
    identity: ["withdrawn", told.id],
    before: claimState(told.claim),
    after: claimState(claim),
    about: told.id,
    because,
    others: told.carriers.values(),
  });
}
