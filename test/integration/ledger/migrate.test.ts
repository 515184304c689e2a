import { readdirSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate } from "../../../src/ledger/migrate.ts";
import { openLedger } from "../../../src/ledger/open-ledger.ts";
import { freshDatabase } from "../fresh-ledger.ts";

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

const files = readdirSync(new URL("../../../src/ledger/migrations/", import.meta.url)).sort();
const connection = () => ({ connectionString: database.url });

async function run(statement: string): Promise<void> {
  const client = new pg.Client(connection());
  await client.connect();
  await client.query(statement);
  await client.end();
}

test("runs every file once, in order", async () => {
  expect(await migrate(connection())).toEqual(files);
  expect(await migrate(connection())).toEqual([]);
});

test("processes that start together migrate once", async () => {
  const ran = await Promise.all([migrate(connection()), migrate(connection()), migrate(connection())]);
  expect(ran.flat()).toEqual(files);
});

test("a ledger of a newer Rasid is refused", async () => {
  await migrate(connection());
  await run("insert into migrations (name, hash) values ('9999-later.sql', 'x')");
  await expect(migrate(connection())).rejects.toThrow(/newer Rasid.*9999-later/);
});

test("a ledger that is ahead by what only adds is worked on, so that two versions may stand beside each other", async () => {
  await migrate(connection());
  await run("insert into migrations (name, hash, additive) values ('9998-adds.sql', 'x', true)");
  expect(await migrate(connection())).toEqual([]);
  await run("insert into migrations (name, hash, additive) values ('9999-takes.sql', 'x', false)");
  await expect(migrate(connection())).rejects.toThrow(/newer Rasid.*9999-takes/);
});

test("a ledger whose record of migrations is of a version before is taken over", async () => {
  await migrate(connection());
  await run("alter table migrations drop column additive");
  expect(await migrate(connection())).toEqual([]);
});

test("a table in use is waited for, and those who use it go on meanwhile", async () => {
  await migrate(connection());
  const last = "0010-retention.sql";
  await run(`delete from migrations where name = '${last}'`);
  await run(
    "alter table revisions drop column text_forgotten_at; drop index attempts_bodies; drop function refuse_change_within_time cascade; create trigger append_only before update or delete on audit_log for each row execute function refuse_change()",
  );
  const busy = new pg.Client(connection());
  await busy.connect();
  await busy.query("begin");
  await busy.query("select count(*) from revisions");
  const migrating = migrate(connection());
  await pause(6_000);
  // Between two tries nothing waits behind the migration.
  await run("select count(*) from revisions");
  await busy.query("commit");
  await busy.end();
  expect(await migrating).toEqual([last]);
}, 20_000);

test("a connection lost in a migration is told as what it is", async () => {
  await migrate(connection());
  await run("delete from migrations where name = '0012-deliveries-by-time.sql'");
  const busy = new pg.Client(connection());
  await busy.connect();
  await busy.query("begin; lock table deliveries");
  const migrating = migrate(connection());
  migrating.catch(() => {});
  await pause(500);
  await run(
    "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
  );
  await expect(migrating).rejects.toThrow(/migration 0012-deliveries-by-time\.sql failed: terminating connection/);
  await busy.end();
});

test("a migration changed after it ran is refused", async () => {
  await migrate(connection());
  await run(`update migrations set hash = 'x' where name = '${files[0]}'`);
  await expect(migrate(connection())).rejects.toThrow(/was changed after/);
});

test("a user who may make no tables is named, with what would let it", async () => {
  await run("create role reader login password 'r'");
  const url = new URL(database.url);
  [url.username, url.password] = ["reader", "r"];
  await expect(migrate({ connectionString: url.href })).rejects.toMatchObject({
    name: "LedgerRefusal",
    message: expect.stringMatching(/^the database user reader may not .*alter database test_\w+ owner to reader/),
  });
  await run("drop role reader");
});

test("a database of another encoding is refused before anything is in it", async () => {
  const name = `${new URL(database.url).pathname.slice(1)}_latin`;
  await run(`create database ${name} encoding 'LATIN1' locale 'C' template template0`);
  const url = new URL(database.url);
  url.pathname = `/${name}`;
  await expect(migrate({ connectionString: url.href })).rejects.toThrow(/is in LATIN1: the ledger needs one in UTF8/);
  await run(`drop database ${name}`);
});

test("a database that asks for a password is told to lack one, when none is named", async () => {
  const url = new URL(database.url);
  url.password = "";
  await expect(openLedger({ connectionString: url.href })).rejects.toThrow(/asks for a password, and none is named/);
});

test("a database that cannot be reached is named without its password", async () => {
  const opened = openLedger({ connectionString: "postgres://rasid:secret-word@127.0.0.1:1/none" });
  await expect(opened).rejects.toThrow(/127\.0\.0\.1:1\/none cannot be reached/);
  await expect(opened).rejects.not.toThrow(/secret-word/);
});

test("a connection lost in the middle of a transaction fails that transaction alone", async () => {
  const told: string[] = [];
  const ledger = await openLedger({
    ...connection(),
    maxConnections: 2,
    onError: ({ message }) => void told.push(message),
  });
  const work = ledger.db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    await run(`select pg_terminate_backend(${rows[0]?.pid})`);
    await pause(100);
    await sql`select 1`.execute(trx);
  });
  await expect(work).rejects.toThrow();
  expect((await sql<{ one: number }>`select 1 as one`.execute(ledger.db)).rows).toEqual([{ one: 1 }]);
  await ledger.close();
});

test("work on due rows goes by indexes", async () => {
  await migrate(connection());
  const client = new pg.Client(connection());
  await client.connect();
  await client.query("set enable_seqscan = off");
  const planOf = async (query: string) => JSON.stringify((await client.query(`explain (format json) ${query}`)).rows);
  expect(
    await planOf(
      "select id from revisions where stage = 'match' and stage in ('deduplicate','classify','match') and queued_at <= now() order by queued_at",
    ),
  ).toContain("revisions_owed");
  expect(
    await planOf(
      "select id from feeds where host = 'h' and configured and not paused and next_fetch_at <= now() order by next_fetch_at limit 1",
    ),
  ).toContain("feeds_due");
  expect(
    await planOf(
      "select id from deliveries where endpoint_id = 1 and state in ('pending','failed','delivering') and next_attempt_at <= now() order by next_attempt_at",
    ),
  ).toContain("deliveries_due");
  await client.end();
});
