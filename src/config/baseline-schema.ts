import { z } from "zod";
import type {
  Baseline,
  BaselineClaim,
  BaselineEvent,
  BaselineFigure,
  FigureMatch,
} from "../domain/baseline/baseline.ts";
import { MEASURES } from "../domain/claims/claim.ts";

const day = z.iso.date('write a date as "2022-09-15"');
const instant = z.iso.datetime({ offset: true, error: 'write a time as "2022-09-15T00:00:00+04:00"' });
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "write an id in small letters, digits and hyphens");
const days = z.strictObject({ from: day, to: day }).refine((d) => d.from <= d.to, "`from` lies after `to`");
const party = z.enum(["armenia", "azerbaijan", "both", "other"]);
const measure = z.enum(MEASURES);

/** What `rasid baseline draft` marks. A baseline is in force only when somebody has looked at everything. */
const review = z.never({ error: "still to be reviewed: remove this line when you have" }).optional();

const figure = z
  .strictObject({
    measure,
    party,
    civilian: z.boolean(),
    value: z.number().nonnegative().nullable(),
    low: z.number().nonnegative().optional(),
    high: z.number().nonnegative().optional(),
    qualifier: z.enum(["exact", "at_least", "more_than", "about", "nearly", "vague"]),
    unit: z.string().optional(),
  })
  .refine(
    (f) => (f.value === null) === (f.qualifier === "vague"),
    "a vague figure has `value: null`, every other one a value",
  );

const claim = z
  .strictObject({
    speaker: z.string().min(1),
    side: z.string().min(1),
    asOf: day,
    position: id.optional(),
    figure: figure.optional(),
    quote: z.string().optional(),
    field: z.enum(["title", "text"]).optional(),
    start: z.int().nonnegative().optional(),
    end: z.int().nonnegative().optional(),
    review,
  })
  .refine((c) => c.position !== undefined || c.figure !== undefined, "a claim needs a `figure` or a `position`");

const match = z.strictObject({
  measure,
  party,
  civilian: z.union([z.boolean(), z.literal("any")]),
  windows: z.array(days).min(1),
  undated: days.optional(),
  incidents: z.strictObject({ from: day, below: z.number().positive() }).optional(),
  base: id,
});

const event = z.strictObject({
  id,
  kind: z.enum(["figure", "statement", "happening"]),
  gloss: z.record(z.string(), z.string().min(1)),
  claims: z.array(claim),
  match: match.optional(),
  sameAs: id.optional(),
  stages: z.array(id).min(2).optional(),
  variants: z.array(z.number()).optional(),
  keyedBy: z.enum(["side", "happening"]).default("side"),
  voices: z.array(id).optional(),
  silence: z.array(id).optional(),
  named: z.array(id).optional(),
  order: z.array(z.array(id).min(1)).optional(),
  same: z.array(z.array(id).min(2)).optional(),
  over: day.optional(),
  review,
});

/** The schema of `baseline.yaml`: the events of the reference article and how later reports are held against them. */
export const baselineSchema = z
  .strictObject({
    article: z.strictObject({
      source: z.string(),
      lang: z.string(),
      published: instant,
      note: z.string().optional(),
      review,
    }),
    events: z.array(event).min(1),
    discrepancies: z.array(z.strictObject({ events: z.array(id).min(1), note: z.string().min(1), review })).default([]),
    background: z
      .array(
        z.strictObject({
          id: z.string(),
          gloss: z.string(),
          from: z.number().int().optional(),
          to: z.number().int().optional(),
          review,
        }),
      )
      .default([]),
  })
  .superRefine((file, context) => {
    const ids = file.events.map((e) => e.id);
    const known = new Set(ids);
    const unknown = (path: (string | number)[], name: string) =>
      context.addIssue({ code: "custom", path, message: `no event has the id «${name}»` });
    file.events.forEach((e, index) => {
      if (ids.indexOf(e.id) !== index)
        context.addIssue({ code: "custom", path: ["events", index, "id"], message: `the id «${e.id}» stands twice` });
      if (e.sameAs !== undefined && !known.has(e.sameAs)) unknown(["events", index, "sameAs"], e.sameAs);
    });
    file.discrepancies.forEach((d, index) => {
      d.events.forEach((name, at) => {
        if (!known.has(name)) unknown(["discrepancies", index, "events", at], name);
      });
    });
  });

export type BaselineFile = z.output<typeof baselineSchema>;
type EventFile = BaselineFile["events"][number];

/** Turns a checked `baseline.yaml` into what the domain takes. */
export function compileBaseline(file: BaselineFile): Baseline {
  const events = file.events.map(compileEvent);
  return {
    article: { source: file.article.source, lang: file.article.lang, published: file.article.published },
    events,
    byId: new Map(events.map((e) => [e.id, e])),
    discrepancies: file.discrepancies,
    background: file.background.map(({ id, gloss, from, to }) => ({
      id,
      gloss,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    })),
  };
}

function compileEvent(e: EventFile): BaselineEvent {
  return {
    id: e.id,
    kind: e.kind,
    gloss: e.gloss,
    claims: e.claims.map(compileClaim),
    match: e.match ? compileMatch(e.match) : null,
    sameAs: e.sameAs ?? null,
    stages: e.stages ?? [],
    variants: e.variants ?? [],
    keyedBy: e.keyedBy,
    voices: e.voices ?? null,
    silence: e.silence ?? [],
    named: e.named ?? [],
    rank: new Map((e.order ?? []).flatMap((positions, rank) => positions.map((position) => [position, rank] as const))),
    sameAsPosition: new Map(
      (e.same ?? []).flatMap(([first, ...others]) => others.map((other) => [other, first as string] as const)),
    ),
    over: e.over ?? null,
  };
}

function compileMatch(m: NonNullable<EventFile["match"]>): FigureMatch {
  return { ...m, undated: m.undated ?? null, incidents: m.incidents ?? null };
}

function compileClaim(c: EventFile["claims"][number]): BaselineClaim {
  return {
    speaker: c.speaker,
    side: c.side,
    asOf: c.asOf,
    ...(c.position === undefined ? {} : { position: c.position }),
    ...(c.figure === undefined ? {} : { figure: compileFigure(c.figure) }),
  };
}

function compileFigure(f: NonNullable<EventFile["claims"][number]["figure"]>): BaselineFigure {
  return {
    measure: f.measure,
    party: f.party,
    civilian: f.civilian,
    value: f.value,
    ...(f.low === undefined ? {} : { low: f.low }),
    ...(f.high === undefined ? {} : { high: f.high }),
    qualifier: f.qualifier,
  };
}
