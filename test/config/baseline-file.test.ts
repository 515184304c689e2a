import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { baselinePath, replaceFile } from "../../src/config/baseline-file.ts";
import { writeRefusal } from "../../src/config/write-refusal.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "rasid-file-"));
  mkdirSync(join(dir, "stories", "one"), { recursive: true });
  writeFileSync(join(dir, "stories", "one", "story.yaml"), "id: one\n");
});
afterEach(() => rmSync(dir, { recursive: true }));

test("only a story that the folder lists has a path", () => {
  expect(baselinePath(dir, "one")).toBe(join(dir, "stories", "one", "baseline.yaml"));
  for (const name of ["..", "../stories/one", "one/", "./one", "", "two", "/etc"])
    expect(baselinePath(dir, name)).toBeNull();
});

test("a file is replaced whole, and nothing is left beside it", () => {
  const path = join(dir, "stories", "one", "baseline.yaml");
  replaceFile(path, "old\n");
  replaceFile(path, "new\n");
  expect(readFileSync(path, "utf8")).toBe("new\n");
  expect(readdirSync(join(dir, "stories", "one"))).toEqual(["baseline.yaml", "story.yaml"]);
});

test("what the system refuses is told by its code, and nothing is left behind", () => {
  const taken = join(dir, "taken.yaml");
  mkdirSync(join(taken, "inside"), { recursive: true });
  const refusals = [taken, join(dir, "absent", "baseline.yaml")].map((path) => {
    try {
      replaceFile(path, "text");
      return null;
    } catch (error) {
      return writeRefusal(error);
    }
  });
  expect(refusals).toEqual([expect.stringMatching(/^E[A-Z]+$/), "ENOENT"]);
  expect(readdirSync(dir).sort()).toEqual(["stories", "taken.yaml"]);
  expect(writeRefusal(new Error("other"))).toBeNull();
});
