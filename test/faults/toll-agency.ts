import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { z } from "zod";

const FIRST_TOLL = 111;
/** The newest items that the feed shows: more than are published while a daemon is away. */
const SERVED = 1000;

/** A feed that tells a toll that rises with every item, and an endpoint that verifies what comes. Close it. */
export interface TollAgency {
  readonly origin: string;
  /** Publishes so many more items. */
  publish(count: number): void;
  readonly published: () => number;
  /** Alerts by webhook-id, as verified and acknowledged; and how often each id came. */
  readonly received: ReadonlyMap<string, string>;
  readonly times: ReadonlyMap<string, number>;
  readonly refused: readonly string[];
  /** What the endpoint does with a verified request; by default it answers 204 after a few milliseconds. */
  onWebhook: (id: string, response: ServerResponse) => void;
  /** Verifies with this secret from now on. */
  expectSecret(secret: string): void;
  readonly hasSecret: () => boolean;
  close(): Promise<void>;
}

export async function startTollAgency(host = "127.0.0.1"): Promise<TollAgency> {
  let published = 0;
  let webhook: Webhook | null = null;
  const received = new Map<string, string>();
  const times = new Map<string, number>();
  const refused: string[] = [];
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      response.writeHead(200, { "content-type": "application/rss+xml" });
      response.end(documentOf(published));
      return;
    }
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const id = String(request.headers["webhook-id"]);
      try {
        const body = webhook?.verify(Buffer.concat(parts).toString("utf8"), request.headers as Record<string, string>);
        times.set(id, (times.get(id) ?? 0) + 1);
        received.set(id, (body as { data: { alert: string } }).data.alert);
        agency.onWebhook(id, response);
      } catch (error) {
        refused.push(String(error));
        response.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const agency: TollAgency = {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    publish: (count) => {
      published += count;
    },
    published: () => published,
    received,
    times,
    refused,
    onWebhook: (_id, response) => void setTimeout(() => response.writeHead(204).end(), Math.random() * 30),
    expectSecret: (secret) => {
      webhook = new Webhook(secret);
    },
    hasSecret: () => webhook !== null,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return agency;
}

/** The feeds.yaml that names the agency's feed and asks it several times a second. */
export function feedsYamlOf(agency: TollAgency): string {
  return `polling: { hostGapSeconds: 0.05, minimumIntervalSeconds: 0.25, maximumIntervalSeconds: 0.5, firstIntervalSeconds: 0.25 }
feeds:
  - { id: tolls, url: "${agency.origin}/feed", source: Tolls, lang: en, tier: 1, timezone: Asia/Yerevan }
`;
}

const YEARS_FROM = 1900;
const YEARS = 200;

/** Rising, never round (it may be another outlet's rounding, which is quiet), and never what may be a year. */
function tollOf(place: number): number {
  const toll = FIRST_TOLL + Math.floor(place / 9) * 10 + (place % 9);
  return toll < YEARS_FROM ? toll : toll + YEARS;
}
export const titleOf = (place: number): string => `Count ${tollOf(place)}`;

function documentOf(published: number): string {
  const count = Math.min(published, SERVED);
  const items = Array.from({ length: count }, (_, place) => itemOf(published - count + place)).join("");
  return `<rss version="2.0"><channel><title>Tolls</title><link>http://tolls.example/</link>${items}</channel></rss>`;
}

/** Each item tells one more than the one before: each is worth an alert. */
function itemOf(place: number): string {
  const at = new Date(Date.parse("2022-09-16T06:00:00Z") + place * 20_000).toUTCString();
  const text = `At least ${tollOf(place)} Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan told the cabinet.`;
  return `<item><guid isPermaLink="false">toll-${place}</guid><title>${titleOf(place)}</title><link>http://tolls.example/${place}</link><pubDate>${at}</pubDate><description>${text}</description></item>`;
}

/** Asks an API; waits while the daemon is busy coming back. */
export async function ask<T>(
  address: () => string | undefined,
  path: string,
  body?: object,
  key: string | null = null,
): Promise<T> {
  for (let tries = 0; ; tries += 1)
    try {
      const response = await fetch(`${address()}${path}`, {
        signal: AbortSignal.timeout(10_000),
        headers: {
          ...(key !== null && { authorization: `Bearer ${key}` }),
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { method: "POST", body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      return (await response.json()) as T;
    } catch (error) {
      if (tries >= 60) throw error;
      await pause(500);
    }
}

/** What the tests need of a running service, of one process or of many. */
export interface Service {
  readonly agency: TollAgency;
  ask<T>(path: string, body?: object): Promise<T>;
}

const owedShown = z.object({
  stages: z.record(z.string(), z.number()),
  deliveries: z.record(z.string(), z.number()),
});

/** Makes the endpoint that receives every alert, once. */
export async function subscribe({ agency, ask: asked }: Service): Promise<void> {
  if (agency.hasSecret()) return;
  const made = await asked<{ secret: string }>("/api/v1/endpoints", { url: `${agency.origin}/hook` });
  agency.expectSecret(made.secret);
}

/** Waits until nothing is owed, seen twice: by any stage, or by those before `deliver`. Returns after how many ms. */
export async function settled(
  { agency, ask: asked }: Service,
  withinMs: number,
  { delivered = true }: { delivered?: boolean } = {},
): Promise<number> {
  const begun = Date.now();
  for (let quiet = 0; quiet < 2; ) {
    if (Date.now() - begun > withinMs) throw new Error(`work is still owed after ${withinMs} ms`);
    await pause(300);
    const { stages, deliveries } = owedShown.parse(await asked("/api/v1/pipeline"));
    const owed: (number | undefined)[] = [stages.deduplicate, stages.classify, stages.match];
    if (delivered) owed.push(deliveries.pending, deliveries.delivering, deliveries.failed);
    const published = agency.published();
    const stored = await asked<{ items: { title: string }[] }>("/api/v1/items?limit=1");
    const all = published === 0 || stored.items[0]?.title === titleOf(published - 1);
    quiet = all && owed.every((count) => count === 0) ? quiet + 1 : 0;
  }
  return Date.now() - begun;
}

/** Waits until what is not yet stored fits into the feed's window, so that nothing drops out of it unseen. */
export async function keptUp({ agency, ask: asked }: Service): Promise<void> {
  const oldest = agency.published() - Math.floor(SERVED * 0.8);
  if (oldest <= 0) return;
  const known = new Set(Array.from({ length: agency.published() - oldest }, (_, place) => titleOf(oldest + place)));
  for (;;) {
    const { items } = await asked<{ items: { title: string }[] }>("/api/v1/items?limit=1");
    if (known.has(items[0]?.title ?? "")) return;
    await pause(200);
  }
}

/** All alerts of the ledger. */
async function alertsOf({ ask: asked }: Service): Promise<string[]> {
  const ids: string[] = [];
  for (let after = "0"; ; ) {
    const page = await asked<{ alerts: { id: string }[]; next: string | null }>(
      `/api/v1/alerts?limit=500&after=${after}`,
    );
    ids.push(...page.alerts.map(({ id }) => id));
    if (page.next === null) return ids;
    after = page.next;
  }
}

async function countItems({ ask: asked }: Service): Promise<number> {
  let count = 0;
  for (let after = ""; ; ) {
    const page = await asked<{ items: object[]; next: string | null }>(`/api/v1/items?limit=500${after}`);
    count += page.items.length;
    if (page.next === null) return count;
    after = `&after=${page.next}`;
  }
}

/** What every fault must leave: each item an alert, each alert once in the ledger and at the endpoint under one id. */
export async function accountOf(service: Service) {
  const alerts = await alertsOf(service);
  const { received, times, refused, published } = service.agency;
  const delivered = new Set(received.values());
  return {
    published: published(),
    stored: await countItems(service),
    alerts: alerts.length,
    twiceInLedger: alerts.length - new Set(alerts).size,
    lost: alerts.filter((id) => !delivered.has(id)).length,
    idsPerAlertBeyondOne: received.size - delivered.size,
    repeatedSends: [...times.values()].reduce((sum, count) => sum + count - 1, 0),
    refused: refused.length,
  };
}

/** The part of an account that must hold after every fault. */
export const KEPT = { twiceInLedger: 0, lost: 0, idsPerAlertBeyondOne: 0, refused: 0 };
