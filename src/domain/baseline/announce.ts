import { type FigureState, type Told, tell, valueIdentity } from "./figure-state.ts";
import { claimState, type FigureClaim, OWN, type Point, stateOf, UNNAMED } from "./lines.ts";

/** Tells a value that now stands: new where nothing stood before. */
export function announce(
  state: FigureState,
  claim: FigureClaim,
  before: Point | null,
  because: string,
  others?: Iterable<FigureClaim["observation"]>,
): void {
  const id = tell(state, {
    kind: before ? "figure.revised" : "figure.new",
    claim,
    identity: valueIdentity(claim),
    before: stateOf(before),
    after: claimState(claim),
    because,
    ...(others ? { others } : {}),
  });
  remember(state, claim, id, false);
}

/** Keeps what was told, so that it can be confirmed, withdrawn or denied. */
export function remember(state: FigureState, claim: FigureClaim, id: string, outlier: boolean): void {
  const told: Told = {
    id,
    stage: claim.stage,
    voice: claim.voice,
    claim,
    outlier,
    open: outlier || claim.voice === UNNAMED,
    carriers: new Map([[claim.observation.cluster, claim.observation]]),
  };
  if (told.open) state.open.add(told);
  if (claim.voice !== OWN && claim.voice !== UNNAMED) state.ofOthers.push(told);
}
