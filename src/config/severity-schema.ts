import { z } from "zod";
import { CLAIM_ALERT_KINDS, SEVERITIES } from "../domain/alert/kinds.ts";
import type { SeverityRules } from "../domain/alert/severity.ts";
import type { ChangeRules } from "../domain/baseline/change-rules.ts";
import { MEASURES } from "../domain/claims/claim.ts";

const tier = z.literal([1, 2, 3], { error: "a tier is 1, 2 or 3" });
const share = z.number().min(0).max(1);
const positive = z.number().positive();
const measures = z.array(z.enum(MEASURES)).min(1);
const step = z.number().nonnegative();

const changes = z.strictObject({
  rounding: z.strictObject({ step, ratio: share }),
  roundingSources: z.number().int().min(1),
  about: share,
  falls: z.array(z.enum(MEASURES)),
  fallAfterHours: step,
  shared: z.array(z.enum(MEASURES)),
  outliers: z.array(
    z.strictObject({
      tiers: z.array(tier).min(1),
      voice: z.enum(["named", "unnamed", "any"]),
      rounded: z.boolean().default(false),
      step,
      ratio: step,
    }),
  ),
  implausible: z.strictObject({
    named: z.strictObject({ step, ratio: step }),
    unnamed: z.strictObject({ step, ratio: step }),
  }),
  confirmation: z.strictObject({ sources: z.number().int().min(2), tier }),
  increment: z.strictObject({ repeatHours: positive, totalWithin: z.number().min(1) }),
  hearsaySources: z.number().int().min(1),
  settleHours: step,
});

const rule = z.strictObject({
  severity: z.enum(SEVERITIES),
  kinds: z.array(z.enum(CLAIM_ALERT_KINDS)).min(1).optional(),
  events: z.array(z.string()).min(1).optional(),
  measures: measures.optional(),
  positions: z.array(z.string()).min(1).optional(),
  voices: z
    .array(z.enum(["own", "other", "unnamed"]))
    .min(1)
    .optional(),
  sides: z.array(z.string()).min(1).optional(),
  civilian: z.boolean().optional(),
  outlier: z.boolean().optional(),
  step: step.optional(),
  ratio: step.optional(),
  sources: z.number().int().positive().optional(),
});

const delta = z.number().min(-1).max(1);

/** The schema of `severity.yaml`: changes, severity, confidence. */
export const severitySchema = z
  .strictObject({
    changes,
    severity: z.array(rule).min(1),
    confidence: z.strictObject({
      tier: z.strictObject({ 1: share, 2: share, 3: share }),
      voice: z.strictObject({ own: delta, other: delta, unnamed: delta }),
      source: share,
      mostSources: z.number().int().nonnegative(),
      titleOnly: delta,
      rounded: delta,
      outlierMost: share,
      least: share,
      most: share,
    }),
  })
  .refine((file) => Object.keys(file.severity.at(-1) ?? {}).length === 1, {
    path: ["severity"],
    error: "the last rule must have no conditions, so that every alert has a severity",
  });

export type SeverityFile = z.output<typeof severitySchema>;

/** Turns a checked `severity.yaml` into what the domain takes. */
export function compileSeverity(file: SeverityFile): { changes: ChangeRules; severity: SeverityRules } {
  return { changes: file.changes, severity: { rules: file.severity, confidence: file.confidence } };
}
