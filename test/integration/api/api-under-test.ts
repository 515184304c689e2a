import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, RouteOptions as FastifyRoute } from "fastify";
import { pino } from "pino";
import { AnalysisPool, type AnalysisPoolOptions } from "../../../src/analysis/analysis-pool.ts";
import { createAlertSignal } from "../../../src/api/alert-signal.ts";
import { newApiKey, type Scope, stillMay } from "../../../src/api/authentication.ts";
import { addHealthRoutes } from "../../../src/api/health-routes.ts";
import { addRoutes } from "../../../src/api/routes.ts";
import { authenticationOf, buildServer } from "../../../src/api/server.ts";
import { keyStoreOf } from "../../../src/api-keys.ts";
import { keepConfig } from "../../../src/config/kept-config.ts";
import { loadConfiguration } from "../../../src/config/load-configuration.ts";
import { createApiKey } from "../../../src/ledger/api-keys.ts";
import type { Ledger } from "../../../src/ledger/open-ledger.ts";
import { sealingKeyOf } from "../../../src/ledger/sealed-secret.ts";
import { openQueueBackend, type QueueBackend } from "../../../src/queues/backend.ts";
import { createMetrics } from "../../../src/telemetry/metrics.ts";
import { freshLedger } from "../fresh-ledger.ts";

const CONFIGURATION = loadConfiguration(new URL("../../../config", import.meta.url).pathname, null);
const STORIES = CONFIGURATION.stories;
export const SEALING_KEY = sealingKeyOf(Buffer.alloc(32, 9).toString("base64"));

/** The real API on a ledger and queues of its own, with a clock that can be moved. Close it. */
export interface ApiUnderTest {
  readonly ledger: Ledger;
  readonly queues: QueueBackend;
  readonly app: FastifyInstance;
  /** Every route that the server has, as the server was told. */
  readonly routes: readonly { readonly method: string; readonly url: string }[];
  /** Ids of deliveries for which jobs were asked. */
  readonly enqueued: string[];
  /** A configuration folder of its own, with the feeds of FEED_LIST. */
  readonly configDir: string;
  /** Lines of the log. */
  readonly log: string[];
  clock: { ahead: number };
  newKey(...scopes: Scope[]): Promise<{ id: string; key: string }>;
  /** Asks as a program on this machine does; with a key when one is given. */
  ask(method: string, url: string, options?: AskOptions): Promise<Answer>;
  close(): Promise<void>;
}

/** The list of feeds as the API under test finds it. */
export const FEED_LIST = `# The desk's own list
feeds:
  - { id: tass, url: "https://tass.example/rss", source: TASS, lang: en, tier: 1, timezone: Europe/Moscow }
  - { id: desk, url: "https://desk.example/rss", source: Desk, lang: en, tier: 2, timezone: Asia/Yerevan }
`;

function ownConfiguration(): string {
  const configDir = mkdtempSync(join(tmpdir(), "rasid-config-"));
  cpSync(new URL("../../../config", import.meta.url).pathname, configDir, { recursive: true });
  writeFileSync(join(configDir, "feeds.yaml"), FEED_LIST);
  return configDir;
}

export interface AskOptions {
  readonly key?: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests, which name what they expect
  readonly json: any;
}

export async function startApiUnderTest({
  host = "127.0.0.1",
  allowAddresses = ["127.0.0.1/32"],
  reading = {},
}: {
  host?: string;
  allowAddresses?: readonly string[];
  /** How long a text may be read. */
  reading?: Pick<AnalysisPoolOptions, "deadlineMs" | "msACharacter">;
} = {}): Promise<ApiUnderTest> {
  const ledger = await freshLedger();
  const configDir = ownConfiguration();
  const queues = await openQueueBackend({
    redisUrl: null,
    databaseUrl: ledger.connectionString,
    onError: () => {},
  });
  const routes: { method: string; url: string }[] = [];
  const enqueued: string[] = [];
  const log: string[] = [];
  const clock = { ahead: 0 };
  const now = () => new Date(Date.now() + clock.ahead);
  const keys = keyStoreOf(ledger.db, now);
  const pool = new AnalysisPool({ config: keepConfig(configDir), threads: 1, inLoop: CONFIGURATION, ...reading });
  const alerts = createAlertSignal(ledger.connectionString, () => {});
  const app = await buildServer({
    host,
    port: 0,
    hosts: [],
    keys,
    log: pino({ level: "info" }, { write: (line: string) => void log.push(line) }),
    requestsAMinute: 100_000,
    onRoute: ({ method, url }: FastifyRoute) => {
      for (const one of [method].flat()) routes.push({ method: one, url });
    },
    routes: async (server) => {
      server.addHook("onClose", () => alerts.close());
      addHealthRoutes(server, { checks: [], metrics: createMetrics().registry });
      await addRoutes(server, {
        db: ledger.db,
        key: SEALING_KEY,
        stories: STORIES,
        packs: CONFIGURATION.packs,
        frames: CONFIGURATION.frames,
        readToTrace: pool.trace,
        now,
        alerts,
        allowAddresses,
        configDir,
        feedsFile: null,
        enqueueDeliveries: async (ids) => void enqueued.push(...ids),
        enqueueFetch: async () => {},
        stillMay: (request) => stillMay(request, authenticationOf({ keys, host })),
        queues: Object.values(queues.queues).map(({ queue }) => queue),
      });
    },
  });
  await app.ready();
  return {
    ledger,
    queues,
    app,
    routes,
    enqueued,
    configDir,
    log,
    clock,
    newKey: async (...scopes) => {
      const { key, hash } = newApiKey();
      const { id } = await createApiKey(ledger.db, { hash, name: "test", scopes, now: now() });
      return { id, key };
    },
    ask: async (method, url, { key, body, headers = {} } = {}) => {
      const answer = await app.inject({
        method: method as "GET",
        url,
        headers: { host: "localhost", ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers },
        ...(body === undefined ? {} : { payload: body }),
      });
      const isJson = /json\b/.test(String(answer.headers["content-type"]));
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.body,
        json: isJson && answer.body !== "" ? JSON.parse(answer.body) : undefined,
      };
    },
    close: async () => {
      await app.close();
      await pool.stop();
      await queues.close(0);
      await ledger.close();
      rmSync(configDir, { recursive: true });
    },
  };
}
