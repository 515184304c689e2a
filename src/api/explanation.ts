import { z } from "zod";
import type { TraceLine } from "../domain/claims/claim.ts";
import { type AlertChain, explainAlert } from "../ledger/explain.ts";
import type { StandingRow } from "../ledger/standings.ts";
import { record } from "./alert-headline.ts";
import { alertShown, showAlert } from "./alert-query.ts";
import type { ApiContext } from "./api-context.ts";
import { deliveryShown, showDelivery } from "./delivery-shown.ts";
import { rulesShown } from "./evidence-shown.ts";
import { observationShown, showObservation } from "./observation-shown.ts";
import { shownTime } from "./paging.ts";
import { readingRules } from "./reading-rules.ts";

const anything = z.record(z.string(), z.unknown());

const standingShown = z.object({
  id: z.string(),
  key: z.string(),
  side: z.string(),
  asOf: z.string(),
  observation: z.string().nullable(),
  current: anything.nullable(),
});

/** The whole chain of an alert, as `rasid explain` and the API tell it. */
export const explanation = z.object({
  alert: alertShown,
  about: alertShown.nullable().meta({ description: "The alert that this one confirms or withdraws." }),
  following: z.array(alertShown).meta({ description: "Alerts that confirm or withdraw this one." }),
  rule: z.object({
    kind: z.string(),
    because: z.string(),
    change: anything.nullable(),
    severity: z.string(),
    confidence: z.number(),
    sources: z.number().nullable(),
  }),
  span: z
    .object({
      field: z.enum(["title", "text"]),
      start: z.number(),
      end: z.number(),
      quote: z.string(),
      before: z.string().meta({ description: "Up to 120 characters before the quote." }),
      after: z.string().meta({ description: "Up to 120 characters after the quote." }),
      holds: z.boolean().meta({ description: "The revision's field has exactly the quote at this place." }),
    })
    .nullable(),
  observation: observationShown.nullable(),
  rules: rulesShown,
  item: z
    .object({
      id: z.string(),
      url: z.string().nullable(),
      feed: z.string(),
      source: z.string(),
      tier: z.number().nullable(),
      firstSeenAt: z.string(),
    })
    .nullable(),
  revision: z
    .object({
      id: z.string(),
      number: z.number(),
      title: z.string(),
      lang: z.string().nullable(),
      publishedAt: z.string().nullable(),
      updatedAt: z.string().nullable(),
      seenAt: z.string(),
    })
    .nullable(),
  cluster: z
    .object({
      id: z.string(),
      members: z.array(
        z.object({
          item: z.string(),
          revision: z.string(),
          source: z.string(),
          url: z.string().nullable(),
          kind: z.string().nullable(),
          seenAt: z.string(),
        }),
      ),
    })
    .nullable(),
  standings: z.array(
    z.object({
      before: standingShown.nullable().meta({ description: "Null where the side had reported nothing yet." }),
      stood: standingShown.shape.current.meta({
        description: "What stood before: as last reported, else as the baseline has it of this side.",
      }),
      after: standingShown,
    }),
  ),
  deliveries: z.array(deliveryShown),
});
export type Explanation = z.output<typeof explanation>;

const CONTEXT = 120;

/** Follows an alert back to the words that raised it, with the rules by which they were read, and on to its deliveries. */
export async function explain(
  id: string,
  context: Pick<ApiContext, "db" | "readToTrace">,
): Promise<Explanation | undefined> {
  const chain = await explainAlert(context.db, id);
  if (chain === undefined) return undefined;
  const { observation, revision } = chain;
  return showExplanation(chain, observation === null ? [] : await readingRules(observation, revision?.number, context));
}

function showExplanation(chain: AlertChain, rules: readonly TraceLine[]): Explanation {
  const { alert, item, feed, revision, cluster, observation } = chain;
  return {
    alert: showAlert(alert),
    about: chain.about && showAlert(chain.about),
    following: chain.following.map(showAlert),
    rule: ruleOf(chain),
    span: spanOf(chain),
    observation: observation && showObservation(observation),
    rules: [...rules],
    item: item && {
      id: item.id,
      url: item.url,
      feed: item.feed_id,
      source: feed?.source ?? "-",
      tier: feed?.tier ?? null,
      firstSeenAt: item.first_seen_at.toISOString(),
    },
    revision: revision && {
      id: revision.id,
      number: revision.number,
      title: revision.title,
      lang: revision.lang,
      publishedAt: shownTime(revision.published_at),
      updatedAt: shownTime(revision.updated_at),
      seenAt: revision.seen_at.toISOString(),
    },
    cluster: cluster && {
      id: cluster.id,
      members: cluster.members.map(({ itemId, revisionId, source, url, kind, seenAt }) => ({
        item: itemId,
        revision: revisionId,
        source,
        url,
        kind,
        seenAt: seenAt.toISOString(),
      })),
    },
    standings: chain.standings.map(({ before, after }) => ({
      before: before && shown(before),
      stood: before === null ? baselineOf(alert, after) : shown(before).current,
      after: shown(after),
    })),
    deliveries: chain.deliveries.map(showDelivery),
  };
}

/** What the baseline has of a standing that an alert changed; null where it has nothing of its side. */
function baselineOf({ body }: AlertChain["alert"], { side }: StandingRow): Record<string, unknown> | null {
  const baseline = record(record(record(body)?.data)?.baseline);
  return baseline?.side === side ? baseline : null;
}

function ruleOf({ alert }: AlertChain): Explanation["rule"] {
  const data = record(record(alert.body)?.data);
  return {
    kind: alert.kind,
    because: typeof data?.because === "string" ? data.because : "",
    change: record(data?.change),
    severity: alert.severity,
    confidence: alert.confidence,
    sources: typeof data?.sources === "number" ? data.sources : null,
  };
}

function spanOf({ observation, revision }: AlertChain): Explanation["span"] {
  if (observation === null || revision === null) return null;
  const { field, span_start: start, span_end: end, quote } = observation;
  const text = revision[field];
  return {
    field,
    start,
    end,
    quote,
    before: text.slice(Math.max(0, start - CONTEXT), start),
    after: text.slice(end, end + CONTEXT),
    holds: text.slice(start, end) === quote,
  };
}

function shown(row: StandingRow): z.output<typeof standingShown> {
  return {
    id: row.id,
    key: row.key,
    side: row.side,
    asOf: row.as_of.toISOString(),
    observation: row.observation_id,
    current: record(record(row.body)?.current),
  };
}
