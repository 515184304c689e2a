import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEndpoint, findEndpoint } from "../../src/ledger/endpoints.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { seal, sealingKeyOf, unseal } from "../../src/ledger/sealed-secret.ts";
import { openSecretKey } from "../../src/secret-key.ts";
import { freshLedger } from "./fresh-ledger.ts";

let ledger: Ledger;
let dir: string;
beforeEach(async () => {
  ledger = await freshLedger();
  dir = mkdtempSync(join(tmpdir(), "rasid-secret-"));
});
afterEach(async () => {
  rmSync(dir, { recursive: true });
  await ledger.close();
});

const embedded = () => ({ secretKey: null, databaseUrl: null, dataDir: join(dir, "data") });
const other = Buffer.alloc(32, 5).toString("base64");

test("with the embedded database the key is made at the first start, for its owner alone, and kept", async () => {
  const first = await openSecretKey(ledger.db, embedded());
  const file = join(dir, "data", "secret.key");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Buffer.from(readFileSync(file, "utf8"), "base64")).toHaveLength(32);
  expect(readdirSync(join(dir, "data"))).toEqual(["secret.key"]);
  expect((await openSecretKey(ledger.db, embedded())).id).toBe(first.id);
});

test("a first start that was killed while it made the key leaves nothing that a next one takes for a key", async () => {
  writeFileSync(join(dir, "secret.key.new"), "half of");
  const settings = { ...embedded(), dataDir: dir };
  const key = await openSecretKey(ledger.db, settings);
  expect((await openSecretKey(ledger.db, settings)).id).toBe(key.id);
  expect(readdirSync(dir)).toEqual(["secret.key"]);
});

test("with a database of one's own the key is asked for", async () => {
  const own = { ...embedded(), databaseUrl: "postgres://x" };
  await expect(openSecretKey(ledger.db, own)).rejects.toThrow(/RASID_SECRET_KEY .* is needed with DATABASE_URL/);
  expect((await openSecretKey(ledger.db, { ...own, secretKey: other })).id).toBe(sealingKeyOf(other).id);
});

test("another key than the ledger's stops the start, and both fingerprints are named, no key", async () => {
  const { id } = await openSecretKey(ledger.db, embedded());
  const started = openSecretKey(ledger.db, { ...embedded(), secretKey: other });
  await expect(started).rejects.toThrow(new RegExp(`${sealingKeyOf(other).id}.*${id}`));
  await expect(started).rejects.not.toThrow(other);
});

test("a key that is gone is asked for where it lay, and none is made in its place", async () => {
  const { id } = await openSecretKey(ledger.db, embedded());
  const file = join(dir, "data", "secret.key");
  rmSync(file);
  const started = openSecretKey(ledger.db, embedded());
  await expect(started).rejects.toThrow(new RegExp(`is missing.*${id}.*${file}.*reseal --lost`));
  expect(readdirSync(join(dir, "data"))).toEqual([]);
});

test("a secret is sealed so that each value differs, names its key, and cannot be changed unnoticed", async () => {
  const key = await openSecretKey(ledger.db, embedded());
  const [one, two] = [seal("whsec_x", key), seal("whsec_x", key)];
  expect(one.equals(two)).toBe(false);
  expect(unseal(one, key)).toBe("whsec_x");
  for (let at = 0; at < one.length; at += 1) {
    const changed = Buffer.from(one);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => unseal(changed, key)).toThrow();
  }
  const { id } = await createEndpoint(ledger.db, {
    settings: { url: "https://hook.example/" },
    secret: { sealed: one, keyId: key.id },
    now: new Date(),
  });
  expect(await findEndpoint(ledger.db, id)).not.toHaveProperty("secretSealed");
  const row = await ledger.db.selectFrom("endpoints").select("secret_key_id").executeTakeFirstOrThrow();
  expect(row.secret_key_id).toBe(key.id);
});
