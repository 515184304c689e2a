import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Webhook } from "standardwebhooks";
import { type DaemonProcess, startDaemonProcess } from "../../src/demo/daemon-process.ts";
import { environmentWith } from "../../src/settings.ts";

const entry = process.env.RASID_FAULTS_ENTRY ?? fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const FIRST_TOLL = 111;
const SERVED = 400;

/** A feed that tells a toll that rises with every item, an endpoint, and the daemon between them. Close it. */
export interface World {
  readonly dataDir: string;
  readonly daemon: () => DaemonProcess;
  /** Publishes so many more items. */
  publish(count: number): void;
  readonly published: () => number;
  /** Alerts by webhook-id, as verified and acknowledged; and how often each id came. */
  readonly received: ReadonlyMap<string, string>;
  readonly times: ReadonlyMap<string, number>;
  readonly refused: readonly string[];
  /** What the endpoint does with a verified request; by default it answers 204 after a few milliseconds. */
  onWebhook: (id: string, response: ServerResponse) => void;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Asks the API; waits while the daemon is busy coming back. */
  ask<T>(path: string, body?: object): Promise<T>;
  /** Waits until nothing is owed, seen twice. Returns after how many milliseconds. */
  settled(withinMs: number): Promise<number>;
  /** Pids of the embedded PostgreSQL, the latest last. */
  readonly postgres: readonly number[];
  close(): Promise<void>;
}

export async function startWorld(variables: Record<string, string>): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), "rasid-faults-"));
  let published = 0;
  const received = new Map<string, string>();
  const times = new Map<string, number>();
  const refused: string[] = [];
  const postgres: number[] = [];
  let webhook: Webhook | null = null;
  let daemon: DaemonProcess | null = null;

  const server = createServer((request, response) => {
    if (request.method === "GET") {
      const last = published;
      const items = Array.from({ length: Math.min(last, SERVED) }, (_, place) =>
        itemOf(Math.max(0, last - SERVED) + place),
      ).join("");
      response.writeHead(200, { "content-type": "application/rss+xml" });
      response.end(
        `<rss version="2.0"><channel><title>Tolls</title><link>http://tolls.example/</link>${items}</channel></rss>`,
      );
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
        world.onWebhook(id, response);
      } catch (error) {
        refused.push(String(error));
        response.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const feedsFile = join(dir, "feeds.yaml");
  writeFileSync(
    feedsFile,
    `polling: { hostGapSeconds: 0.05, minimumIntervalSeconds: 0.25, maximumIntervalSeconds: 0.5, firstIntervalSeconds: 0.25 }
feeds:
  - { id: tolls, url: "${origin}/feed", source: Tolls, lang: en, tier: 1, timezone: Asia/Yerevan }
`,
  );
  const environment = environmentWith({
    RASID_DATA: join(dir, "data"),
    RASID_FEEDS: feedsFile,
    RASID_ALLOW_ADDRESSES: "127.0.0.1/32",
    PORT: "0",
    DATABASE_URL: "",
    REDIS_URL: "",
    ...variables,
  });

  const world: World = {
    dataDir: join(dir, "data"),
    daemon: () => daemon as DaemonProcess,
    publish: (count) => {
      published += count;
    },
    published: () => published,
    received,
    times,
    refused,
    postgres,
    onWebhook: (_id, response) => void setTimeout(() => response.writeHead(204).end(), Math.random() * 30),
    start: async () => {
      daemon = await startDaemonProcess({
        entry,
        environment,
        onLog: (text) => {
          if (process.env.RASID_FAULTS_LOG) appendFileSync(process.env.RASID_FAULTS_LOG, text);
          for (const [, pid] of text.matchAll(/"pid":(\d+),[^\n]*embedded PostgreSQL runs/g))
            postgres.push(Number(pid));
        },
      });
      if (webhook !== null) return;
      const made = await world.ask<{ secret: string }>("/api/v1/endpoints", { url: `${origin}/hook` });
      webhook = new Webhook(made.secret);
    },
    kill: async () => daemon?.kill(),
    ask: async <T>(path: string, body?: object): Promise<T> => {
      for (let tries = 0; ; tries += 1)
        try {
          const response = await fetch(`${daemon?.address}${path}`, {
            signal: AbortSignal.timeout(10_000),
            ...(body && {
              method: "POST",
              headers: { "content-type": "application/json" },
              body: JSON.stringify(body),
            }),
          });
          if (!response.ok) throw new Error(`${path} answered ${response.status}`);
          return (await response.json()) as T;
        } catch (error) {
          if (tries >= 60) throw error;
          await pause(500);
        }
    },
    settled: async (withinMs) => {
      const begun = Date.now();
      for (let quiet = 0; quiet < 2; ) {
        if (Date.now() - begun > withinMs) throw new Error(`work is still owed after ${withinMs} ms`);
        await pause(300);
        const { stages, deliveries } = await world.ask<Owed>("/api/v1/pipeline");
        const owed = [
          stages.deduplicate,
          stages.classify,
          stages.match,
          deliveries.pending,
          deliveries.delivering,
          deliveries.failed,
        ];
        const stored = await world.ask<{ items: { title: string }[] }>("/api/v1/items?limit=1");
        const all = published === 0 || stored.items[0]?.title === titleOf(published - 1);
        quiet = all && owed.every((count) => count === 0) ? quiet + 1 : 0;
      }
      return Date.now() - begun;
    },
    close: async () => {
      await daemon?.stop(15_000);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return world;
}

interface Owed {
  readonly stages: Record<string, number>;
  readonly deliveries: Record<string, number>;
}

/** Rising, and never round: a round number may be another outlet's rounding, which is quiet. */
const tollOf = (place: number): number => FIRST_TOLL + Math.floor(place / 9) * 10 + (place % 9);
const titleOf = (place: number): string => `Count ${tollOf(place)}`;

/** Each item tells one more than the one before: each is worth an alert. */
function itemOf(place: number): string {
  const at = new Date(Date.parse("2022-09-16T06:00:00Z") + place * 20_000).toUTCString();
  const text = `At least ${tollOf(place)} Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan told the cabinet.`;
  return `<item><guid isPermaLink="false">toll-${place}</guid><title>${titleOf(place)}</title><link>http://tolls.example/${place}</link><pubDate>${at}</pubDate><description>${text}</description></item>`;
}

/** All alerts of the ledger. */
export async function alertsOf(world: World): Promise<string[]> {
  const ids: string[] = [];
  for (let after = "0"; ; ) {
    const page = await world.ask<{ alerts: { id: string }[]; next: string | null }>(
      `/api/v1/alerts?limit=500&after=${after}`,
    );
    ids.push(...page.alerts.map(({ id }) => id));
    if (page.next === null) return ids;
    after = page.next;
  }
}

/** What every fault must leave: each item an alert, each alert once in the ledger and at the endpoint under one id. */
export async function accountOf(world: World) {
  const alerts = await alertsOf(world);
  const delivered = [...world.received.values()];
  return {
    published: world.published(),
    alerts: alerts.length,
    twiceInLedger: alerts.length - new Set(alerts).size,
    lost: alerts.filter((id) => !delivered.includes(id)).length,
    idsPerAlertBeyondOne: world.received.size - new Set(delivered).size,
    repeatedSends: [...world.times.values()].reduce((sum, count) => sum + count - 1, 0),
    refused: world.refused.length,
  };
}
