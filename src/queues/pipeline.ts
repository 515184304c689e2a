import { z } from "zod";

/** A job carries ledger ids, never texts. Ledger ids are bigints, so they travel as strings of digits. */
const ids = z.array(z.string().regex(/^\d+$/)).min(1).max(100);

/** `fetch` needs no ids: its worker claims the due feeds from the ledger. */
export const fetchPayload = z.object({ due: z.number().int().nonnegative() });
export const revisionsPayload = z.object({ revisions: ids });
export const deliveriesPayload = z.object({ deliveries: ids });

/** A stage of the pipeline: its queue, what its jobs carry, and what comes next. */
export interface Stage<P extends z.ZodType = z.ZodType> {
  readonly name: StageName;
  readonly payload: P;
  /** Tries of a job before it counts as failed; the work itself stays owed in the ledger. */
  readonly attempts: number;
  /** First delay of the exponential back-off between tries, in ms. */
  readonly backoffMs: number;
  /** Jobs of the stage that one process has in hand at a time; those that read revisions are worked on together. */
  readonly concurrency: number;
  readonly next: StageName | null;
}

export const STAGE_NAMES = ["fetch", "deduplicate", "classify", "match", "deliver"] as const;
export type StageName = (typeof STAGE_NAMES)[number];

/** The stages in order: the way of an item from a feed to an endpoint. */
export const PIPELINE = {
  fetch: { name: "fetch", payload: fetchPayload, attempts: 1, backoffMs: 1000, concurrency: 4, next: "deduplicate" },
  deduplicate: {
    name: "deduplicate",
    payload: revisionsPayload,
    attempts: 5,
    backoffMs: 500,
    concurrency: 8,
    next: "classify",
  },
  classify: { name: "classify", payload: revisionsPayload, attempts: 5, backoffMs: 500, concurrency: 8, next: "match" },
  match: { name: "match", payload: revisionsPayload, attempts: 5, backoffMs: 500, concurrency: 8, next: "deliver" },
  deliver: { name: "deliver", payload: deliveriesPayload, attempts: 3, backoffMs: 500, concurrency: 16, next: null },
} as const satisfies Record<StageName, Stage>;

export type Payload<N extends StageName> = z.output<(typeof PIPELINE)[N]["payload"]>;

/** Splits ids into the batches that jobs may carry. */
export function batchesOf<T>(all: readonly T[], size = 100): T[][] {
  const batches: T[][] = [];
  for (let at = 0; at < all.length; at += size) batches.push(all.slice(at, at + size));
  return batches;
}
