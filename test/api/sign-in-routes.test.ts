import { describe, expect, test } from "vitest";
import { safeNext } from "../../src/api/sign-in-routes.ts";

describe("safeNext", () => {
  test.each(["/queues", "/docs", "/queues/queue/fetch?status=failed"])("keeps %s", (path) =>
    expect(safeNext(path)).toBe(path),
  );
  test.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "",
    "/a b",
    "/\t/evil.example",
  ])("refuses %s", (path) => expect(safeNext(path)).toBe("/"));
});
