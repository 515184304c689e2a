import { describe, expect, it } from "vitest";
import { z } from "zod";
import { alertBodySchema, webhookBodySchema } from "../../../src/api/alert-body-schema.ts";
import type { Alert } from "../../../src/domain/alert/alert.ts";
import { alertBody, BODY_LIMIT } from "../../../src/domain/alert/envelope.ts";
import { foldStory } from "../../../src/domain/baseline/standings.ts";
import { figure, frame, statement } from "../baseline/course.ts";

const [alert] = foldStory(frame, [figure("16T08", { value: 135, qualifier: "at_least", speaker: "pashinyan" })])
  .alerts as [Alert];

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value), "utf8");

describe("the webhook body", () => {
  it("has the fields of the API document", () => {
    const body = alertBody(alert);
    expect(alertBodySchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      type: "figure.revised",
      timestamp: "2022-09-16T08:00:00.000Z",
      data: {
        story: "armenia-azerbaijan",
        event: "armenian-deaths",
        measure: "killed",
        party: "armenia",
        before: { value: 105, qualifier: "exact", speaker: "pashinyan", side: "armenia", asOf: "2022-09-14" },
        after: { value: 135, qualifier: "at_least", speaker: "pashinyan", side: "armenia" },
        baseline: { value: 105 },
        change: { direction: "up", step: 30, ratio: 0.286 },
        sources: 1,
      },
    });
  });

  it("of a statement has a topic and positions in place of numbers", () => {
    const changed = foldStory(frame, [statement("16T08", "martial-law", "armenia", "rejects")]).alerts[0] as Alert;
    const body = alertBody(changed);
    expect(alertBodySchema.parse(body)).toEqual(body);
    expect(body.data).toMatchObject({
      topic: "martial-law",
      measure: null,
      before: { position: "considers" },
      after: { position: "rejects" },
      change: { direction: "position", step: null, ratio: null },
    });
  });

  it("has a JSON Schema", () => {
    expect(z.toJSONSchema(webhookBodySchema)).toMatchObject({ oneOf: expect.any(Array) });
  });
});

describe("a body that would grow too large", () => {
  const long = (length: number) =>
    ({ ...alert.evidence[0], quote: "م".repeat(length), end: length }) as Alert["evidence"][0];

  it("keeps all fields and as much evidence as fits", () => {
    const body = alertBody({ ...alert, evidence: Array.from({ length: 60 }, () => long(400)) });
    expect(bytes(body)).toBeLessThan(BODY_LIMIT);
    expect(body.data.evidence.length).toBeGreaterThan(10);
    expect(alertBodySchema.safeParse(body).success).toBe(true);
  });

  it("shortens the only quote with its span rather than leave it out", () => {
    const body = alertBody({ ...alert, evidence: [long(50_000)] });
    expect(bytes(body)).toBeLessThan(BODY_LIMIT);
    const [first] = body.data.evidence;
    expect(first?.quote.length).toBe((first?.end ?? 0) - (first?.start ?? 0));
    expect(first?.quote.length).toBeGreaterThan(1000);
  });

  it("never cuts a character in half", () => {
    const evidence = [{ ...long(1), quote: "😀".repeat(20_000), end: 40_000 }];
    const quote = alertBody({ ...alert, evidence }).data.evidence[0]?.quote ?? "";
    expect(quote).toMatch(/^(😀)+$/u);
  });

  it("drops a link that alone is too long", () => {
    const body = alertBody({ ...alert, evidence: [{ ...long(3), url: `https://example.org/${"a".repeat(30_000)}` }] });
    expect(bytes(body)).toBeLessThan(BODY_LIMIT);
    expect(body.data.evidence[0]?.url).toBeNull();
  });
});
