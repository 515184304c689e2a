import { expect, test } from "vitest";
import { readRetryAfter } from "../../src/net/retry-after.ts";

const now = Date.parse("2022-09-15T10:00:00Z");

test.each([
  ["0", 0],
  ["120", 120_000],
  [" 5 ", 5000],
  ["86400", 86_400_000],
  ["999999999999999999999", 86_400_000],
  ["Thu, 15 Sep 2022 10:02:00 GMT", 120_000],
  ["Thursday, 15-Sep-22 10:02:00 GMT", 120_000],
  ["Thu, 15 Sep 2022 09:00:00 GMT", 0],
  ["Thu, 15 Sep 2032 10:00:00 GMT", 86_400_000],
])("«%s» waits %d ms", (header, expected) => {
  expect(readRetryAfter(header, now)).toBe(expected);
});

test.each([undefined, "", "-1", "1.5", "1e3", "soon", "Infinity"])("«%s» says nothing", (header) => {
  expect(readRetryAfter(header, now)).toBeUndefined();
});
