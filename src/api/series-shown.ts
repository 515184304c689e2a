import { z } from "zod";
import type { BaselineEvent } from "../domain/baseline/baseline.ts";
import type { PointRow, StepRow } from "../ledger/story-events.ts";
import { given } from "./paging.ts";
import { stateShown } from "./story-shown.ts";

/** A state that one side had for one count or topic, from the time that it is as of. */
const stepShown = z.object({
  state: stateShown,
  observation: z.string().nullable().meta({ description: "Null for the baseline." }),
});
export type StepShown = z.output<typeof stepShown>;

/** What one side has said of one count or topic: a line of the chart. */
const lineShown = z.object({
  key: z.string(),
  subject: z.string().nullable().meta({ description: "Null where the baseline alone has it." }),
  side: z.string(),
  stage: z.string().nullable(),
  steps: z.array(stepShown),
});
export type LineShown = z.output<typeof lineShown>;

/** One observation; fields that say nothing are left out, so that thousands stay small. */
const pointShown = z.object({
  id: z.string(),
  at: z.string().meta({ description: "When it was asserted, else published." }),
  asserted: z.boolean().optional().meta({ description: "The text says when it was said." }),
  subject: z.string(),
  value: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  qualifier: z.string().optional(),
  role: z.string().optional().meta({ description: "Left out where the figure is current." }),
  position: z.string().optional(),
  stage: z.string().optional(),
  speaker: z.string(),
  side: z.string(),
  source: z.string(),
  tier: z.number(),
  lang: z.string(),
  more: z
    .number()
    .optional()
    .meta({ description: "With `stretch`: how many later ones, which say the same, it stands for." }),
});
export type PointShown = z.output<typeof pointShown>;

export const seriesShown = z.object({
  event: z.string(),
  lines: z.array(lineShown),
  points: z.array(pointShown),
  next: z.string().nullable().meta({ description: "`after` of the next points; null at the end." }),
});
export type SeriesShown = z.output<typeof seriesShown>;

export function showPoint(row: PointRow): PointShown {
  const { id, subject, speaker, side, source, tier, lang } = row;
  return {
    id,
    at: row.at.toISOString(),
    ...given({
      asserted: row.asserted ? true : undefined,
      value: row.value ?? undefined,
      low: row.low ?? undefined,
      high: row.high ?? undefined,
      qualifier: row.qualifier ?? undefined,
      role: row.role === "current" ? undefined : (row.role ?? undefined),
      position: row.position ?? undefined,
      stage: row.stage ?? undefined,
      more: row.more === 0 ? undefined : row.more,
    }),
    subject,
    speaker,
    side,
    source,
    tier,
    lang,
  };
}

/** The lines of an event: what the baseline has, and each step that the ledger knows. */
export function linesOf(event: BaselineEvent | null, steps: readonly StepRow[]): LineShown[] {
  const lines = new Map<string, { -readonly [K in keyof LineShown]: LineShown[K] }>();
  const kinds = ["figure", "position"] as const;
  for (const kind of kinds) {
    for (const claim of event?.claims ?? []) {
      const state = stateOf(claim, kind);
      if (state === null) continue;
      const staged = kind === "figure" && (event?.stages.length ?? 0) > 0;
      const stage = staged ? (claim.position ?? null) : null;
      const side = kind === "position" && event?.keyedBy === "happening" ? "any" : claim.side;
      const name = `${kind}|${stage ?? ""}|${side}`;
      const line = lines.get(name) ?? { key: name, subject: null, side, stage, steps: [] };
      line.steps.push({ state, observation: null });
      lines.set(name, line);
    }
  }
  for (const { key, subject, side, stage, observation, current } of steps) {
    const state = stateShown.safeParse(current).data;
    if (state === undefined || observation === null) continue;
    const kind = subject.startsWith("figure|") ? "figure" : "position";
    const name = event === null ? key : `${kind}|${stage ?? ""}|${side}`;
    const line = lines.get(name) ?? { key, subject, side, stage, steps: [] };
    line.subject = subject;
    line.key = key;
    line.steps.push({ state, observation });
    lines.set(name, line);
  }
  return [...lines.values()];
}

function stateOf(
  { figure, position, speaker, side, asOf }: BaselineEvent["claims"][number],
  kind: "figure" | "position",
): StepShown["state"] | null {
  if (kind === "position") return position === undefined ? null : { position, speaker, side, asOf };
  if (figure === undefined) return null;
  const { value, low, high, qualifier } = figure;
  return {
    ...(value === null ? {} : { value }),
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    qualifier,
    speaker,
    side,
    asOf,
  };
}

/** Steps without those that repeat the state before: several reports bring the same. */
export function withoutRepeats(lines: readonly LineShown[]): LineShown[] {
  return lines.map((line) => ({
    ...line,
    steps: line.steps.filter(({ state }, at) => at === 0 || !sameState(state, line.steps[at - 1]?.state)),
  }));
}

function sameState(a: StepShown["state"], b: StepShown["state"] | undefined): boolean {
  const fields = ["value", "low", "high", "qualifier", "position"] as const;
  return b !== undefined && fields.every((field) => a[field] === b[field]);
}
