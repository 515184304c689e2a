import { addHealthRoutes, type ReadinessCheck } from "../api/health-routes.ts";
import { type ApiServer, startServer } from "../api/server.ts";
import { keyStoreOf } from "../api-keys.ts";
import type { Context } from "../context.ts";
import { countDueFeeds } from "../ledger/feed-claims.ts";
import type { Settings } from "../settings.ts";

/** What a process needs in order to work. */
export function readinessChecks({ ledger, queues, now }: Context): ReadinessCheck[] {
  return [
    { name: "ledger", check: () => countDueFeeds(ledger.db, now()) },
    { name: "queues", check: () => queues.queues.match.counts() },
  ];
}

/** Answers for supervisors and Prometheus in a process without the role `api`, behind the same guards as the API. */
export function startHealthServer(settings: Settings, context: Context, port: number): Promise<ApiServer> {
  const { ledger, log, now, metrics } = context;
  return startServer({
    host: settings.host,
    port,
    portSetting: "RASID_METRICS_PORT",
    hosts: settings.hosts,
    keys: keyStoreOf(ledger.db, now),
    log,
    routes: async (app) => addHealthRoutes(app, { checks: readinessChecks(context), metrics: metrics.registry }),
  });
}
