import { isTitleOnly } from "../alert/raise.ts";
import type { Observation, Tier } from "./observation.ts";

/** Who reports what stands, as far as its confidence asks: the reports themselves are in the ledger. */
export interface Carriers {
  /** One source each. */
  readonly clusters: Set<string>;
  /** That of the most trusted one; null for none. */
  tier: Tier | null;
  /** Whether all of them say so in their titles alone. */
  titleOnly: boolean;
}

export function carriersOf(observations: Iterable<Observation>): Carriers {
  const carriers: Carriers = { clusters: new Set(), tier: null, titleOnly: true };
  for (const observation of observations) addCarrier(carriers, observation);
  return carriers;
}

/** Of each cluster the first report counts. */
export function addCarrier(carriers: Carriers, observation: Observation): void {
  if (carriers.clusters.has(observation.cluster)) return;
  carriers.clusters.add(observation.cluster);
  weigh(carriers, { tier: observation.tier, titleOnly: isTitleOnly(observation) });
}

/** Adds those who reported the same before it was taken over. */
export function addCarriers(carriers: Carriers, others: Carriers): void {
  for (const cluster of others.clusters) carriers.clusters.add(cluster);
  weigh(carriers, others);
}

function weigh(carriers: Carriers, { tier, titleOnly }: Pick<Carriers, "tier" | "titleOnly">): void {
  if (tier === null) return;
  carriers.tier = carriers.tier === null || tier < carriers.tier ? tier : carriers.tier;
  carriers.titleOnly = carriers.titleOnly && titleOnly;
}
