import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { baselinePath } from "../../src/config/baseline-file.ts";

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
