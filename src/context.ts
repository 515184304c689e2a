import { takeBackFutureTimes } from "./ledger/clock-setback.ts";
import { COMMAND_NAME, connectionName } from "./ledger/connected-roles.ts";
import { connectToRunning, startEmbedded } from "./ledger/embedded.ts";
import { releaseAllLeases } from "./ledger/leases.ts";
import { migrate } from "./ledger/migrate.ts";
import { type Ledger, openLedger } from "./ledger/open-ledger.ts";
import type { SealingKey } from "./ledger/sealed-secret.ts";
import { createHttpClient, type HttpClient } from "./net/http-client.ts";
import { openQueueBackend, type QueueBackend } from "./queues/backend.ts";
import { openSecretKey } from "./secret-key.ts";
import type { Settings } from "./settings.ts";
import { stopAll } from "./stop-all.ts";
import { startClockWatch } from "./telemetry/clock-watch.ts";
import { type Log, withoutCredentials } from "./telemetry/log.ts";
import { createMetrics, type Metrics, watchConnections } from "./telemetry/metrics.ts";
import { openTracing } from "./telemetry/open-tracing.ts";
import { tellSeldom } from "./telemetry/repeated-news.ts";
import type { Tracing } from "./telemetry/tracing.ts";

/** What the parts of a running service share. An owned resource: close it last. */
export interface Context {
  readonly ledger: Ledger;
  readonly queues: QueueBackend;
  readonly client: HttpClient;
  readonly sealingKey: SealingKey;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly log: Log;
  readonly now: () => Date;
  readonly random: () => number;
  /** @param by when it should be over (`performance.now()`), though a server no longer answers. */
  close(by?: number): Promise<void>;
}

/** Opens database, queues and the way out, in this order; what was opened is closed again when a later part fails. */
export async function openContext(settings: Settings, log: Log): Promise<Context> {
  const closers: (() => Promise<void>)[] = [];
  let closing = false;
  let stopDatabase = async (): Promise<void> => {};
  const close = async (by?: number): Promise<void> => {
    closing = true;
    // The database is ours to stop, and ends in a time of its own.
    await stopAll([() => stopAll(closers.splice(0).reverse(), by), stopDatabase]);
  };
  try {
    const database = await openDatabase(settings, log);
    stopDatabase = database.stop;
    // Connections that the server ends while we close are no news.
    const onError = (error: Error): void => {
      if (!closing) log.warn({ reason: withoutCredentials(error.message) }, "a database connection was lost");
    };
    const ledger = await openLedger({ connectionString: database.url, name: connectionName(settings.roles), onError });
    closers.push(() => ledger.close());
    const migrations = await migrate(ledger);
    if (migrations.length > 0) log.info({ migrations }, "migrated the ledger");
    if (settings.databaseUrl === null) await releaseAllLeases(ledger.db, new Date());
    await takeBackFutureTimes(ledger.db, new Date());
    const sealingKey = await openSecretKey(ledger.db, settings);
    const tracing = await openTracing(settings.tracing, log);
    closers.push(() => tracing.close());
    const queues = await openQueues(settings, { databaseUrl: database.url, tracing, log });
    closers.push(() => queues.close(0));
    const clock = watchClock(ledger, log);
    closers.push(() => clock.stop());
    const client = createHttpClient({ allowAddresses: settings.allowAddresses });
    closers.push(() => client.close());
    const metrics = createMetrics();
    const ask = () => queues.queues.match.counts();
    watchConnections(metrics, { pool: ledger.pool, queues: { backend: queues.kind, ask } }, settings.roles);
    return {
      ledger,
      queues,
      client,
      sealingKey,
      metrics,
      tracing,
      log,
      now: () => new Date(),
      random: Math.random,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function openQueues(
  { redisUrl, concurrency }: Settings,
  { databaseUrl, tracing, log }: { databaseUrl: string; tracing: Tracing; log: Log },
): Promise<QueueBackend> {
  // Each queue and each worker has a connection, and each of them tries again several times a second.
  const tellOfFailure = tellSeldom({
    monotonic: () => performance.now(),
    tell: (reason, repeated) => log.warn({ reason, repeated }, "a queue connection failed"),
  });
  return openQueueBackend({
    redisUrl,
    databaseUrl,
    concurrency,
    telemetry: tracing.telemetry,
    onError: (error) => tellOfFailure(withoutCredentials(error.message)),
    onJobFailed: (error, stage) => log.warn({ err: error, stage }, "a job failed; its work stays owed"),
    onAdvice: (advice) => log.warn({ advice }, "Redis is not set as it should be"),
  });
}

/** Tells of a system clock that is set, and takes back what that would hold up. */
function watchClock({ db }: Ledger, log: Log): { stop(): Promise<void> } {
  return startClockWatch({
    now: () => new Date(),
    monotonic: () => performance.now(),
    repair: (now) => takeBackFutureTimes(db, now),
    onJump: (jump) => log.error(jump, "the system clock was set; keep it with NTP"),
    onError: (error) => log.error({ err: error }, "the times of a clock that was set back could not be repaired"),
  });
}

/** The ledger's database: DATABASE_URL, else the embedded PostgreSQL, which this process then owns. */
async function openDatabase(settings: Settings, log: Log): Promise<{ url: string; stop: () => Promise<void> }> {
  if (settings.databaseUrl !== null) return { url: settings.databaseUrl, stop: async () => {} };
  const embedded = await startEmbedded({ dataDir: settings.dataDir, log });
  return { url: embedded.url, stop: () => embedded.stop() };
}

/** Whether a command finds the ledger open: DATABASE_URL, or the embedded database of a daemon that runs. */
export function ledgerIsOpen(settings: Settings): boolean {
  return settings.databaseUrl !== null || connectToRunning(settings.dataDir) !== null;
}

/**
 * Opens the ledger for a command beside the daemon: DATABASE_URL, the embedded database of a daemon that runs, or else
 * the embedded database for as long as the command lasts.
 */
export async function openLedgerBeside(
  settings: Settings,
  log: Log,
): Promise<{ ledger: Ledger; close: () => Promise<void> }> {
  const running = settings.databaseUrl ?? connectToRunning(settings.dataDir);
  const database = running === null ? await openDatabase(settings, log) : { url: running, stop: async () => {} };
  const closers = [database.stop];
  const close = () => stopAll(closers.splice(0).reverse());
  try {
    const ledger = await openLedger({ connectionString: database.url, name: COMMAND_NAME, maxConnections: 2 });
    closers.push(() => ledger.close());
    await migrate(ledger);
    return { ledger, close };
  } catch (error) {
    await close();
    throw error;
  }
}
