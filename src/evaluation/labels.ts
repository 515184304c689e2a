import { z } from "zod";

const figure = z.object({
  event: z.string().nullish(),
  measure: z.string(),
  party: z.string(),
  value: z.number().nullish(),
  qualifier: z.string(),
  quote: z.string().default(""),
});

/** What is labelled of an item. The item itself is read apart from it, so that no answer reaches the reader. */
export const itemLabels = z.object({
  id: z.string(),
  lang: z.string(),
  title: z.string().default(""),
  relevant: z.boolean(),
  figures: z.array(figure).default([]),
  statements: z.array(z.object({ event: z.string().nullish(), position: z.string().nullish() })).default([]),
  dup_group: z.string().nullish(),
  not_dup_of: z.array(z.string()).default([]),
  story_group: z.string().nullish(),
});
export type ItemLabels = z.output<typeof itemLabels>;
export type LabelledFigure = ItemLabels["figures"][number];

export const currentEvent = z.object({ id: z.string(), date: z.string(), text: z.string(), label: z.string() });
export type CurrentEvent = z.output<typeof currentEvent>;

export const numbersLabels = z.object({
  id: z.string(),
  lang: z.string(),
  text: z.string(),
  numbers: z.array(z.object({ value: z.union([z.number(), z.string()]) })),
});
export type NumbersLabels = z.output<typeof numbersLabels>;

/** A sentence in several languages, by ISO code beside its id. */
export const parallelRow = z.object({ id: z.string() }).catchall(z.string());
export type ParallelRow = z.output<typeof parallelRow>;

/**
 * The positions that the labels use, by baseline event. Others are neither right nor wrong, for nobody looked for them.
 */
export const SCORED_POSITIONS: ReadonlySet<string> = new Set(
  Object.entries({
    "ceasefire-14-september": "announced called-for unconfirmed holding violated welcomed",
    "ceasefire-13-september": "announced unconfirmed violated",
    "unsc-session": "planned held",
    "putin-aliyev-meeting": "planned held",
    "csto-troops": "declines",
    "csto-mission": "sends-mission",
    "csto-request": "requested unmet",
    "martial-law": "considers rejects",
    "erdogan-position": "condemns",
    "turkey-support": "supports",
    "us-position": "no-military-solution",
    "bodies-handover": "offered handed-over",
  }).flatMap(([event, positions]) => positions.split(" ").map((position) => `${event}|${position}`)),
);
