import { createPostgresBackend, type Job, Queue, type Telemetry, Worker } from "bullmq";
import { closeWorker, endsWithin } from "./close-worker.ts";
import { gather } from "./gather.ts";
import { batchesOf, type Payload, PIPELINE, type StageName } from "./pipeline.ts";
import { preparePostgres } from "./postgres-connection.ts";
import { QueuesRefusal } from "./queues-refusal.ts";
import { openRedisConnection } from "./redis-connection.ts";

/** Puts work of a stage into its queue. The work is owed in the ledger already, so a job lost is only work delayed. */
export interface StageQueue<N extends StageName> {
  readonly stage: N;
  add(payload: Payload<N>): Promise<void>;
  addAll(payloads: readonly Payload<N>[]): Promise<void>;
  counts(): Promise<Record<string, number>>;
  /** The queue as bull-board takes it. */
  readonly queue: Queue;
}

export type StageProcessor<N extends StageName> = (
  payload: Payload<N>,
  job: { id: string; attempt: number },
) => Promise<void>;

/** The queues and workers of one process on one backend. An owned resource: close it. */
export interface QueueBackend {
  readonly kind: "postgres" | "redis";
  readonly queues: { readonly [N in StageName]: StageQueue<N> };
  work<N extends StageName>(stage: N, process: StageProcessor<N>): void;
  /**
   * Waits until every worker is connected. One whose first connection fails never works.
   * @throws QueuesRefusal when a worker cannot connect, or not in time.
   */
  ready(): Promise<void>;
  /**
   * Stops taking jobs and waits for those at work, at most `graceMs`; those that are not done then come again as stalled.
   * Ends some seconds after `graceMs` at the latest, whatever the queues' server does. Can be called again.
   */
  close(graceMs: number): Promise<void>;
}

/** A server that no longer answers is not waited for longer. */
const CLOSE_MS = 2_500;
const READY_MS = 30_000;

/** Tells of connection errors; the queues reconnect by themselves. */
export type BackendErrorListener = (error: Error, where: string) => void;

/** Tells of a job that ended in an error. It is tried again so often as its stage allows; what it was for stays owed. */
export type JobFailureListener = (error: unknown, stage: StageName) => void;

/**
 * How long a lock lasts, and how often stalled jobs are looked for: BullMQ's defaults fail a job at its second crash,
 * these carried it over ten.
 */
const WORKER_OPTIONS = {
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 50,
  removeOnComplete: { age: 3600, count: 200 },
  removeOnFail: { age: 7 * 24 * 3600, count: 2000 },
} as const;

/**
 * Opens the queues of all stages: on Redis when a URL is given, else on the ledger's PostgreSQL.
 * @throws Error that names the backend when it cannot be reached.
 */
export async function openQueueBackend(options: BackendOptions): Promise<QueueBackend> {
  return options.redisUrl === null ? openPostgres(options) : openRedis(options.redisUrl, options);
}

export interface BackendOptions {
  readonly redisUrl: string | null;
  readonly databaseUrl: string;
  readonly onError: BackendErrorListener;
  readonly onJobFailed?: JobFailureListener;
  /** Told how the queues' server should be set. */
  readonly onAdvice?: (advice: string) => void;
  /** Jobs worked on at a time by stage, where it is not the stage's own number. */
  readonly concurrency?: Readonly<Partial<Record<StageName, number>>>;
  /** Hands traces on from job to job. */
  readonly telemetry?: Telemetry | null;
}

interface Opened {
  readonly kind: QueueBackend["kind"];
  newQueue(name: StageName): Queue;
  newWorker(name: StageName, process: (job: Job) => Promise<void>, concurrency: number): Worker;
  /** Whether the server is known not to answer. */
  lost(): boolean;
  /** Nothing is waited for any more: what is asked of the server from now on fails. */
  giveUp(): void;
  disconnect(): Promise<void>;
}

async function openPostgres(options: BackendOptions): Promise<QueueBackend> {
  const connection = await preparePostgres(options.databaseUrl);
  const traced = tracedBy(options);
  return assemble(
    {
      kind: "postgres",
      newQueue: (name) =>
        new Queue(
          name,
          { connection, defaultJobOptions: jobOptions(name), ...traced(name) },
          createPostgresBackend,
        ) as unknown as Queue,
      newWorker: (name, process, concurrency) =>
        new Worker(
          name,
          process,
          { connection, concurrency, ...WORKER_OPTIONS, ...traced(name) },
          createPostgresBackend,
        ) as unknown as Worker,
      lost: () => false,
      giveUp: () => {},
      disconnect: async () => {},
    },
    options,
  );
}

