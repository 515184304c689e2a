import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { pino } from "pino";
import type { ApiContext } from "../../src/api/api-context.ts";
import { buildServer } from "../../src/api/server.ts";
import type { ZodServer } from "../../src/api/zod-server.ts";
import { keyStoreOf } from "../../src/api-keys.ts";
import { startEmbedded } from "../../src/ledger/embedded.ts";
import { migrate } from "../../src/ledger/migrate.ts";
import { type Ledger, openLedger } from "../../src/ledger/open-ledger.ts";

const log = pino({ level: "silent" });

/** A ledger in a PostgreSQL of its own: in the folder, where it stays for the next run, or else in a temporary one. */
export async function openMeasuredLedger(kept?: string): Promise<{ ledger: Ledger; close: () => Promise<void> }> {
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), "rasid-measure-"));
  mkdirSync(dataDir, { recursive: true });
  const embedded = await startEmbedded({ dataDir, log });
  const ledger = await openLedger({ connectionString: embedded.url });
  await migrate(ledger);
  return {
    ledger,
    close: async () => {
      await ledger.close();
      await embedded.stop();
      if (kept === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

type AddRoutes = (app: ZodServer, context: ApiContext) => void;

/** Some routes of the API on the ledger. @param context as much of the API's context as these routes look at. */
export async function openMeasuredApi(
  context: Pick<ApiContext, "db" | "now"> & Partial<ApiContext>,
  routes: readonly AddRoutes[],
): Promise<FastifyInstance> {
  const app = await buildServer({
    host: "127.0.0.1",
    port: 0,
    hosts: [],
    keys: keyStoreOf(context.db, context.now),
    log,
    requestsAMinute: 1_000_000,
    routes: async (server) => {
      const described = server.withTypeProvider<ZodTypeProvider>();
      for (const add of routes) add(described, context as ApiContext);
    },
  });
  await app.ready();
  return app;
}
