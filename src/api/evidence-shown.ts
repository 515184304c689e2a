import { z } from "zod";
import type { TraceLine } from "../domain/claims/claim.ts";
import type { Story } from "../domain/story.ts";
import type { EvidenceChain } from "../ledger/evidence.ts";
import { alertShown, showAlert } from "./alert-query.ts";
import { revisionShown, showRevisions } from "./item-shown.ts";
import { observationShown, showObservation } from "./observation-shown.ts";
import { shownTime } from "./paging.ts";
import { type EventParts, showStanding, standingShown } from "./story-shown.ts";

/** The rules that decided on a claim's words. */
export const rulesShown = z
  .array(z.object({ rule: z.string(), because: z.string(), field: z.string(), start: z.number(), end: z.number() }))
  .meta({
    description:
      "The rules that decided on these words, read anew; empty where the text can no longer be read for them.",
  });

/** All that an observation rests on and all that came of it, as the API tells it. */
export const evidenceShown = z.object({
  observation: observationShown,
  holds: z.boolean().meta({ description: "The revision's field has exactly the quote at this place." }),
  rules: rulesShown,
  item: z.object({
    id: z.string(),
    url: z.string().nullable(),
    feed: z.string(),
    source: z.string(),
    tier: z.number(),
    firstSeenAt: z.string(),
  }),
  revisions: z.array(revisionShown).meta({ description: "The newest, and the one that has the words; oldest first." }),
  claims: z.array(observationShown).meta({ description: "All claims of the item, of all its revisions." }),
  copies: z
    .array(
      z.object({
        item: z.string(),
        revision: z.string(),
        title: z.string(),
        source: z.string(),
        tier: z.number(),
        lang: z.string().nullable(),
        url: z.string().nullable(),
        kind: z.string().nullable(),
        publishedAt: z.string().nullable(),
        seenAt: z.string(),
      }),
    )
    .meta({ description: "What carries the same report, the first to publish it first." }),
  alerts: z.array(alertShown).meta({ description: "Alerts that it raised." }),
  standings: z
    .array(z.object({ before: standingShown.nullable(), after: standingShown }))
    .meta({ description: "What was reported before it and after it." }),
});
export type EvidenceShown = z.output<typeof evidenceShown>;

/** What the chain is explained with. */
export interface EvidenceFrame extends Pick<EventParts, "rules"> {
  readonly story: Story;
  /** The rules by which the words were read. */
  readonly read: readonly TraceLine[];
}

export async function showEvidence(chain: EvidenceChain, frame: EvidenceFrame): Promise<EvidenceShown> {
  const { observation, item, feed, revisions, copies } = chain;
  const revision = revisions.find((step) => step.revision.id === observation.revision_id)?.revision;
  const parts = {
    baseline: frame.story.baseline.byId.get(observation.event) ?? null,
    reporting: new Map(),
    rules: frame.rules,
  };
  return {
    observation: showObservation(observation),
    holds: revision?.[observation.field].slice(observation.span_start, observation.span_end) === observation.quote,
    rules: [...frame.read],
    item: {
      id: item.id,
      url: item.url,
      feed: item.feed_id,
      source: feed?.source ?? observation.source,
      tier: feed?.tier ?? observation.tier,
      firstSeenAt: item.first_seen_at.toISOString(),
    },
    revisions: await showRevisions(revisions),
    claims: chain.claims.map(showObservation),
    copies: copies.map((copy) => ({
      ...copy,
      publishedAt: shownTime(copy.publishedAt),
      seenAt: copy.seenAt.toISOString(),
    })),
    alerts: chain.alerts.map(showAlert),
    standings: chain.standings.map(({ before, after }) => ({
      before: before && showStanding(before, parts),
      after: showStanding(after, parts),
    })),
  };
}