async function openRedis(url: string, options: BackendOptions): Promise<QueueBackend> {
  const traced = tracedBy(options);
  const { connection, lost, giveUp, close } = await openRedisConnection(url, options);
  return assemble(
    {
      kind: "redis",
      newQueue: (name) =>
        new Queue(name, { connection, prefix: "rasid", defaultJobOptions: jobOptions(name), ...traced(name) }),
      newWorker: (name, process, concurrency) =>
        new Worker(name, process, { connection, prefix: "rasid", concurrency, ...WORKER_OPTIONS, ...traced(name) }),
      lost,
      giveUp,
      disconnect: close,
    },
    options,
  );
}

/** One job of `fetch` polls many feeds, each of which begins a trace of its own. */
const tracedBy =
  ({ telemetry }: BackendOptions) =>
  (name: StageName) =>
    telemetry && name !== "fetch" ? { telemetry } : {};

function jobOptions(name: StageName) {
  const { attempts, backoffMs } = PIPELINE[name];
  return {
    attempts,
    backoff: { type: "exponential", delay: backoffMs },
    removeOnComplete: WORKER_OPTIONS.removeOnComplete,
    removeOnFail: WORKER_OPTIONS.removeOnFail,
  };
}

async function assemble(opened: Opened, { onError, onJobFailed, concurrency }: BackendOptions): Promise<QueueBackend> {
  const queues = openQueues(opened, onError);
  const workers: Worker[] = [];
  const shutDown = async (graceMs: number): Promise<void> => {
    if (opened.lost()) opened.giveUp();
    await Promise.all(workers.map((worker) => closeWorker(worker, { graceMs, giveUp: opened.giveUp })));
    await endsWithin(Promise.all(Object.values(queues).map(({ queue }) => queue.close())), CLOSE_MS);
    await opened.disconnect();
  };
  try {
    await Promise.all(Object.values(queues).map(({ queue }) => queue.waitUntilReady()));
  } catch (error) {
    await shutDown(0);
    throw error;
  }
  let closing: Promise<void> | null = null;
  return {
    kind: opened.kind,
    queues,
    work: (stage, process) => {
      const run = async (job: Job): Promise<void> => {
        try {
          const payload = PIPELINE[stage].payload.parse(job.data) as Payload<typeof stage>;
          await process(payload, { id: job.id ?? "", attempt: job.attemptsMade + 1 });
        } catch (error) {
          onJobFailed?.(error, stage);
          throw error;
        }
      };
      const worker = opened.newWorker(stage, run, concurrency?.[stage] ?? PIPELINE[stage].concurrency);
      worker.on("error", (error) => onError(error, `worker ${stage}`));
      workers.push(worker);
    },
    ready: async () => {
      const connected = Promise.all(workers.map((worker) => worker.waitUntilReady()));
      if (await endsWithin(connected.catch(refuseWorkers), READY_MS)) return;
      throw new QueuesRefusal(`the queues' server has not answered for ${READY_MS / 1000} s`);
    },
    close: (graceMs) => {
      closing ??= shutDown(graceMs);
      return closing;
    },
  };
}

function refuseWorkers(cause: Error): never {
  throw new QueuesRefusal(`the workers cannot connect to the queues' server: ${cause.message}`, { cause });
}

function openQueues(opened: Opened, onError: BackendErrorListener): QueueBackend["queues"] {
  const queueOf = <N extends StageName>(stage: N): StageQueue<N> => {
    const queue = opened.newQueue(stage);
    queue.on("error", (error) => onError(error, `queue ${stage}`));
    return {
      stage,
      queue,
      add: async (payload) => void (await queue.add(stage, payload)),
      addAll: addTogether(stage, async (payloads) => {
        await queue.addBulk(payloads.map((data) => ({ name: stage, data })));
      }),
      counts: () => queue.getJobCounts(),
    };
  };
  return {
    fetch: queueOf("fetch"),
    deduplicate: queueOf("deduplicate"),
    classify: queueOf("classify"),
    match: queueOf("match"),
    deliver: queueOf("deliver"),
  };
}

/** Adds jobs; the ids of calls that come while others are being added go out together, in jobs as full as may be. */
function addTogether<N extends StageName>(
  stage: N,
  add: (payloads: readonly Payload<N>[]) => Promise<void>,
): StageQueue<N>["addAll"] {
  const payloadOf = (ids: string[]) => (stage === "deliver" ? { deliveries: ids } : { revisions: ids }) as Payload<N>;
  const addIds = gather<string>((ids) => add(batchesOf([...ids]).map(payloadOf)), { parallel: 1, most: 1000 });
  return async (payloads) => {
    const ids = payloads.flatMap(idsOf);
    if (ids.length > 0) await addIds(ids);
    else if (payloads.length > 0) await add(payloads);
  };
}

function idsOf(payload: Payload<StageName>): readonly string[] {
  if ("revisions" in payload) return payload.revisions;
  return "deliveries" in payload ? payload.deliveries : [];
}
