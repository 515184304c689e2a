import { z } from "zod";
import { CLAIM_ALERT_KINDS, OPERATIONAL_ALERT_KINDS, SEVERITIES } from "../domain/alert/kinds.ts";
import { MEASURES } from "../domain/claims/claim.ts";

const time = z.iso.datetime({ offset: true });
const alertId = z
  .string()
  .meta({ description: "The alert's id, the same in every delivery.", examples: ["alt_1w2m8x0c4ab7k9q2p5d3ez"] });

/** What was or is claimed, by whom and since when. */
const claimState = z.strictObject({
  value: z.number().optional().meta({ description: "Of an increment, the new total." }),
  low: z.number().optional(),
  high: z.number().optional(),
  qualifier: z.enum(["exact", "at_least", "more_than", "about", "nearly", "vague"]).optional(),
  increment: z.number().optional().meta({ description: "The step that the text gives in place of a total." }),
  position: z.string().optional(),
  speaker: z.string(),
  side: z.string(),
  asOf: z.union([time, z.iso.date()]),
});

const evidence = z.strictObject({
  quote: z.string().meta({ description: "The exact words: the field's text from start to end (UTF-16 units)." }),
  field: z.enum(["title", "text"]),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  url: z.string().nullable(),
  source: z.string(),
  lang: z.string(),
  published: z.string(),
  item: z.string(),
  revision: z.number().int().positive(),
});

/** An alert about a claim. */
export const alertBodySchema = z.strictObject({
  type: z.enum(CLAIM_ALERT_KINDS),
  timestamp: time,
  data: z.strictObject({
    alert: alertId,
    story: z.string(),
    event: z.string().meta({ description: "A baseline event's id, or «new» where the baseline has none." }),
    topic: z.string().optional(),
    measure: z.enum(MEASURES).nullable(),
    party: z.enum(["armenia", "azerbaijan", "both", "other"]).nullable(),
    civilian: z.boolean().nullable(),
    before: claimState.nullable(),
    after: claimState.nullable(),
    baseline: claimState.nullable().meta({ description: "What the reference article says." }),
    change: z.strictObject({
      direction: z.enum(["up", "down", "first", "position", "none"]),
      step: z.number().nullable(),
      ratio: z.number().nullable(),
    }),
    severity: z.enum(SEVERITIES),
    confidence: z.number().min(0).max(1),
    sources: z.number().int().positive().meta({ description: "Independent sources when the alert was raised." }),
    about: alertId.optional(),
    because: z.string(),
    evidence: z.array(evidence).min(1),
  }),
});

export type AlertBody = z.output<typeof alertBodySchema>;

/** An alert about the running of the service. */
export const operationalAlertBodySchema = z.strictObject({
  type: z.enum(OPERATIONAL_ALERT_KINDS),
  timestamp: time,
  data: z.strictObject({
    alert: alertId,
    subject: z.string().meta({ description: "The id of the feed or endpoint." }),
    source: z.string().optional().meta({ description: "Of a feed: its publisher." }),
    url: z.string().nullable().meta({ description: "Without what may be secret: a feed's query, an endpoint's path." }),
    since: time.nullable(),
    because: z.string(),
    severity: z.enum(SEVERITIES),
  }),
});

/** Every webhook body, as the API document describes it. */
export const webhookBodySchema = z.discriminatedUnion("type", [alertBodySchema, operationalAlertBodySchema]);
