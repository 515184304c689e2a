import { setImmediate as breathe, setTimeout as pause } from "node:timers/promises";
import { type AttemptRecord, type RecordedAttempt, recordAttempts } from "./delivery-attempts.ts";
import type { Database } from "./schema.ts";

/** Records attempts that end at about the same time together. */
export interface AttemptRecorder {
  /** Resolves when the attempt is in the ledger; null when it could not be entered (its lease ends, it is sent again). */
  record(attempt: AttemptRecord): Promise<RecordedAttempt | null>;
}

interface Waiting {
  readonly attempt: AttemptRecord;
  readonly since: number;
  readonly settle: (recorded: RecordedAttempt | null) => void;
}

const MOST_TOGETHER = 200;
const RETRY_MS = 500;
/** Longer than a lease that a silent ledger did not renew: what ended so long ago may be sent again by another by now. */
const GIVE_UP_MS = 12_000;

/** @param onError told of each failed try; the next one follows by itself. */
export function createAttemptRecorder(db: Database, onError: (error: unknown) => void): AttemptRecorder {
  let waiting: Waiting[] = [];
  let running = false;

  async function flush(batch: readonly Waiting[]): Promise<void> {
    try {
      const recorded = await recordAttempts(
        db,
        batch.map(({ attempt }) => attempt),
      );
      const byId = new Map(recorded.map((one) => [one.deliveryId, one]));
      for (const { attempt, settle } of batch) settle(byId.get(attempt.deliveryId) ?? null);
    } catch (error) {
      onError(error);
      await afterFailure(batch, error);
    }
  }

  /** What the database refuses in one attempt must not keep the others out. */
  async function afterFailure(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (isRefusal(error)) {
      if (batch.length === 1) batch[0]?.settle(null);
      else for (const one of batch) await flush([one]);
      return;
    }
    const now = performance.now();
    for (const one of batch) if (now - one.since > GIVE_UP_MS) one.settle(null);
    waiting.unshift(...batch.filter(({ since }) => now - since <= GIVE_UP_MS));
    await pause(RETRY_MS);
  }

  async function run(): Promise<void> {
    running = true;
    await breathe();
    while (waiting.length > 0) {
      const { batch, later } = nextBatch(waiting);
      waiting = later;
      await flush(batch);
    }
    running = false;
  }

  return {
    record: (attempt) =>
      new Promise((settle) => {
        waiting.push({ attempt, since: performance.now(), settle });
        if (!running) void run();
      }),
  };
}

/** One attempt of a delivery at a time: two of one would be counted as one. */
function nextBatch(waiting: readonly Waiting[]): { batch: Waiting[]; later: Waiting[] } {
  const batch = new Map<string, Waiting>();
  const later: Waiting[] = [];
  for (const one of waiting) {
    if (batch.size < MOST_TOGETHER && !batch.has(one.attempt.deliveryId)) batch.set(one.attempt.deliveryId, one);
    else later.push(one);
  }
  return { batch: [...batch.values()], later };
}

/** PostgreSQL's classes 22 and 23: the data is at fault, and will be the next time. */
function isRefusal(error: unknown): boolean {
  const code: unknown = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" && /^2[23]/.test(code) && code.length === 5;
}
