import { afterAll, beforeAll, expect, test } from "vitest";
import { openLog } from "../../src/telemetry/log.ts";
import { openTracing } from "../../src/telemetry/open-tracing.ts";
import type { Tracing } from "../../src/telemetry/tracing.ts";
import { startTraceCollector, type TraceCollector } from "./trace-collector.ts";

let collector: TraceCollector;
let tracing: Tracing;
beforeAll(async () => {
  collector = await startTraceCollector();
  tracing = await openTracing(
    { endpoint: `${collector.endpoint}/v1/traces`, headers: {}, serviceName: "t", ratio: 1 },
    openLog({ logLevel: "silent" }),
  );
});
afterAll(() => collector.close());

const begun = { attributes: { "rasid.stage": "fetch" }, root: true };

test("work on rows of several traces belongs to the first one's and links to the others'", async () => {
  const carry = (ids: string[]) => tracing.span("poll", async () => tracing.carry("match", ids), begun);
  await carry(["1", "2"]);
  await carry(["3"]);
  const of = { stage: "match", ids: ["1", "2", "3", "4"] };
  await tracing.span("match", async (add) => add({ "rasid.moved": 4 }), { attributes: { "rasid.stage": "match" }, of });
  const failing = tracing.span("match", () => Promise.reject(new TypeError("about Pashinyan")), {
    attributes: { "rasid.stage": "match" },
    of,
  });
  await expect(failing).rejects.toThrow("about Pashinyan");
  await tracing.close();

  const [first, second, together, alone] = collector.spans;
  expect(collector.spans.map(({ name }) => name)).toEqual(["poll", "poll", "match", "match"]);
  expect(together).toMatchObject({ traceId: first?.traceId, parentSpanId: first?.spanId });
  expect(together?.links.map(({ traceId }) => traceId)).toEqual([second?.traceId]);
  // What was carried is used up: the second piece of work is of no trace.
  expect(alone?.links).toEqual([]);
  expect([first?.traceId, second?.traceId]).not.toContain(alone?.traceId);
  expect(alone?.attributes.map(({ key, value }) => [key, value.stringValue])).toContainEqual([
    "error.type",
    "TypeError",
  ]);
  expect(collector.raw.join()).not.toContain("Pashinyan");
});
