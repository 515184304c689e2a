import { expect, test } from "vitest";
import { z } from "zod";
import { mistakesOfIssue } from "../../src/config/issue-mistakes.ts";

const schema = z.strictObject({
  headers: z.record(
    z.string().refine((name) => name !== "host", "is reserved"),
    z.string(),
  ),
  limit: z.coerce.number().max(5),
});

function mistakes(value: unknown) {
  return (schema.safeParse(value).error?.issues ?? [])
    .flatMap(mistakesOfIssue)
    .map(({ path, problem }) => `${path.join(".")}: ${problem}`);
}

test("each key that is not known is named at its own place", () => {
  expect(mistakes({ headers: {}, limit: 1, killd: [], woundd: [] })).toEqual([
    "killd: is not known here",
    "woundd: is not known here",
  ]);
});

test("of a key that may not be it is said why", () => {
  expect(mistakes({ headers: { host: "x" }, limit: 1 })).toEqual(["headers.host: is reserved"]);
});

test("what is no number is said to be none, and all else in zod's words", () => {
  expect(mistakes({ headers: {}, limit: "many" })).toEqual(["limit: must be a number"]);
  expect(mistakes({ headers: {}, limit: 9 })).toEqual(["limit: Too big: expected number to be <=5"]);
});
