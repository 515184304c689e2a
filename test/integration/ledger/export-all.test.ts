import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKey } from "../../../src/ledger/api-keys.ts";
import { recordAudit } from "../../../src/ledger/audit.ts";
import { recordAttempts } from "../../../src/ledger/delivery-attempts.ts";
import { createEndpoint, endpointHeadersSchema } from "../../../src/ledger/endpoints.ts";
import { exportLedger } from "../../../src/ledger/export-ledger.ts";
import { LEFT_OUT, listExportedTables } from "../../../src/ledger/exported-tables.ts";
import { beginWrite, finishWrite } from "../../../src/ledger/idempotency.ts";
import { importLedger } from "../../../src/ledger/import-ledger.ts";
import { writeLogLevel } from "../../../src/ledger/log-level.ts";
import type { Ledger } from "../../../src/ledger/open-ledger.ts";
import type { Database } from "../../../src/ledger/schema.ts";
import { sealHeaders, unsealHeaders } from "../../../src/ledger/sealed-headers.ts";
import { seal, sealingKeyOf, unseal } from "../../../src/ledger/sealed-secret.ts";
import { openSecretKey } from "../../../src/secret-key.ts";
import { tell, toll } from "../api/told-story.ts";
import { freshLedger } from "../fresh-ledger.ts";
import { NOW } from "./sample-feeds.ts";

const SECRET_KEY = Buffer.alloc(32, 5).toString("base64");
const SECRET = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const settings = { secretKey: SECRET_KEY, databaseUrl: "postgres://elsewhere", dataDir: "/nowhere" };

let from: Ledger;
let to: Ledger;
beforeAll(async () => {
  [from, to] = [await freshLedger(), await freshLedger()];
  await fill(from.db);
});
afterAll(async () => {
  await from.close();
  await to.close();
});

/** A ledger as it is after a story, with a row in every table and a value in every column. */
async function fill(db: Database): Promise<void> {
  const key = await openSecretKey(db, settings);
  await createEndpoint(db, {
    settings: { url: "https://hook.example/", headers: sealHeaders({ "x-token": "hush" }, key) },
    secret: { sealed: seal(SECRET, key), keyId: key.id },
    now: NOW,
  });
  const owed = [
    ...(await tell(db, "tass", [toll("a", 135, "2022-09-16T08:00:00Z")])),
    ...(await tell(db, "desk", [toll("b", 161, "2022-09-16T18:00:00Z"), toll("c", 173, "2022-09-17T08:00:00Z")])),
  ];
  expect(owed.length).toBeGreaterThan(0);
  await recordAttempts(
    db,
    owed.map((deliveryId) => ({
      deliveryId,
      startedAt: NOW,
      durationMs: 5,
      status: 204,
      error: null,
      requestHeaders: { a: "b\n" },
      responseHeaders: {},
      responseBody: 'quoted "so", \\ and\n\u2028 ünïcode 🕊',
      outcome: "delivered" as const,
    })),
  );
  const { id } = await createApiKey(db, { hash: Buffer.alloc(32, 9), name: "desk", scopes: ["admin"], now: NOW });
  await recordAudit(db, { at: NOW, actor: "cli", action: "key.create", target: `key:${id}`, detail: { id } });
  const write = { caller: "cli", key: "once" };
  await beginWrite(db, { ...write, requestHash: Buffer.alloc(3), now: NOW });
  await finishWrite(db, { ...write, status: 201, response: { made: true } });
  await writeLogLevel(db, { level: "debug", until: null });
  await sql`
    insert into pages (feed_id, guid_key, feed_hash, url, host, due_at)
    select id, 'g', 'h', 'https://news.example/p', host, ${NOW} from feeds limit 1`.execute(db);
  await sql`insert into fingerprint_keys (key, revision_id, at) select 9223372036854775807, id, ${NOW} from revisions`.execute(
    db,
  );
  await fillNulls(db);
}

/** Columns that are null in every row are given a value of their type, so that none is left out unseen. */
async function fillNulls(db: Database): Promise<void> {
  const { rows: columns } = await sql<{ table: string; column: string; type: string }>`
    select c.table_name as table, column_name as column, data_type as type from information_schema.columns c
    where table_schema = current_schema and is_nullable = 'YES' and c.table_name <> all(${[...LEFT_OUT]}::text[])`.execute(
    db,
  );
  for (const { table, column, type } of columns) {
    const { rows } = await sql`select from ${sql.table(table)} where ${sql.ref(column)} is not null limit 1`.execute(
      db,
    );
    if (rows.length === 0) await fillColumn(db, table, column, type);
  }
}

