import { z } from "zod";
import type { Observation } from "../domain/baseline/observation.ts";
import { MEASURES } from "../domain/claims/claim.ts";

const field = z.enum(["title", "text"]);

const observed = {
  id: z.string(),
  item: z.string(),
  revision: z.number(),
  page: z.string(),
  cluster: z.string(),
  source: z.string(),
  tier: z.literal([1, 2, 3]),
  lang: z.string(),
  published: z.string(),
  url: z.string().nullable(),
  subject: z.string(),
  event: z.string(),
  asserted: z.string().nullable(),
  speaker: z.string(),
  side: z.string(),
  quote: z.string(),
  field,
  start: z.number(),
  end: z.number(),
};

/** An observation as the ledger gives it back; fields that a later Rasid added are kept. */
export const observationSchema: z.ZodType<Observation> = z.discriminatedUnion("kind", [
  z.looseObject({
    ...observed,
    kind: z.literal("figure"),
    measure: z.enum(MEASURES),
    party: z.enum(["armenia", "azerbaijan", "both", "other"]),
    civilian: z.boolean(),
    stage: z.string().nullable(),
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    qualifier: z.enum(["exact", "at_least", "more_than", "about", "nearly", "vague"]),
    role: z.enum(["current", "previous", "increment", "component", "combined", "denied", "background"]),
    happened: z.string().nullable(),
    correction: z.boolean(),
    fields: z.array(field),
  }),
  z.looseObject({
    ...observed,
    kind: z.literal("statement"),
    topic: z.string(),
    position: z.string(),
    counted: z.boolean(),
  }),
]);
