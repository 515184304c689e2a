import { z } from "zod";
import { type AlertBody, alertBodySchema } from "../api/alert-body-schema.ts";

const stateSchema = z.object({
  value: z.number().optional(),
  position: z.string().optional(),
  qualifier: z.string().optional(),
  speaker: z.string(),
  side: z.string(),
});

const eventsSchema = z.object({
  events: z.array(
    z.object({
      id: z.string(),
      gloss: z.record(z.string(), z.string()),
      baseline: z.array(
        z.object({
          speaker: z.string(),
          side: z.string(),
          position: z.string().optional(),
          figure: z.object({ value: z.number().nullable(), qualifier: z.string() }).optional(),
        }),
      ),
      standings: z.array(
        z.object({ side: z.string(), subject: z.string(), body: z.looseObject({ current: stateSchema }) }),
      ),
    }),
  ),
});

const pipelineSchema = z.object({
  stages: z.record(z.string(), z.number()),
  deliveries: z.record(z.string(), z.number()),
});

const alertsSchema = z.object({ alerts: z.array(z.object({ body: z.unknown() })), next: z.string().nullable() });

export type ReportedEvent = z.output<typeof eventsSchema>["events"][number];

/** The daemon's API as the demo uses it, with a key as any other client. */
export interface DaemonApi {
  createEndpoint(url: string): Promise<{ id: string; secret: string }>;
  alerts(): Promise<AlertBody[]>;
  events(story: string): Promise<ReportedEvent[]>;
  /** Revisions and deliveries that the ledger still owes. */
  owed(): Promise<number>;
}

export function daemonApi(address: string, key: string): DaemonApi {
  const call = async (path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${address}${path}`, {
      headers: { authorization: `Bearer ${key}`, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  return {
    createEndpoint: async (url) =>
      z
        .object({ id: z.string(), secret: z.string() })
        .parse(await call("/api/v1/endpoints", { url, description: "the demo's receiver" })),
    alerts: async () => {
      const all: AlertBody[] = [];
      for (let after = "0"; ; ) {
        const page = alertsSchema.parse(await call(`/api/v1/alerts?after=${after}&limit=500`));
        all.push(...page.alerts.map(({ body }) => alertBodySchema.parse(body)));
        if (page.next === null) return all;
        after = page.next;
      }
    },
    events: async (story) => eventsSchema.parse(await call(`/api/v1/stories/${story}/events`)).events,
    owed: async () => {
      const { stages, deliveries } = pipelineSchema.parse(await call("/api/v1/pipeline"));
      const sum = (counts: Record<string, number>, ...names: string[]) =>
        names.reduce((total, name) => total + (counts[name] ?? 0), 0);
      return sum(stages, "deduplicate", "classify", "match") + sum(deliveries, "pending", "delivering");
    },
  };
}
