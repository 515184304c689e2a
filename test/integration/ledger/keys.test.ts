import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import { anyApiKey, createApiKey, listApiKeys, revokeApiKey, useApiKey } from "../../../src/ledger/api-keys.ts";
import { type AuditQuery, listAudit, recordAudit } from "../../../src/ledger/audit.ts";
import { abandonWrite, beginWrite, finishWrite } from "../../../src/ledger/idempotency.ts";
import { readMeta, writeMeta, writeMetaOnce } from "../../../src/ledger/meta.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { later, NOW } from "./sample-feeds.ts";

const ledger = ledgerForTests();

const hashOf = (text: string) => createHash("sha256").update(text).digest();

test("a key is found by its hash until it is revoked", async () => {
  expect(await anyApiKey(ledger.db)).toBe(false);
  const key = await createApiKey(ledger.db, { hash: hashOf("one"), name: "desk", scopes: ["read"], now: NOW });
  expect(await anyApiKey(ledger.db)).toBe(true);
  expect(await useApiKey(ledger.db, { hash: hashOf("one"), now: later(5) })).toEqual({ id: key.id, scopes: ["read"] });
  expect(await useApiKey(ledger.db, { hash: hashOf("two"), now: NOW })).toBeNull();
  expect(await listApiKeys(ledger.db)).toMatchObject([{ name: "desk", last_used_at: later(5) }]);
  expect(await revokeApiKey(ledger.db, { id: key.id, now: later(9) })).toBe("last");
  expect(await revokeApiKey(ledger.db, { id: key.id, now: later(9), lastToo: true })).toBe("revoked");
  expect(await revokeApiKey(ledger.db, { id: key.id, now: later(9), lastToo: true })).toBe("unknown");
  expect(await useApiKey(ledger.db, { hash: hashOf("one"), now: later(10) })).toBeNull();
  expect(await anyApiKey(ledger.db)).toBe(false);
});

test("of the last two keys with the scope admin one stays, however often both are revoked at the same moment", async () => {
  const inForce = async () => (await listApiKeys(ledger.db)).filter((one) => one.revoked_at === null);
  const fresh = (name: string) =>
    createApiKey(ledger.db, { hash: hashOf(name), name, scopes: ["admin"], now: NOW }).then(({ id }) => id);
  let kept = await fresh("the first");
  for (let round = 0; round < 40; round += 1) {
    const pair = [kept, await fresh(`round ${round}`)];
    const came = await Promise.all(pair.map((id) => revokeApiKey(ledger.db, { id, now: NOW })));
    expect(came.toSorted()).toEqual(["last", "revoked"]);
    const left = await inForce();
    expect(left).toHaveLength(1);
    kept = left[0]?.id ?? "";
  }
  await revokeApiKey(ledger.db, { id: kept, now: NOW, lastToo: true });
});

test("a key of an unknown scope is refused", async () => {
  const scopes = ["root" as "read"];
  await expect(createApiKey(ledger.db, { hash: hashOf("x"), name: "x", scopes, now: NOW })).rejects.toThrow(
    /check constraint/,
  );
});

test("the audit log is read newest first and cannot be changed", async () => {
  await recordAudit(ledger.db, { at: NOW, actor: "cli", action: "key.create", target: "key:1" });
  await recordAudit(ledger.db, {
    at: later(1),
    actor: "key:1",
    action: "endpoint.create",
    target: "endpoint:1",
    detail: { url: "https://x.example" },
  });
  const rows = await listAudit(ledger.db, { limit: 9 });
  expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
    ["endpoint.create", { url: "https://x.example" }],
    ["key.create", null],
  ]);
  expect(await listAudit(ledger.db, { limit: 9, before: rows[0]?.id ?? "" })).toHaveLength(1);
  const asked = async (query: Omit<AuditQuery, "limit">) =>
    (await listAudit(ledger.db, { ...query, limit: 9 })).map(({ action }) => action);
  expect(await asked({ actors: ["cli"] })).toEqual(["key.create"]);
  expect(await asked({ actions: ["endpoint"] })).toEqual(["endpoint.create"]);
  expect(await asked({ actions: ["key.create", "feed"] })).toEqual(["key.create"]);
  expect(await asked({ actions: ["key.revoke"] })).toEqual([]);
  expect(await asked({ since: later(1) })).toEqual(["endpoint.create"]);
  expect(await asked({ until: later(1) })).toEqual(["key.create"]);
  await expect(ledger.db.deleteFrom("audit_log").execute()).rejects.toThrow(/never changed/);
});

test("meta keeps the latest, or the first where it must be decided once", async () => {
  expect(await readMeta(ledger.db, "schema", z.number())).toBeUndefined();
  await writeMeta(ledger.db, "schema", 1);
  await writeMeta(ledger.db, "schema", 2);
  expect(await readMeta(ledger.db, "schema", z.number())).toBe(2);
  await expect(readMeta(ledger.db, "schema", z.string())).rejects.toThrow();
  expect(await writeMetaOnce(ledger.db, "key", "first", z.string())).toBe("first");
  expect(await writeMetaOnce(ledger.db, "key", "second", z.string())).toBe("first");
});

test("a write with an Idempotency-Key is done once and answered alike", async () => {
  const write = (request: string, now = NOW) =>
    beginWrite(ledger.db, { caller: "key:1", key: "k", requestHash: hashOf(request), now });
  expect(await write("a")).toEqual({ state: "new" });
  expect(await write("a")).toEqual({ state: "running" });
  expect(await write("b")).toEqual({ state: "mismatch" });
  expect(await beginWrite(ledger.db, { caller: "key:2", key: "k", requestHash: hashOf("b"), now: NOW })).toEqual({
    state: "new",
  });
  await finishWrite(ledger.db, { caller: "key:1", key: "k", status: 201, response: { id: "7" } });
  expect(await write("a", later(80_000))).toEqual({ state: "done", status: 201, response: { id: "7" } });
  expect(await write("b", later(90_000))).toEqual({ state: "new" });
});

test("a write that failed or was lost can be tried again", async () => {
  const write = (now: Date) => beginWrite(ledger.db, { caller: "c", key: "k", requestHash: hashOf("a"), now });
  await write(NOW);
  await abandonWrite(ledger.db, { caller: "c", key: "k" });
  expect(await write(NOW)).toEqual({ state: "new" });
  expect(await write(later(59))).toEqual({ state: "running" });
  expect(await write(later(60))).toEqual({ state: "new" });
});
