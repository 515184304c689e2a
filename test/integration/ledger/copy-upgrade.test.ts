import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { expect, test } from "vitest";
import { openCopyIndex } from "../../../src/ledger/copy-index.ts";
import { migrate } from "../../../src/ledger/migrate.ts";
import { openLedger } from "../../../src/ledger/open-ledger.ts";
import { encodeSketch } from "../../../src/ledger/sketch-bytes.ts";
import { freshDatabase } from "../fresh-ledger.ts";

const FOLDER = new URL("../../../src/ledger/migrations/", import.meta.url);
const nothing = new Uint32Array(0);
const none = { hashes: nothing, size: 0 };
const sketch = {
  ...{
    lang: "en",
    url: 0,
    title: 0,
    text: 0,
    sequences: none,
    words: none,
    opening: 0,
    names: nothing,
    numbers: nothing,
  },
  ...{ figures: nothing, titleFigures: nothing, facts: nothing, marks: nothing, tolls: nothing, persons: nothing },
  sides: nothing,
};

/** A ledger as the version before left it, with one revision in the index of copies: by key, by text and by address. */
async function writeOldLedger(client: pg.Client): Promise<void> {
  await client.query(
    "create table migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())",
  );
  for (const name of readdirSync(FOLDER)
    .sort()
    .filter((file) => file < "0006")) {
    const text = readFileSync(new URL(name, FOLDER), "utf8");
    await client.query(text);
    await client.query("insert into migrations (name, hash) values ($1, $2)", [
      name,
      createHash("sha256").update(text).digest("hex"),
    ]);
  }
  await client.query(`
    insert into hosts (host) values ('h');
    insert into feeds (id, url, host, source, lang, tier, next_fetch_at, interval_seconds, created_at) values ('f', 'u', 'h', 'F', 'en', 1, now(), 60, now());
    insert into items (feed_id, guid_key, first_seen_at) values ('f', 'g', now());
    insert into revisions (item_id, number, title, text, content_hash, seen_at, stage, staged_at, queued_at) values (1, 1, 't', 'x', 'h', now(), 'done', now(), now());
    insert into clusters (story, first_revision_id, created_at) values ('all', 1, now())`);
  await client.query(
    "insert into fingerprints (revision_id, item_id, story, cluster_id, at, exact, url, sketch) values (1, 1, 'all', 1, now(), 'e', 'https://news.example/1', $1)",
    [encodeSketch(sketch)],
  );
  for (const key of [-7, 2 ** 31 - 1])
    await client.query(
      "insert into fingerprint_keys (key, revision_id, at) values ((hashtext('all')::bigint << 32) | ($1::bigint & 4294967295), 1, now())",
      [key],
    );
}

test("what the version before had in its index of copies is found after the upgrade", async () => {
  const database = await freshDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await writeOldLedger(client);
  await client.end();
  await migrate({ connectionString: database.url });
  const ledger = await openLedger({ connectionString: database.url });
  const copies = openCopyIndex({ story: "all" });
  const probe = (parts: { keys?: number[]; exact?: string; url?: string }) => ({
    at: Date.now(),
    windowMs: 86_400_000,
    fingerprint: { keys: [], exact: null, url: null, sketch, ...parts },
  });
  const found = await copies.find(ledger.db, [
    probe({ keys: [-7] }),
    probe({ keys: [2 ** 31 - 1] }),
    probe({ exact: "e" }),
    probe({ url: "https://news.example/1" }),
    probe({ keys: [8] }),
  ]);
  expect(found.map((candidates) => candidates.map(({ id }) => id))).toEqual([["1"], ["1"], ["1"], ["1"], []]);
  await ledger.close();
  await database.drop();
});
