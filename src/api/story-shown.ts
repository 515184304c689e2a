import { z } from "zod";
import { SEVERITIES } from "../domain/alert/kinds.ts";
import type { BaselineEvent } from "../domain/baseline/baseline.ts";
import type { ChangeRules } from "../domain/baseline/change-rules.ts";
import { DEPARTURES, type Departure, departureOf, disagree } from "../domain/baseline/departure.ts";
import type { StandingRow } from "../ledger/standings.ts";
import type { EventCount, ReportedBy } from "../ledger/story-events.ts";
import { record } from "./alert-headline.ts";
import { shownTime } from "./paging.ts";

const anything = z.record(z.string(), z.unknown());
const byLanguage = z.record(z.string(), z.string());

const labelled = z.record(z.string(), byLanguage);
export const storyShown = z.object({
  id: z.string(),
  title: z.string(),
  timezone: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  article: z.object({ source: z.string(), lang: z.string(), published: z.string() }),
  events: z.number(),
});
export const labelsShown = z
  .object({ title: byLanguage, entities: labelled, positions: labelled, topics: labelled })
  .meta({ description: "How ids are shown to people, by language; one that is missing is shown as it is written." });
export const newsShown = z.object({
  since: z.string(),
  until: z.string().meta({ description: "`since` of the next question." }),
  alerts: z.object({
    count: z.number(),
    highest: z.enum(SEVERITIES).nullable(),
    events: z.array(
      z.object({
        event: z.string(),
        count: z.number(),
        kinds: z.record(z.string(), z.number()),
        highest: z.enum(SEVERITIES),
      }),
    ),
  }),
  observations: z.number(),
  items: z.number().meta({ description: "Items in which these observations stand." }),
});
export type StoryShown = z.output<typeof storyShown>;
export type StoryLabels = z.output<typeof labelsShown>;
export type NewsShown = z.output<typeof newsShown>;

/** What is or was claimed, by whom and since when. */
export const stateShown = z.object({
  value: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  qualifier: z.string().optional(),
  increment: z.number().optional(),
  position: z.string().optional(),
  speaker: z.string(),
  side: z.string(),
  asOf: z.string(),
});
export type StateShown = z.output<typeof stateShown>;

/** What the reference article has one speaker say. */
const baselineClaimShown = z.object({
  speaker: z.string(),
  side: z.string(),
  asOf: z.string(),
  position: z.string().optional(),
  figure: z
    .object({
      measure: z.string(),
      party: z.string(),
      civilian: z.boolean(),
      value: z.number().nullable(),
      low: z.number().optional(),
      high: z.number().optional(),
      qualifier: z.string(),
    })
    .optional(),
});

export const standingShown = z.object({
  id: z.string(),
  key: z.string(),
  subject: z.string(),
  side: z.string(),
  asOf: z.string(),
  observation: z.string().nullable(),
  createdAt: z.string(),
  current: stateShown.nullable().meta({ description: "What this side reports." }),
  stage: z.string().nullable().meta({ description: "The separate count that it belongs to, as `handed-over`." }),
  measure: z.string().nullable(),
  party: z.string().nullable(),
  civilian: z.boolean().nullable(),
  topic: z.string().nullable(),
  sources: z.number().meta({ description: "Independent sources (clusters) that carry it." }),
  confidence: z
    .number()
    .nullable()
    .meta({ description: "0 to 1, as an alert resting on the same sources; null where the baseline alone says so." }),
  departs: z.enum(DEPARTURES).meta({
    description:
      "Whether and which way it departs from the baseline; `new` where the baseline has nothing to compare with.",
  }),
  disputes: z
    .array(z.string())
    .meta({ description: "Keys of standings of other sides that give another number for the same count." }),
  reported: z
    .object({
      publishedAt: z.string(),
      source: z.string(),
      tier: z.number(),
      lang: z.string(),
      item: z.string(),
      quote: z.string(),
    })
    .nullable()
    .meta({ description: "The report that brought it; null where the baseline alone says so." }),
  body: anything.meta({ description: "The standing as the ledger has it." }),
});
export type StandingShown = z.output<typeof standingShown>;

