import { beforeAll, expect, test } from "vitest";
import { createEndpoint } from "../../../src/ledger/endpoints.ts";
import { openLedger } from "../../../src/ledger/open-ledger.ts";
import { countOtherProcesses, resealLedger, resupplyEndpoints } from "../../../src/ledger/reseal.ts";
import { sealHeaders, unsealHeaders } from "../../../src/ledger/sealed-headers.ts";
import { seal, sealingKeyOf, unseal } from "../../../src/ledger/sealed-secret.ts";
import { openSecretKey } from "../../../src/secret-key.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { NOW } from "./sample-feeds.ts";

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString("base64");
const [first, second, third] = [1, 2, 3].map((byte) => sealingKeyOf(keyOf(byte))) as [
  ReturnType<typeof sealingKeyOf>,
  ReturnType<typeof sealingKeyOf>,
  ReturnType<typeof sealingKeyOf>,
];
const settings = (byte: number) => ({ secretKey: keyOf(byte), databaseUrl: "postgres://x", dataDir: "/nowhere" });

const ledger = ledgerForTests();
beforeAll(async () => {
  await openSecretKey(ledger.db, settings(1));
  for (const url of ["https://a.example/", "https://b.example/"])
    await createEndpoint(ledger.db, {
      settings: { url, headers: sealHeaders({ authorization: `for ${url}` }, first) },
      secret: { sealed: seal(`whsec_${url}`, first), keyId: first.id },
      now: NOW,
    });
  await ledger.db
    .updateTable("endpoints")
    .set({ previous_secret_sealed: seal("whsec_before", first), previous_secret_key_id: first.id })
    .where("url", "=", "https://a.example/")
    .execute();
});

const endpoints = () => ledger.db.selectFrom("endpoints").selectAll().orderBy("id").execute();

test("everything sealed is opened by the new key alone", async () => {
  expect(await resealLedger(ledger.db, { from: first, to: second })).toBe(2);
  const rows = await endpoints();
  expect(rows.map((row) => unseal(row.secret_sealed, second))).toEqual([
    "whsec_https://a.example/",
    "whsec_https://b.example/",
  ]);
  expect(unseal(rows[0]?.previous_secret_sealed as Buffer, second)).toBe("whsec_before");
  expect(rows[1]?.previous_secret_sealed).toBeNull();
  expect(unsealHeaders(rows[0]?.headers as Record<string, string>, second)).toEqual({
    authorization: "for https://a.example/",
  });
  expect(rows.map((row) => row.secret_key_id)).toEqual([second.id, second.id]);
  expect(() => unseal(rows[0]?.secret_sealed as Buffer, first)).toThrow();
  expect((await openSecretKey(ledger.db, settings(2))).id).toBe(second.id);
  await expect(openSecretKey(ledger.db, settings(1))).rejects.toThrow(/does not fit/);
});

test("with a key that is not the ledger's nothing changes", async () => {
  const before = await endpoints();
  await expect(resealLedger(ledger.db, { from: third, to: first })).rejects.toThrow(/does not fit the ledger/);
  expect(await endpoints()).toEqual(before);
});

test("a value sealed with another key stops it all", async () => {
  await ledger.db
    .updateTable("endpoints")
    .set({ secret_sealed: seal("whsec_odd", third) })
    .where("url", "=", "https://b.example/")
    .execute();
  const before = await endpoints();
  await expect(resealLedger(ledger.db, { from: second, to: first })).rejects.toThrow();
  expect(await endpoints()).toEqual(before);
});

test("other processes on the ledger are seen", async () => {
  expect(await countOtherProcesses(ledger.db)).toBe(0);
  const other = await openLedger({ connectionString: ledger.connectionString, maxConnections: 1 });
  expect(await countOtherProcesses(ledger.db)).toBe(1);
  await other.close();
});

test("where the key is lost every endpoint gets another secret, and what else was sealed is gone", async () => {
  let made = 0;
  const given = await resupplyEndpoints(ledger.db, { to: third, newSecret: () => `whsec_new${++made}` });
  expect(given.map(({ secret, lostHeaders }) => [secret, lostHeaders])).toEqual([
    ["whsec_new1", ["authorization"]],
    ["whsec_new2", ["authorization"]],
  ]);
  const rows = await endpoints();
  expect(rows.map((row) => unseal(row.secret_sealed, third))).toEqual(["whsec_new1", "whsec_new2"]);
  expect(rows.map((row) => [row.headers, row.previous_secret_sealed])).toEqual([
    [{}, null],
    [{}, null],
  ]);
  expect((await openSecretKey(ledger.db, settings(3))).id).toBe(third.id);
});
