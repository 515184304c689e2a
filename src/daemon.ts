import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { AnalysisPool } from "./analysis/analysis-pool.ts";
import type { ApiServer } from "./api/server.ts";
import { admitFirstKey } from "./api-keys.ts";
import { fingerprintOf, type KeptConfig, keepConfig, keptFiles } from "./config/kept-config.ts";
import { type Configuration, loadConfiguration } from "./config/load-configuration.ts";
import { type Context, openContext } from "./context.ts";
import { findDueDeliveries } from "./ledger/delivery-takes.ts";
import { countDueFeeds } from "./ledger/feed-claims.ts";
import { syncFeeds } from "./ledger/feeds.ts";
import { findStrayRevisions } from "./ledger/revisions.ts";
import { type OwedWork, startReconcile } from "./queues/reconcile.ts";
import type { ServingOptions } from "./serving.ts";
import type { Settings } from "./settings.ts";
import { readsTexts, startWorkers } from "./stages.ts";
import { stopAll } from "./stop-all.ts";
import { followLogLevel } from "./telemetry/follow-log-level.ts";
import type { Log } from "./telemetry/log.ts";
import { watchConfiguration } from "./telemetry/watch-configuration.ts";
import { watchRoles } from "./telemetry/watch-roles.ts";

/** The running service. An owned resource: stop it. */
export interface Daemon {
  /** Where the API listens; null when this process has not the role `api`. */
  readonly address: string | null;
  /** Drains workers, then closes everything, within ten seconds. */
  stop(): Promise<void>;
}

/** How often the ledger is asked for owed work that has no job. */
const RECONCILE_MS = 500;
/** A job is thought lost when its row has waited so long. */
const STRAY_AFTER_MS = 10_000;
const MOST_STRAYS = 1000;
/** API and reconciling are waited for so long before the queues are closed, then the jobs; the rest of ten seconds is for closing. */
const ASIDE_MS = 500;
const DRAIN_MS = 6_000;
/** By then all that waits for a server is left behind, which may be one that no longer answers. */
const STOP_MS = 8_500;

/** Starts the service with the roles of the settings. @throws Error in words for users when something is missing. */
export async function startDaemon(settings: Settings, log: Log): Promise<Daemon> {
  const config = keepConfig(settings.configDir);
  const configuration = loadConfiguration(settings.configDir, settings.feedsFile, keptFiles(config));
  const serve = serverOf(settings);
  const context = await openContext(settings, log);
  try {
    return await startParts(settings, configuration, {
      context,
      serve,
      pool: analysisPool(settings, config, configuration),
      fingerprint: fingerprintOf(config),
    });
  } catch (error) {
    await context.close();
    throw error;
  }
}

interface Parts {
  readonly context: Context;
  readonly serve: Serve;
  readonly pool: AnalysisPool;
  /** Of the configuration that texts are read with. */
  readonly fingerprint: string;
}

async function startParts(
  settings: Settings,
  configuration: Configuration,
  { context, serve, pool, fingerprint }: Parts,
): Promise<Daemon> {
  const { ledger, queues, log, now } = context;
  await admitFirstKey(ledger.db, settings.adminKeyFile, { now: now(), warn: (told) => log.warn(told) });
  await syncFeeds(ledger.db, configuration.feeds.feeds, {
    now: now(),
    intervalSeconds: configuration.feeds.polling.firstIntervalSeconds,
  });
  const { api, health } = await serve({ settings, configuration, context, pool });
  const stopWork = new AbortController();
  // Every exchange under way listens for the stop.
  setMaxListeners(0, stopWork.signal);
  const workers = await startWorkers({
    context,
    configuration,
    roles: settings.roles,
    pool,
    retention: settings.retention,
    signal: stopWork.signal,
  });
  await queues.ready();
  const beside = await startBeside(context, settings, fingerprint);
  log.info(
    {
      address: api?.address ?? null,
      roles: settings.roles,
      queues: queues.kind,
      feeds: configuration.feeds.feeds.length,
    },
    "started",
  );
  const aside = [...beside, () => api?.close(), () => health?.close()];
  return {
    address: api?.address ?? null,
    stop: () => {
      stopWork.abort();
      return stopParts(context, { aside, workers });
    },
  };
}

