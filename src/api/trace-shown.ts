import { z } from "zod";
import { MEASURES } from "../domain/claims/claim.ts";
import type { HappeningTime } from "../domain/classify/happening.ts";
import type { Trace, TracedClaim } from "../domain/trace.ts";

const field = z.enum(["title", "text"]);
const span = { field, start: z.number(), end: z.number() };
const when = z
  .object({
    scope: z.enum(["before", "window", "after", "unknown"]),
    from: z.string().nullable(),
    to: z.string().nullable(),
    because: z.string(),
  })
  .meta({ description: "When it happened to the story's window, and the words that say so." });
const state = z.record(z.string(), z.unknown()).nullable();
const told = z.object({
  id: z.string(),
  kind: z.string(),
  severity: z.string(),
  confidence: z.number(),
  because: z.string(),
  before: state,
  after: state,
  entered: z.boolean().meta({ description: "The ledger has this alert." }),
});
const about = { event: z.string().nullable(), speaker: z.string(), side: z.string(), quote: z.string(), ...span };
const figure = z.object({
  kind: z.literal("figure"),
  ...about,
  measure: z.enum(MEASURES),
  party: z.string(),
  civilian: z.boolean(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  qualifier: z.string(),
  role: z.string(),
  spans: z.array(z.object({ quote: z.string(), ...span })),
});
const statement = z.object({ kind: z.literal("statement"), ...about, topic: z.string(), position: z.string() });
const claim = z.object({
  claim: z.discriminatedUnion("kind", [figure, statement]),
  when,
  observations: z.array(z.string()).meta({ description: "Ids of the observations that it is." }),
  decision: z
    .object({ rule: z.string(), because: z.string() })
    .nullable()
    .meta({ description: "Why it raised no alert; null where it raised one." }),
  alerts: z.array(told),
});

/** Why a text is, or is not, an alert for one story. */
export const traceShown = z.object({
  story: z.string(),
  relevance: z.object({ relevant: z.boolean(), score: z.number(), evidence: z.array(z.string()) }),
  weighed: z
    .array(z.object({ what: z.string(), weight: z.number(), words: z.array(z.string()) }))
    .meta({ description: "What weighs for or against the story, with the words that carry it." }),
  gate: when,
  numbers: z.array(
    z.object({
      ...span,
      text: z.string(),
      value: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      form: z.string(),
      notFigure: z.string().nullable().meta({ description: "Why it can be no figure; null where it may be one." }),
      when,
    }),
  ),
  claims: z.array(claim),
  rules: z
    .array(z.object({ rule: z.string(), because: z.string(), ...span }))
    .meta({ description: "Rules that fired, and those that kept a number from being a claim." }),
});
export type TraceShown = z.output<typeof traceShown>;

export function showTrace(story: string, trace: Trace, entered: ReadonlySet<string>): TraceShown {
  const { relevance, weighed, gate, numbers, claims, rules } = trace;
  return {
    story,
    relevance: { ...relevance, evidence: [...relevance.evidence] },
    weighed: weighed.map(({ what, weight, words }) => ({
      what,
      weight: Math.round(weight * 100) / 100,
      words: words.slice(0, 8),
    })),
    gate: showWhen(gate),
    numbers: numbers.map((number) => ({
      field: number.field,
      start: number.start,
      end: number.end,
      text: number.text,
      value: number.value,
      low: number.low ?? null,
      high: number.high ?? null,
      form: number.form,
      notFigure: number.notFigure,
      when: showWhen(number.when),
    })),
    claims: claims.map((one) => showClaim(one, entered)),
    rules: rules.map(({ rule, because, field: where, start, end }) => ({ rule, because, field: where, start, end })),
  };
}

function showWhen({ scope, from, to, because }: HappeningTime): z.output<typeof when> {
  return { scope, from, to, because };
}

function showClaim(
  { claim: one, when: at, observations, decision, alerts }: TracedClaim,
  entered: ReadonlySet<string>,
) {
  const { event, speaker, side, quote, field: where, start, end } = one;
  const shared = { event, speaker, side, quote, field: where, start, end };
  return {
    claim:
      one.kind === "statement"
        ? { kind: one.kind, ...shared, topic: one.topic, position: one.position }
        : {
            kind: one.kind,
            ...shared,
            measure: one.measure,
            party: one.party,
            civilian: one.civilian,
            value: one.value,
            low: one.low ?? null,
            high: one.high ?? null,
            qualifier: one.qualifier,
            role: one.role,
            spans: [...(one.spans ?? [])],
          },
    when: showWhen(at),
    observations: [...observations],
    decision,
    alerts: alerts.map(({ id, kind, severity, confidence, because, before, after }) => ({
      id,
      kind,
      severity,
      confidence,
      because,
      before: before === null ? null : { ...before },
      after: after === null ? null : { ...after },
      entered: entered.has(id),
    })),
  };
}
