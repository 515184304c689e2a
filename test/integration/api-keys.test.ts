import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { hashOfKey, newApiKey } from "../../src/api/authentication.ts";
import { startServer } from "../../src/api/server.ts";
import { admitFirstKey, keyStoreOf } from "../../src/api-keys.ts";
import { listApiKeys, revokeApiKey } from "../../src/ledger/api-keys.ts";
import { listAudit } from "../../src/ledger/audit.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { freshLedger } from "./fresh-ledger.ts";

let ledger: Ledger;
let dir: string;
beforeAll(async () => {
  ledger = await freshLedger();
  dir = mkdtempSync(join(tmpdir(), "rasid-key-"));
});
afterAll(async () => {
  rmSync(dir, { recursive: true });
  await ledger.close();
});
afterEach(() => ledger.db.deleteFrom("api_keys").execute());

const now = () => new Date();
const warned: string[] = [];
const admit = (file: string | null) =>
  admitFirstKey(ledger.db, file, { now: now(), warn: (told) => warned.push(told) });
function keyFile(text: string): string {
  const file = join(dir, "admin-key");
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
const server = () =>
  startServer({
    host: "0.0.0.0",
    port: 0,
    hosts: [],
    keys: keyStoreOf(ledger.db, now),
    log: pino({ level: "silent" }),
    routes: async () => {},
  });

test("the key of a file is the first one: with it, and not before, another address than this machine's is served", async () => {
  await admit(null);
  await expect(server()).rejects.toThrow(/no API key yet/);
  const { key } = newApiKey();
  await admit(keyFile(`${key}\n`));
  const running = await server();
  await running.close();
  expect(await keyStoreOf(ledger.db, now).findByHash(hashOfKey(key))).toMatchObject({
    scopes: ["read", "write", "admin"],
  });
});

test("it is admitted once however often the daemon starts, and the audit log has it once", async () => {
  const { key } = newApiKey();
  const before = (await listAudit(ledger.db, { limit: 50 })).length;
  for (let start = 0; start < 3; start += 1) await admit(keyFile(key));
  const [kept, ...others] = await listApiKeys(ledger.db);
  expect(others).toEqual([]);
  const [entry, ...rest] = await listAudit(ledger.db, { limit: 50 });
  expect(entry).toMatchObject({ actor: "start", action: "key.create", target: `key:${kept?.id}` });
  expect(rest).toHaveLength(before);
  expect(JSON.stringify(entry)).not.toContain(key);
});

test("a file that every user of the machine may read is warned of with its remedy; one of the owner, or of a group, is not", async () => {
  const file = keyFile(newApiKey().key);
  await admit(file);
  chmodSync(file, 0o640);
  await admit(file);
  expect(warned.splice(0)).toEqual([]);
  chmodSync(file, 0o644);
  await admit(file);
  expect(warned.splice(0)).toEqual([expect.stringContaining(`chmod 600 ${file}`)]);
  chmodSync(file, 0o600);
});

test("a key that was revoked does not come back with the file", async () => {
  const { key } = newApiKey();
  await admit(keyFile(key));
  await revokeApiKey(ledger.db, { id: (await listApiKeys(ledger.db))[0]?.id ?? "", now: now(), lastToo: true });
  await admit(keyFile(key));
  expect(await keyStoreOf(ledger.db, now).findByHash(hashOfKey(key))).toBeNull();
});

test.each([
  ["is missing", () => join(dir, "nowhere"), /cannot be read/],
  ["holds no key", () => keyFile("hunter2"), /holds no key/],
  ["holds a short one", () => keyFile("rsd_short"), /holds no key/],
])("a file that %s stops the start and is named", async (_name, file, told) => {
  await expect(admit(file())).rejects.toThrow(told);
  await expect(admit(file())).rejects.toThrow(/RASID_ADMIN_KEY_FILE/);
  await expect(admit(file())).rejects.not.toThrow(/hunter2/);
});
