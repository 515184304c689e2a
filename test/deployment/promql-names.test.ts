import { expect, test } from "vitest";
import { namesOf } from "./promql-names.ts";

test("metrics and labels of an expression are found, functions are not among them", () => {
  const { metrics, labels } = namesOf(
    'sum by (stage) (rate(a_total{job=~"$job",outcome!="x"}[$__rate_interval])) / on (stage) max_over_time(b_bytes[5m] offset 1h)',
  );
  expect([...metrics]).toEqual(["a_total", "b_bytes"]);
  expect([...labels].sort()).toEqual(["job", "outcome", "stage"]);
});

test("what is no PromQL is told", () => {
  expect(() => namesOf("sum(a_total[5m")).toThrow(/no PromQL/);
});