const SAMPLES: Readonly<Record<string, string>> = {
  text: "x",
  jsonb: '{"b": 1, "a": [null, 1.50]}',
  json: '{"b": 1, "a": [null, 1.50]}',
  bytea: "\\x00ff07",
  "timestamp with time zone": "2022-09-16 08:00:00.123456+00",
  "double precision": "0.1",
  real: "0.3",
  boolean: "true",
  integer: "7",
  smallint: "7",
  bigint: "9007199254740993",
};

/** Some may only hold what their constraints allow; those are named here, so that a new one is not passed over. */
const CONSTRAINED = new Set([
  "cluster_kind",
  "parked_from",
  "about",
  "ping_body",
  "alert_id",
  "observation_id",
  "cluster_id",
]);

async function fillColumn(db: Database, table: string, column: string, type: string): Promise<void> {
  if (CONSTRAINED.has(column)) return;
  const sample = SAMPLES[type];
  if (sample === undefined) throw new Error(`no sample for ${table}.${column} of type ${type}`);
  await sql`alter table ${sql.table(table)} disable trigger user`.execute(db);
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.lit(sample)}`.execute(db);
  await sql`alter table ${sql.table(table)} enable trigger user`.execute(db);
}

async function* linesOf(db: Database): AsyncGenerator<string> {
  const chunks: string[] = [];
  await exportLedger(db, async (lines) => void chunks.push(lines));
  for (const chunk of chunks) yield* chunk.split("\n").filter((line) => line !== "");
}

/** Every table as PostgreSQL writes its rows. */
async function contentsOf(db: Database): Promise<Map<string, string[]>> {
  const contents = new Map<string, string[]>();
  for (const { name } of await listExportedTables(db)) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t order by 1`.execute(db);
    contents.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return contents;
}

test("every table is exported but what is made anew, and in an order that can be read", async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = current_schema`.execute(from.db);
  const tables = (await listExportedTables(from.db)).map(({ name }) => name);
  expect(new Set([...tables, ...LEFT_OUT])).toEqual(new Set(rows.map(({ name }) => name)));
  const before = (a: string, b: string) => expect(tables.indexOf(a), `${a} ${b}`).toBeLessThan(tables.indexOf(b));
  before("hosts", "feeds");
  before("items", "revisions");
  before("observations", "alerts");
  before("alerts", "deliveries");
  before("deliveries", "attempts");
});

test("a ledger with a row in every table and a value in every column is the same after a round trip", async () => {
  const contents = await contentsOf(from.db);
  for (const [table, rows] of contents) expect(rows.length, table).toBeGreaterThan(0);
  const count = await importLedger(to.db, linesOf(from.db));
  expect(count).toBe([...contents.values()].reduce((sum, rows) => sum + rows.length, 0));
  expect(await contentsOf(to.db)).toEqual(contents);
});

test("secrets are opened with the same key, and another key is refused at the start", async () => {
  const key = await openSecretKey(to.db, settings);
  const row = await to.db.selectFrom("endpoints").selectAll().executeTakeFirstOrThrow();
  expect(unseal(row.secret_sealed, key)).toBe(SECRET);
  expect(unsealHeaders(endpointHeadersSchema.parse(row.headers), key)).toEqual({ "x-token": "hush" });
  const other = { ...settings, secretKey: Buffer.alloc(32, 6).toString("base64") };
  await expect(openSecretKey(to.db, other)).rejects.toThrow(/does not fit the ledger/);
  expect(sealingKeyOf(SECRET_KEY).id).toBe(key.id);
});

test("what goes on in the new ledger follows on the old: no id comes again", async () => {
  const alerts = await to.db.selectFrom("alerts").select("seq").orderBy("seq", "desc").execute();
  await sql`update revisions set stage = 'done', lease_until = null`.execute(to.db);
  await sql`update endpoints set deleted_at = null, hold_until = null, enabled = true`.execute(to.db);
  const owed = await tell(to.db, "tass", [toll("z", 222, "2022-09-18T08:00:00Z")]);
  expect(owed.length).toBe(1);
  const later = await to.db.selectFrom("alerts").select("seq").orderBy("seq", "desc").execute();
  expect(Number(later[0]?.seq)).toBeGreaterThan(Number(alerts[0]?.seq));
});

test("a row that the ledger refuses is told by its lines, and nothing stays", async () => {
  const empty = await freshLedger();
  const lines = async function* () {
    for await (const line of linesOf(from.db))
      yield line.startsWith('{"deliveries"') ? line.replace(/"state":"\w+"/, '"state":"lost"') : line;
  };
  await expect(importLedger(empty.db, lines())).rejects.toThrow(
    /lines \d+ to \d+ \(deliveries\) were refused: .*check/,
  );
  expect((await sql`select from items`.execute(empty.db)).rows).toEqual([]);
  await empty.close();
});
