import { z } from "zod";
import { SEVERITIES } from "../domain/alert/kinds.ts";
import type { AlertQuery, AlertRow } from "../ledger/alerts.ts";
import { webhookBodySchema } from "./alert-body-schema.ts";
import { codedOf, codedShown } from "./coded-reason.ts";
import { alertKinds, alertParties } from "./endpoint-schema.ts";
import { given, ledgerId, manyValues } from "./paging.ts";

/** The filters of endpoints as query parameters: streams, feeds and lists are filtered alike. */
export const alertFilterQuery = {
  stories: manyValues.optional().meta({ description: "With commas, or repeated." }),
  kinds: manyValues
    .pipe(alertKinds)
    .optional()
    .meta({ examples: ["figure.revised,figure.disputed"] }),
  events: manyValues.optional().meta({ examples: ["armenian-deaths"] }),
  parties: manyValues.pipe(alertParties).optional(),
  languages: manyValues.optional(),
  sources: manyValues.optional(),
  minSeverity: z
    .enum(SEVERITIES)
    .optional()
    .meta({ examples: ["low"] }),
  minConfidence: z.coerce.number().min(0).max(1).optional(),
};
const filterSchema = z.object(alertFilterQuery);

/** The filters as the ledger asks by them. */
export function askedFilters(query: z.output<typeof filterSchema>): Omit<AlertQuery, "limit"> {
  const { minSeverity, stories, kinds, events, parties, languages, sources, minConfidence } = query;
  return given({
    stories,
    kinds,
    events,
    parties,
    languages,
    sources,
    minConfidence,
    severities: minSeverity && SEVERITIES.slice(SEVERITIES.indexOf(minSeverity)),
  });
}

/** What was entered by another version of Rasid is shown as it stands. */
const bodyShown = z.union([
  webhookBodySchema,
  z.looseObject({ type: z.string(), timestamp: z.string(), data: z.looseObject({ alert: z.string() }) }),
]);

export const alertShown = z.object({
  id: z.string(),
  seq: ledgerId.meta({ description: "The order in which alerts were entered." }),
  createdAt: z.string(),
  body: bodyShown.meta({ description: "As endpoints receive it." }),
  becauseCoded: codedShown,
});

export function showAlert(row: AlertRow): z.output<typeof alertShown> {
  const body = row.body as z.output<typeof bodyShown>;
  const { because } = body.data;
  return {
    id: row.id,
    seq: row.seq,
    createdAt: row.created_at.toISOString(),
    body,
    becauseCoded: codedOf(typeof because === "string" ? because : null),
  };
}
