import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceFile } from "../../src/config/replace-file.ts";
import { writeRefusal } from "../../src/config/write-refusal.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "rasid-file-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

test("a file is replaced whole, and nothing is left beside it", () => {
  const path = join(dir, "feeds.yaml");
  replaceFile(path, "old\n");
  replaceFile(path, "new\n");
  expect(readFileSync(path, "utf8")).toBe("new\n");
  expect(readdirSync(dir)).toEqual(["feeds.yaml"]);
});

test("what the system refuses is told by its code, and nothing is left behind", () => {
  const taken = join(dir, "taken.yaml");
  mkdirSync(join(taken, "inside"), { recursive: true });
  const refusals = [taken, join(dir, "absent", "feeds.yaml")].map((path) => {
    try {
      replaceFile(path, "text");
      return null;
    } catch (error) {
      return writeRefusal(error);
    }
  });
  expect(refusals).toEqual([expect.stringMatching(/^E[A-Z]+$/), "ENOENT"]);
  expect(readdirSync(dir)).toEqual(["taken.yaml"]);
  expect(writeRefusal(new Error("other"))).toBeNull();
});
