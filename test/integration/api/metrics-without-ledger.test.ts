import { pino } from "pino";
import { Registry } from "prom-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newApiKey } from "../../../src/api/authentication.ts";
import { addHealthRoutes } from "../../../src/api/health-routes.ts";
import { type ApiServer, startServer } from "../../../src/api/server.ts";
import { keyStoreOf } from "../../../src/api-keys.ts";
import { createApiKey, revokeApiKey } from "../../../src/ledger/api-keys.ts";
import { type Ledger, openLedger } from "../../../src/ledger/open-ledger.ts";
import { ledgerForTests } from "../fresh-ledger.ts";

const ledger = ledgerForTests();
const now = () => new Date();
const [reader, revoked, stranger] = [newApiKey(), newApiKey(), newApiKey()];
let lost: Ledger;
let server: ApiServer;

beforeAll(async () => {
  const made = [];
  for (const { hash } of [reader, revoked])
    made.push(await createApiKey(ledger.db, { hash, name: "prometheus", scopes: ["admin"], now: now() }));
  lost = await openLedger({ connectionString: ledger.connectionString });
  server = await startServer({
    host: "127.0.0.1",
    port: 0,
    hosts: [],
    keys: keyStoreOf(lost.db, now),
    log: pino({ level: "silent" }),
    routes: async (app) => {
      addHealthRoutes(app, { checks: [], metrics: new Registry() });
      app.get("/api/v1/else", async () => "");
    },
  });
  expect(await Promise.all([reader, revoked, stranger].map(({ key }) => status("/metrics", key)))).toEqual([
    200, 200, 401,
  ]);
  expect(await status("/api/v1/else", reader.key)).toBe(200);
  await revokeApiKey(ledger.db, { id: made[1]?.id ?? "", now: now() });
  expect(await status("/metrics", revoked.key)).toBe(401);
  await lost.close();
});
afterAll(() => server.close());

async function status(path: string, key: string | null): Promise<number> {
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  return (await fetch(`${server.address}${path}`, { headers })).status;
}

test("who read the metrics before goes on reading them while the ledger does not answer", async () => {
  expect(await status("/metrics", reader.key)).toBe(200);
});

test("nobody else does, and nothing else is read", async () => {
  for (const key of [revoked.key, stranger.key, null]) expect(await status("/metrics", key)).toBe(500);
  expect(await status("/api/v1/else", reader.key)).toBe(500);
});
