import type { BulkRound } from "./bulk.ts";

/** How one backend did. */
export interface BackendResult {
  /** The first round of a daemon just started, whose code is not compiled yet, and the rounds after it. */
  readonly first: BulkRound;
  readonly rounds: readonly BulkRound[];
  /** Items a second of the queue engine alone. */
  readonly engine: readonly number[];
  readonly latenciesMs: readonly number[];
  readonly startMs: { readonly cold: number; readonly warm: number };
}

/** A round of the long run: how a split daemon does as the ledger grows. */
export interface GrowthPoint {
  readonly items: number;
  readonly itemsPerSecond: number;
  readonly cpuMsPerItem: number | null;
  /** Most that the worker process held in the round. */
  readonly rssMb: number | null;
}

/** Items a second of one and of two worker processes, and what one item cost of each part, ms of CPU. */
export interface WorkersResult {
  readonly one: readonly number[];
  readonly two: readonly number[];
  /** CPU for an item, ms; `rest` is the process with the other roles. */
  readonly cpu: {
    readonly worker: number;
    readonly rest: number;
    readonly postgres: number;
    readonly redis: number;
  } | null;
}

/** What was measured, by part, with when and how busy the machine was. Parts stay until they are measured again. */
export interface Results {
  readonly machine: string;
  readonly parts: {
    readonly embedded?: Measured<BackendResult>;
    readonly redis?: Measured<BackendResult>;
    readonly analysis?: Measured<{ readonly rates: readonly number[] }>;
    /** A short growth: memory alone. */
    readonly memory?: Measured<{ readonly points: readonly GrowthPoint[] }>;
    /** `anew`: a fresh ledger right after, for a machine that others use is not as quick after half an hour as before. */
    readonly growth?: Measured<{ readonly points: readonly GrowthPoint[]; readonly anew?: readonly GrowthPoint[] }>;
    readonly workers?: Measured<WorkersResult>;
  };
}

export type Measured<T> = T & { readonly at: string; readonly load: number };
