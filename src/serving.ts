import type { Queue } from "bullmq";
import type { AnalysisPool } from "./analysis/analysis-pool.ts";
import { createAlertSignal } from "./api/alert-signal.ts";
import { stillMay } from "./api/authentication.ts";
import { addHealthRoutes } from "./api/health-routes.ts";
import { addRoutes } from "./api/routes.ts";
import { type ApiServer, authenticationOf, startServer } from "./api/server.ts";
import { keyStoreOf } from "./api-keys.ts";
import type { Configuration } from "./config/load-configuration.ts";
import type { Context } from "./context.ts";
import { batchesOf } from "./queues/pipeline.ts";
import type { Settings } from "./settings.ts";
import { readinessChecks } from "./telemetry/health-server.ts";
import { watchLedger } from "./telemetry/ledger-metrics.ts";
import { withoutCredentials } from "./telemetry/log.ts";

export interface ServingOptions {
  readonly settings: Settings;
  readonly configuration: Configuration;
  readonly context: Context;
  /** Reads the texts that somebody asks about. */
  readonly pool: AnalysisPool;
}

/** Serves API, dashboard and queues over HTTP. An owned resource: close it. */
export async function startServing({ settings, configuration, context, pool }: ServingOptions): Promise<ApiServer> {
  const { ledger, queues, log, now, metrics, sealingKey } = context;
  watchLedger(metrics, { db: ledger.db, now, dataDir: settings.databaseUrl === null ? settings.dataDir : null });
  const alerts = createAlertSignal(ledger.connectionString, (error) =>
    log.warn({ reason: withoutCredentials(error.message) }, "listening for alerts failed"),
  );
  const keys = keyStoreOf(ledger.db, now);
  const authentication = authenticationOf({ keys, host: settings.host });
  return startServer({
    host: settings.host,
    port: settings.port,
    hosts: settings.hosts,
    keys,
    log,
    routes: async (app) => {
      app.addHook("onClose", () => alerts.close());
      addHealthRoutes(app, {
        checks: readinessChecks(context),
        metrics: metrics.registry,
      });
      await addRoutes(app, {
        db: ledger.db,
        key: sealingKey,
        stories: configuration.stories,
        packs: configuration.packs,
        frames: configuration.frames,
        readToTrace: pool.trace,
        now,
        alerts,
        allowAddresses: settings.allowAddresses,
        configDir: settings.configDir,
        feedsFile: settings.feedsFile,
        enqueueDeliveries: (ids) => queues.queues.deliver.addAll(batchesOf(ids).map((deliveries) => ({ deliveries }))),
        enqueueFetch: () => queues.queues.fetch.add({ due: 1 }),
        stillMay: (request) => stillMay(request, authentication),
        queues: Object.values(queues.queues).map(({ queue }): Queue => queue),
      });
    },
  });
}
