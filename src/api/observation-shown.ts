import { z } from "zod";
import type { ObservationRow } from "../ledger/observations.ts";
import { shownTime } from "./paging.ts";

/** Who said what about what, in which words, seen where. */
export const observationShown = z.object({
  seq: z.string(),
  id: z.string(),
  story: z.string(),
  kind: z.enum(["figure", "statement"]),
  subject: z.string(),
  event: z.string(),
  measure: z.string().nullable(),
  party: z.string().nullable(),
  civilian: z.boolean().nullable(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  qualifier: z.string().nullable(),
  role: z.string().nullable(),
  topic: z.string().nullable(),
  position: z.string().nullable(),
  speaker: z.string(),
  side: z.string(),
  assertedAt: z.string().nullable(),
  publishedAt: z.string(),
  item: z.string(),
  revision: z.string(),
  cluster: z.string().nullable(),
  feed: z.string(),
  source: z.string(),
  tier: z.number(),
  lang: z.string(),
  url: z.string().nullable(),
  field: z.enum(["title", "text"]),
  start: z.number(),
  end: z.number(),
  quote: z.string(),
  createdAt: z.string(),
});

export function showObservation(row: ObservationRow): z.output<typeof observationShown> {
  const { asserted_at, published_at, item_id, revision_id, cluster_id, feed_id, span_start, span_end, ...same } = row;
  const { body: _body, created_at, ...rest } = same;
  return {
    ...rest,
    assertedAt: shownTime(asserted_at),
    publishedAt: published_at.toISOString(),
    item: item_id,
    revision: revision_id,
    cluster: cluster_id,
    feed: feed_id,
    start: span_start,
    end: span_end,
    createdAt: created_at.toISOString(),
  };
}
