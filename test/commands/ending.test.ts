import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { endingOf } from "../../src/commands/ending.ts";
import { readItemLines } from "../../src/commands/json-lines.ts";
import { ConfigError } from "../../src/config/read-yaml.ts";
import { InputError } from "../../src/input-error.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { readSettings } from "../../src/settings.ts";

const folder = mkdtempSync(join(tmpdir(), "rasid-ending-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function errorOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("how a command ends that its user's mistake has stopped", () => {
  it("names a file that is not there", async () => {
    const missing = join(folder, "missing.jsonl");
    const ending = { message: `${missing}: there is no such file or folder`, exitCode: 1 };
    expect(endingOf(await errorOf(() => readFile(missing)))).toEqual(ending);
    expect(endingOf(await errorOf(() => readFileSync(missing)))).toEqual(ending);
  });

  it.runIf(existsSync("/dev/full"))("says that the disk is full, where the system does not say of which file", () => {
    const full = openSync("/dev/full", "w");
    const error = errorOf(() => writeSync(full, "x")).finally(() => closeSync(full));
    return expect(error.then(endingOf)).resolves.toEqual({ message: "the disk is full", exitCode: 1 });
  });

  it("names the line of items that is none", async () => {
    const file = join(folder, "items.jsonl");
    writeFileSync(file, '{"id":1,"text":"Calm."}\n{"id":\n');
    const error = await errorOf(async () => {
      for await (const item of readItemLines(file)) expect(item.id).toBe("1");
    });
    expect(endingOf(error)).toMatchObject({
      message: expect.stringContaining(`${file}:2: not a JSON object`),
      exitCode: 1,
    });
  });

  it("names a folder given for a file's parent that is a file", async () => {
    writeFileSync(join(folder, "plain"), "");
    const within = join(folder, "plain", "out");
    expect(endingOf(await errorOf(() => mkdirSync(within)))).toEqual({
      message: `${within}: a part of the path is no folder`,
      exitCode: 1,
    });
  });

  it("ends with 2 for environment and configuration", async () => {
    expect(endingOf(await errorOf(() => readSettings({ RASID_ROLES: "bogus" })))).toMatchObject({ exitCode: 2 });
    expect(endingOf(new ConfigError([{ file: "a.yaml", line: 3, field: "id", problem: "is missing" }]))).toEqual({
      message: "a.yaml:3 id: is missing",
      exitCode: 2,
    });
  });

  it("says in words that the database cannot be reached", async () => {
    const closed = "postgres://user:hunter2@127.0.0.1:1/ledger";
    const ending = endingOf(await errorOf(() => openLedger({ connectionString: closed })));
    expect(ending).toMatchObject({
      message: expect.stringContaining("127.0.0.1:1/ledger cannot be reached"),
      exitCode: 1,
    });
    expect(ending?.message).not.toContain("hunter2");
  });

  it("leaves the program's own errors to their trace", () => {
    expect(endingOf(new TypeError("undefined is not a function"))).toBeNull();
    expect(endingOf(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }))).toBeNull();
    expect(endingOf(new InputError("a mistake"))?.message).toBe("a mistake");
  });
});
