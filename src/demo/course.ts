import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readYaml } from "../config/read-yaml.ts";

/** An agency of the demo: one local server with one feed. */
const agencySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  source: z.string().min(1),
  lang: z.string().length(2),
  tier: z.literal([1, 2, 3]),
  timezone: z.string(),
  side: z.string().optional(),
  format: z.enum(["rss", "atom", "json"]),
  charset: z.enum(["utf-8", "windows-1251", "windows-1256"]).default("utf-8"),
});

/** An item as an agency publishes it. A guid that comes again in a later step is an edit in place. */
const publicationSchema = z.strictObject({
  agency: z.string(),
  guid: z.string(),
  title: z.string().min(1),
  text: z.string().min(1),
  published: z.iso.datetime({ offset: true }),
  updated: z.iso.datetime({ offset: true }).optional(),
  /** What the item tries, for the reader of the course. */
  trap: z.string().optional(),
});

const stepSchema = z.strictObject({ step: z.string().min(1), items: z.array(publicationSchema).min(1) });

/** An alert that the course must raise, as far as it is fixed. */
const expectedAlertSchema = z.strictObject({
  type: z.string(),
  event: z.string(),
  measure: z.string().optional(),
  party: z.string().optional(),
  civilian: z.boolean().optional(),
  side: z.string().optional(),
  topic: z.string().optional(),
  value: z.number().optional(),
  increment: z.number().optional(),
  position: z.string().optional(),
});

export type Agency = z.output<typeof agencySchema>;
export type Publication = z.output<typeof publicationSchema>;
export type Step = z.output<typeof stepSchema>;
export type ExpectedAlert = z.output<typeof expectedAlertSchema>;

/** The recorded course: who publishes what in which order, and what must be told of it. */
export interface Course {
  readonly agencies: readonly Agency[];
  readonly steps: readonly Step[];
  readonly expected: readonly ExpectedAlert[];
}

/**
 * Reads the course from `demo/`: agencies.yaml, course/*.yaml in the order of their names, expected-alerts.yaml.
 * @throws ConfigError that names file, line and field.
 */
export function loadCourse(dir: string): Course {
  const files = readdirSync(join(dir, "course"))
    .filter((name) => name.endsWith(".yaml"))
    .sort();
  return {
    agencies: readYaml(join(dir, "agencies.yaml"), z.array(agencySchema).min(1)),
    steps: files.map((name) => readYaml(join(dir, "course", name), stepSchema)),
    expected: readYaml(join(dir, "expected-alerts.yaml"), z.array(expectedAlertSchema)),
  };
}
