import type { Observation } from "../baseline/observation.ts";
import type { Measure, Party, Qualifier } from "../claims/claim.ts";
import type { ClaimAlertKind, Severity } from "./kinds.ts";

/** One side of a change: what was or is now claimed, by whom and since when. */
export interface ClaimState {
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  readonly qualifier?: Qualifier;
  /** The step that a text gives in place of the total ("another 95"); `value` is the new total. */
  readonly increment?: number;
  readonly position?: string;
  readonly speaker: string;
  readonly side: string;
  /** ISO date or time. */
  readonly asOf: string;
}

/** How after differs from before. */
export interface Change {
  readonly direction: "up" | "down" | "first" | "position" | "none";
  /** In units of the measure; null where there is nothing to subtract. */
  readonly step: number | null;
  /** As a share of the value before; null where there is nothing to divide by. */
  readonly ratio: number | null;
}

/** What an alert tells: of what, what stood, what stands now, and why that is worth telling. */
export interface Telling {
  readonly kind: ClaimAlertKind;
  readonly topic: string | null;
  readonly measure: Measure | null;
  readonly party: Party | null;
  readonly civilian: boolean | null;
  readonly before: ClaimState | null;
  readonly after: ClaimState | null;
  readonly baseline: ClaimState | null;
  /** The alert that this one confirms or withdraws. */
  readonly about: string | null;
  /** Why it was raised, in words a user understands. */
  readonly because: string;
  /** What caused it, the observation that raised it first. */
  readonly evidence: readonly Observation[];
}

/** An observation that changes a standing in a way worth telling. */
export interface Alert extends Telling {
  /** Made from what the alert tells, so that telling it twice gives the same id. */
  readonly id: string;
  readonly story: string;
  /** A baseline event's id, or "new". */
  readonly event: string;
  readonly subject: string;
  readonly change: Change;
  readonly severity: Severity;
  /** 0 to 1. */
  readonly confidence: number;
  /** Independent sources (clusters) that carried the claim when the alert was raised. */
  readonly sources: number;
  /** When the observation that raised it counts, ISO 8601. */
  readonly at: string;
}
