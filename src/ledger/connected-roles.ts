import { sql } from "kysely";
import { ROLES, type Role } from "../domain/role.ts";
import type { Database } from "./schema.ts";

const PROCESS = "rasid";

/** What PostgreSQL calls the connections of a process; with all roles it is just short enough for that (63 bytes). */
export const connectionName = (roles: readonly Role[]): string =>
  roles.length === 0 ? PROCESS : `${PROCESS} ${roles.join(",")}`;

/** What it calls the connections of a command that works beside the processes, and of whoever listens. */
export const COMMAND_NAME = `${PROCESS} command`;
export const LISTENER_NAME = `${PROCESS} listener`;

/**
 * The roles that no process connected to the ledger has; each process keeps a connection, as it asks for its log level
 * every few seconds. None as long as there is a process that does not say what it does (one of an older version).
 */
export async function findMissingRoles(db: Database): Promise<Role[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct application_name as name from pg_stat_activity
    where datname = current_database() and application_name like ${`${PROCESS}%`}`.execute(db);
  const names = rows.map(({ name }) => name);
  if (names.includes(PROCESS)) return [];
  const present = new Set(names.flatMap((name) => name.slice(PROCESS.length + 1).split(",")));
  return ROLES.filter((role) => !present.has(role));
}
