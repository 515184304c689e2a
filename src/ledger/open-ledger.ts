import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { connectionName } from "./connected-roles.ts";
import { LedgerRefusal } from "./ledger-refusal.ts";
import type { LedgerSchema } from "./schema.ts";

export interface LedgerOptions {
  readonly connectionString: string;
  /** What PostgreSQL calls the connections. Default: those of a process that does not say what it does. */
  readonly name?: string;
  /** Connections that the pool opens at most. Default 10. */
  readonly maxConnections?: number;
  /** Told when an idle connection is lost; the pool opens another by itself. */
  readonly onError?: (error: Error) => void;
}

/** Connections that are open, those of them at rest, queries that wait for one, and how many are opened at most. */
export interface PoolState {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
  readonly most: number;
}

/** The open ledger. An owned resource: close it. */
export interface Ledger {
  readonly db: Kysely<LedgerSchema>;
  readonly connectionString: string;
  /** How the pool does. */
  readonly pool: () => PoolState;
  /** Waits for running queries and closes the connections. */
  close(): Promise<void>;
}

const CONNECT_WITHIN_MS = 10_000;

/**
 * Opens the ledger's pool and tries one connection.
 * @throws Error that names host and reason, never the password.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const most = options.maxConnections ?? 10;
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: most,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    idleTimeoutMillis: 60_000,
    application_name: options.name ?? connectionName([]),
    // A worker killed in mid-transaction on another machine must not hold its rows until TCP notices.
    idle_in_transaction_session_timeout: 15_000,
  });
  pool.on("error", (error) => options.onError?.(error));
  // A connection lost between two statements of a transaction tells only its client; unheard, that ends the process.
  // The next statement fails, so there is nothing more to do.
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    throw new LedgerRefusal(`the database ${placeOf(options.connectionString)} cannot be reached: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  const db = new Kysely<LedgerSchema>({ dialect: new PostgresDialect({ pool }) });
  const state = () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount, most });
  return { db, connectionString: options.connectionString, pool: state, close: () => closePool(db, pool) };
}

/** A Kysely that was never asked anything leaves its pool open, and with it the process. */
async function closePool(db: Kysely<LedgerSchema>, pool: pg.Pool): Promise<void> {
  await db.destroy();
  if (!pool.ending) await pool.end();
}

function placeOf(connectionString: string): string {
  if (!URL.canParse(connectionString)) return "of DATABASE_URL";
  const { host, pathname } = new URL(connectionString);
  return `${host}${pathname}` || "of DATABASE_URL";
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const message = error instanceof Error ? error.message : String(error);
  return /client password must be a string/.test(message) ? "it asks for a password, and none is named" : message;
}
