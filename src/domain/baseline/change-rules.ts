import type { Measure } from "../claims/claim.ts";
import type { Tier } from "./observation.ts";

/** A jump that one source of such a tier is not believed alone. All conditions hold together. */
export interface OutlierRule {
  readonly tiers: readonly Tier[];
  /** `named`: the text names who gives the number; `unnamed`: it does not. */
  readonly voice: "named" | "unnamed" | "any";
  /** Only numbers in rounded words ("more than 200"). */
  readonly rounded: boolean;
  /** Least step over the standing, in units and as a share of it. */
  readonly step: number;
  readonly ratio: number;
}

/** When a differing value is a change and when it is not: the first part of `severity.yaml`. */
export interface ChangeRules {
  /** A round number this close to the standing is a rounding of it. */
  readonly rounding: { readonly step: number; readonly ratio: number };
  /** How far from a number "about" that number may be, as a share of it. */
  readonly about: number;
  /** Measures that may fall without a correction, and how long after the standing, in hours. */
  readonly falls: readonly Measure[];
  readonly fallAfterHours: number;
  /** Measures that both sides count together: neither disputes the other. */
  readonly shared: readonly Measure[];
  readonly outliers: readonly OutlierRule[];
  /** A number that jumps so far belongs to another happening or thing: it is not told at all. */
  readonly implausible: Readonly<Record<"named" | "unnamed", { readonly step: number; readonly ratio: number }>>;
  /** What confirms an outlier: so many independent sources, one of them of this tier or better. */
  readonly confirmation: { readonly sources: number; readonly tier: Tier };
  /** How many independent sources make a step that could be a mere rounding believed. */
  readonly roundingSources: number;
  readonly increment: {
    /** Within it, the same step told again is the same step. */
    readonly repeatHours: number;
    /** "79 more" where 77 were known is a total: an increment between the standing and so many times the standing. */
    readonly totalWithin: number;
  };
  /** How many independent sources make a change of position believed that is laid in a country's mouth alone. */
  readonly hearsaySources: number;
  /** A return to an earlier position so soon after a change is an item that lags behind. */
  readonly settleHours: number;
}
