import { connectToRunning } from "../../src/ledger/embedded.ts";
import type { RedisServer } from "../../test/faults/redis-server.ts";
import { type BulkRound, bulkRound } from "./bulk.ts";
import { engineRate } from "./engine.ts";
import { idleLatencies } from "./latency.ts";
import { ITEMS_A_FEED } from "./load.ts";
import type { BackendResult } from "./results.ts";
import { startService } from "./service.ts";
import { rounded } from "./statistics.ts";

export const FEEDS = 200;

export interface BackendOptions {
  /** null: the queues of the embedded PostgreSQL. */
  readonly redis: RedisServer | null;
  readonly rounds: number;
  readonly engineRuns: number;
  readonly engineItems: number;
  readonly samples: number;
  readonly say: (text: string) => void;
}

/** Bulk rounds, idle latency and the engine alone, all on one service. */
export async function measureBackend(options: BackendOptions): Promise<BackendResult> {
  const { redis, say } = options;
  const redisUrl = redis?.url ?? null;
  const service = await startService({ feeds: FEEDS, redisUrl });
  try {
    const rounds: BulkRound[] = [];
    for (let round = 0; round <= options.rounds; round += 1) {
      const done = await bulkRound(service, { feeds: FEEDS, round, redisPid: redis?.pid() ?? null });
      say(
        `round ${round}: ${rounded(done.itemsPerSecond)} items/s, ${done.alerts} alerts, ${JSON.stringify(done.cpu)}`,
      );
      rounds.push(done);
    }
    const firstToll = rounds.length * ITEMS_A_FEED;
    const latenciesMs = await idleLatencies(service, { feeds: FEEDS, samples: options.samples, firstToll });
    const databaseUrl = connectToRunning(service.dataDir) ?? "";
    const engine: number[] = [];
    for (let run = 0; run < options.engineRuns; run += 1) {
      engine.push(await engineRate({ items: options.engineItems, redisUrl, databaseUrl }));
      say(`engine alone: ${rounded(engine.at(-1) ?? 0)} items/s`);
    }
    const [first, ...later] = rounds as [BulkRound, ...BulkRound[]];
    return { first, rounds: later, engine, latenciesMs, startMs: service.startMs };
  } finally {
    await service.close();
  }
}
