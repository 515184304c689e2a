import { z } from "zod";
import { LOG_LEVELS, type LogLevel } from "../domain/log-level.ts";
import { readMeta, writeMeta } from "./meta.ts";
import type { Database } from "./schema.ts";

const KEY = "log-level";
const kept = z.object({ level: z.enum(LOG_LEVELS).nullable(), until: z.iso.datetime().nullable() });

/** The level that all processes on this ledger shall log at. */
export interface LogLevelWish {
  /** null: each at the level of its own settings. */
  readonly level: LogLevel | null;
  /** When it ends by itself; null: never. */
  readonly until: Date | null;
}

const NO_WISH: LogLevelWish = { level: null, until: null };

/** The wish in force at a time. */
export async function readLogLevel(db: Database, now: Date): Promise<LogLevelWish> {
  const wish = await readMeta(db, KEY, kept);
  if (wish === undefined || wish.level === null) return NO_WISH;
  const until = wish.until === null ? null : new Date(wish.until);
  return until !== null && until <= now ? NO_WISH : { level: wish.level, until };
}

/** Every process follows within seconds. */
export async function writeLogLevel(db: Database, { level, until }: LogLevelWish): Promise<void> {
  await writeMeta(db, KEY, { level, until: until?.toISOString() ?? null });
}