type Stop = () => Promise<void> | undefined;

/** Starts what runs beside workers and API; returns how each of it is stopped. */
async function startBeside(context: Context, { roles, logLevel }: Settings, fingerprint: string): Promise<Stop[]> {
  const { ledger, log, now } = context;
  const { db } = ledger;
  const parts = [
    ...(roles.includes("reconcile") ? [startReconciling(context)] : []),
    followLogLevel({ db, log, own: logLevel, now }),
    watchRoles({ db, log }),
    await watchConfiguration({ db, log, now, fingerprint }),
  ];
  return parts.map((part) => () => part.stop());
}

interface RunningParts {
  /** How each part ends that others do not wait for. */
  readonly aside: readonly Stop[];
  readonly workers: { close(): Promise<void> };
}

/** What waits for a queue server that is gone comes to its end only with the queues, so these are closed in between. */
async function stopParts(context: Context, { aside, workers }: RunningParts): Promise<void> {
  const stopped = Promise.all(aside.map((stop) => stop()));
  stopped.catch(() => {});
  await Promise.race([stopped, pause(ASIDE_MS, undefined, { ref: false })]).catch(() => {});
  const by = performance.now() + STOP_MS;
  const parts = [() => context.queues.close(DRAIN_MS), () => stopped, workers.close];
  await stopAll([() => stopAll(parts, by), () => context.close(by)]);
  context.log.info("stopped");
}

/** Threads that read texts; they start with the first text. Where the API alone wants one now and then, one will do. */
function analysisPool({ analysisThreads, roles }: Settings, config: KeptConfig, inLoop: Configuration): AnalysisPool {
  const threads = readsTexts(roles) ? analysisThreads : Math.min(1, analysisThreads);
  return new AnalysisPool({ config, threads, inLoop });
}

interface Served {
  readonly api: ApiServer | null;
  /** Health and metrics of a process without the API. */
  readonly health: ApiServer | null;
}

type Serve = (options: ServingOptions) => Promise<Served>;

/**
 * What serves HTTP is loaded where it is served: it would be two fifths of what a worker process holds at rest. It is
 * begun with at once, as it takes about as long as the database does to start.
 */
function serverOf({ roles, metricsPort }: Settings): Serve {
  if (roles.includes("api")) {
    const loaded = import("./serving.ts");
    return async (options) => ({ api: await (await loaded).startServing(options), health: null });
  }
  if (metricsPort === null) return async () => ({ api: null, health: null });
  const loaded = import("./telemetry/health-server.ts");
  return async ({ settings, context }) => {
    const { startHealthServer } = await loaded;
    return { api: null, health: await startHealthServer(settings, context, metricsPort) };
  };
}

function startReconciling(context: Context): { stop(): Promise<void> } {
  const { queues, now, log } = context;
  return startReconcile({
    owed: owedWork(context),
    queues: queues.queues,
    now,
    intervalMs: RECONCILE_MS,
    onOutcome: (outcome) => {
      if (outcome.strayRevisions > 0) log.info({ ...outcome }, "reconciled");
    },
    onError: (error) => log.error({ err: error }, "reconcile failed"),
  });
}

function owedWork({ ledger: { db } }: Context): OwedWork {
  return {
    dueFeeds: (now) => countDueFeeds(db, now),
    strayRevisions: (now) => findStrayRevisions(db, { now, graceMs: STRAY_AFTER_MS, limit: MOST_STRAYS }),
    dueDeliveries: async (now) =>
      (await findDueDeliveries(db, { now, graceMs: STRAY_AFTER_MS, limit: MOST_STRAYS })).map(({ id }) => id),
  };
}