export const eventShown = z.object({
  id: z.string(),
  kind: z.string(),
  gloss: byLanguage,
  sameAs: z.string().nullable().meta({ description: "The event that this one repeats in another place." }),
  keyedBy: z.enum(["side", "happening"]),
  baseline: z.array(baselineClaimShown),
  observations: z.number(),
  alerts: z.number(),
  lastPublishedAt: z.string().nullable(),
  standings: z.array(standingShown),
});
export type EventShown = z.output<typeof eventShown>;

/** What is needed to show one event. */
export interface EventParts {
  readonly event: Pick<BaselineEvent, "id" | "kind" | "gloss" | "claims" | "sameAs" | "keyedBy">;
  /** Null where the baseline lacks the event. */
  readonly baseline: BaselineEvent | null;
  readonly rows: readonly StandingRow[];
  readonly count: EventCount | undefined;
  readonly reporting: ReadonlyMap<string, ReportedBy>;
  readonly rules: ChangeRules;
}

export function showEvent({ event, baseline, rows, count, reporting, rules }: EventParts): EventShown {
  const standings = rows.map((row) => showStanding(row, { baseline, reporting, rules }));
  return {
    id: event.id,
    kind: event.kind,
    gloss: { ...event.gloss },
    sameAs: event.sameAs,
    keyedBy: event.keyedBy,
    baseline: event.claims.map((claim) => ({ ...claim })),
    observations: count?.observations ?? 0,
    alerts: count?.alerts ?? 0,
    lastPublishedAt: shownTime(count?.lastPublishedAt ?? null),
    standings: standings.map((standing) => ({ ...standing, disputes: disputesOf(standing, standings, rules) })),
  };
}

/** A standing by itself: `disputes` is found among the standings beside it. */
export function showStanding(
  row: StandingRow,
  { baseline, reporting, rules }: Pick<EventParts, "baseline" | "reporting" | "rules">,
): StandingShown {
  const body = record(row.body) ?? {};
  const current = stateShown.safeParse(body.current).data ?? null;
  const stage = text(body.stage);
  const by = row.observation_id === null ? undefined : reporting.get(row.observation_id);
  return {
    id: row.id,
    key: row.key,
    subject: row.subject,
    side: row.side,
    asOf: row.as_of.toISOString(),
    observation: row.observation_id,
    createdAt: row.created_at.toISOString(),
    current,
    stage,
    measure: text(body.measure),
    party: text(body.party),
    civilian: typeof body.civilian === "boolean" ? body.civilian : null,
    topic: text(body.topic),
    sources: typeof body.sources === "number" ? body.sources : 0,
    confidence: typeof body.confidence === "number" ? body.confidence : null,
    departs: departure(baseline, { side: row.side, stage, current }, rules),
    disputes: [],
    reported: by === undefined ? null : showReporting(by),
    body: { ...body },
  };
}

function departure(
  baseline: BaselineEvent | null,
  { side, stage, current }: { side: string; stage: string | null; current: StateShown | null },
  rules: ChangeRules,
): Departure {
  return current === null ? "new" : departureOf(baseline, { side, stage, current: asClaim(current) }, rules);
}

/** Numbers of named sides for one count that cannot both be true. What reports give without a name disputes nothing. */
function disputesOf(standing: StandingShown, all: readonly StandingShown[], rules: ChangeRules): string[] {
  const mine = standing.current;
  if (mine === null || standing.side === "media") return [];
  return all
    .filter(({ key, subject, stage, side, current }) => {
      const sameCount = key !== standing.key && subject === standing.subject && stage === standing.stage;
      return sameCount && side !== "media" && current !== null && disagree(asClaim(mine), asClaim(current), rules);
    })
    .map(({ key }) => key);
}

type Claim = Parameters<typeof disagree>[0];

function asClaim(state: StateShown): Claim {
  return state as Claim;
}

function showReporting({ publishedAt, source, tier, lang, item, quote }: ReportedBy): StandingShown["reported"] {
  return { publishedAt: publishedAt.toISOString(), source, tier, lang, item, quote };
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
