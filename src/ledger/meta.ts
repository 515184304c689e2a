import { sql } from "kysely";
import type { z } from "zod";
import { toJson } from "./json-text.ts";
import type { Database } from "./schema.ts";

/** A value kept under a name, checked; undefined when there is none. @throws ZodError when it has another shape. */
export async function readMeta<S extends z.ZodType>(
  db: Database,
  key: string,
  schema: S,
): Promise<z.output<S> | undefined> {
  const row = await db.selectFrom("meta").select("value").where("key", "=", key).executeTakeFirst();
  return row === undefined ? undefined : schema.parse(row.value);
}

/** Keeps a value under a name, in place of the one before. */
export async function writeMeta(db: Database, key: string, value: unknown): Promise<void> {
  await sql`insert into meta (key, value) values (${key}, ${toJson(value)}::jsonb) on conflict (key) do update set value = excluded.value`.execute(
    db,
  );
}

/** Keeps a value unless there is one already; returns the one that is kept. For what must be decided once. */
export async function writeMetaOnce<S extends z.ZodType>(
  db: Database,
  key: string,
  value: z.input<S>,
  schema: S,
): Promise<z.output<S>> {
  await sql`insert into meta (key, value) values (${key}, ${toJson(value)}::jsonb) on conflict do nothing`.execute(db);
  const row = await db.selectFrom("meta").select("value").where("key", "=", key).executeTakeFirstOrThrow();
  return schema.parse(row.value);
}
