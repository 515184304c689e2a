import { expect, test } from "vitest";
import { codedReason } from "../../../src/domain/reasons/coded-reason.ts";
import { REASONS } from "../../../src/domain/reasons/reasons.ts";

const SAMPLES: Readonly<Record<string, string>> = {
  count: "12",
  most: "500",
  column: "7",
  status: "503",
  error: "ECONNRESET",
  url: "https://example.org/feed.xml",
  host: "inner.example.org",
  name: "a-1",
  message: "the rest, as it came",
  reason: "the server refuses connections",
};

test.each(Object.entries(REASONS))("%s is known by its sentence, with what stands in its places", (code, sentence) => {
  const names = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name));
  const told = sentence.replace(/\{(\w+)\}/g, (_, name: string) => SAMPLES[name] ?? name);
  const found = codedReason(told);
  expect(found?.code).toBe(code);
  expect(found?.parameters).toEqual(Object.fromEntries(names.map((name) => [name, SAMPLES[name]])));
});

test.each([
  ["the endpoint answered 503", { code: "endpoint-answered", parameters: { status: "503" } }],
  ["the endpoint answered 503 twice", null],
  [
    "https://example.org/x: no complete answer within 15000 ms",
    {
      code: "feed-at-url",
      parameters: { url: "https://example.org/x", reason: "no complete answer within 15000 ms" },
      cause: { code: "no-complete-answer", parameters: { count: "15000" } },
    },
  ],
  [
    "https://example.org/x: something new",
    { code: "feed-at-url", parameters: { url: "https://example.org/x", reason: "something new" } },
  ],
  [
    "TLS: certificate has expired",
    {
      code: "certificate",
      parameters: { message: "certificate has expired" },
      cause: { code: "tls-expired", parameters: {} },
    },
  ],
  ["TLS: something of tomorrow", { code: "certificate", parameters: { message: "something of tomorrow" } }],
  ["gave up after 20 tries that did not end", { code: "stage-gave-up", parameters: { count: "20" } }],
  ["EPROTOTYPE: a: b", { code: "connection-error", parameters: { error: "EPROTOTYPE", message: "a: b" } }],
  [
    "the endpoint 7 is disabled (disabled by key:1): enable it first",
    {
      code: "endpoint-disabled",
      parameters: { name: "7", reason: "disabled by key:1" },
      cause: { code: "disabled-by", parameters: { name: "key:1" } },
    },
  ],
  ["Invalid input: expected string, received undefined", { code: "field-missing", parameters: { name: "string" } }],
  ["a sentence of tomorrow", null],
  ["", null],
])("«%s»", (told, coded) => {
  expect(codedReason(told)).toEqual(coded);
});
