import type { LogLevel } from "../domain/log-level.ts";
import { readLogLevel } from "../ledger/log-level.ts";
import type { Database } from "../ledger/schema.ts";
import { startDuty } from "../upkeep/duty.ts";
import type { Log } from "./log.ts";

export interface FollowOptions {
  readonly db: Database;
  readonly log: Log;
  /** The level of the settings, for when nothing else is wished. */
  readonly own: LogLevel;
  readonly now: () => Date;
  /** Default 3 s. */
  readonly everyMs?: number;
}

const EVERY_MS = 3_000;

/**
 * Logs at the level that the ledger names, so that one word reaches every process on every machine. SIGUSR2 turns debug
 * on and off for this process alone. An owned resource: stop it.
 */
export function followLogLevel({ db, log, own, now, everyMs = EVERY_MS }: FollowOptions): { stop(): Promise<void> } {
  let wished: LogLevel = own;
  let debugging = false;
  const settle = (because: string): void => {
    const level = debugging ? "debug" : wished;
    if (log.level === level) return;
    // Said at whichever of both levels says more, so that neither change goes unseen.
    if (!log.isLevelEnabled("info")) log.level = level;
    log.info({ level, because }, "log level");
    log.level = level;
  };
  const toggle = (): void => {
    debugging = !debugging;
    settle("SIGUSR2");
  };
  if (process.platform !== "win32") process.on("SIGUSR2", toggle);
  const duty = startDuty(
    async () => {
      wished = (await readLogLevel(db, now())).level ?? own;
      settle("the ledger");
    },
    // A ledger that cannot be reached is told of by those who need it.
    { everyMs, firstAfterMs: 0, onError: () => {} },
  );
  return {
    stop: async () => {
      process.off("SIGUSR2", toggle);
      await duty.stop();
    },
  };
}
