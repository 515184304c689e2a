import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeOutput } from "../../../src/commands/write-output.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { shell } from "./command-line.ts";

const ledger = ledgerForTests();
const folder = mkdtempSync(join(tmpdir(), "rasid-exports-"));
afterAll(() => rmSync(folder, { recursive: true }));
const rasid = (line: string) => shell(ledger.connectionString, line);

test("the ledger is written to a file that its owner alone may read, never over another one", async () => {
  const file = join(folder, "ledger.jsonl");
  expect((await rasid(`rasid export -o ${file}`)).code).toBe(0);
  expect(JSON.parse(readFileSync(file, "utf8").split("\n")[0] ?? "")).toMatchObject({ rasid: "ledger" });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const taken = { code: 1, out: "", err: `${file}: it exists already\n` };
  expect(await rasid(`rasid export -o ${file}`)).toEqual(taken);
  expect(await rasid(`rasid story export -o ${file}`)).toEqual(taken);
}, 60_000);

test("a command whose reader goes ends without a word", async () => {
  expect(await rasid("rasid story export | true")).toEqual({ code: 141, out: "", err: "" });
  expect(await rasid("rasid alerts --help | true")).toMatchObject({ err: "" });
}, 60_000);

test("a file that does not come to its end is taken away, and one that was there stays", async () => {
  const file = join(folder, "half.csv");
  const half = writeOutput({ file }, async (write) => {
    await write("first,");
    throw new Error("the ledger is gone");
  });
  await expect(half).rejects.toThrow("the ledger is gone");
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, "kept");
  await expect(writeOutput({ file }, (write) => write("new"))).rejects.toThrow("EEXIST");
  expect(readFileSync(file, "utf8")).toBe("kept");
});
