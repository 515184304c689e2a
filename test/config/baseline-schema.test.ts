import { describe, expect, it } from "vitest";
import { baselineSchema } from "../../src/config/baseline-schema.ts";
import { severitySchema } from "../../src/config/severity-schema.ts";
import { frame } from "../domain/baseline/course.ts";

const event = {
  id: "a",
  kind: "statement",
  gloss: { en: "a" },
  claims: [{ speaker: "s", side: "x", asOf: "2022-09-14", position: "p" }],
};
const file = (parts: object) => ({
  article: { source: "s", lang: "ar", published: "2022-09-15T00:00:00+04:00" },
  events: [event],
  ...parts,
});
const problems = (value: unknown) => baselineSchema.safeParse(value).error?.issues.map((issue) => issue.message) ?? [];

describe("the baseline of the first story", () => {
  it("holds every event of the article with speaker, day and gloss in two languages", () => {
    expect(frame.baseline.events).toHaveLength(21);
    for (const one of frame.baseline.events) {
      expect(Object.keys(one.gloss)).toEqual(["en", "ar"]);
      if (one.id !== "csto-mission") expect(one.claims.length).toBeGreaterThan(0);
    }
  });

  it("takes the figures of the article", () => {
    const values = frame.baseline.events.flatMap((one) => one.claims.flatMap((claim) => claim.figure?.value ?? []));
    expect(values).toEqual([105, 100, 100, 10, 40, 2]);
  });

  it("orders positions and knows which say the same", () => {
    const truce = frame.baseline.byId.get("ceasefire-14-september");
    expect(truce?.rank.get("announced")).toBeLessThan(truce?.rank.get("violated") ?? 0);
    expect(truce?.sameAsPosition.get("holding")).toBe("confirmed");
  });
});

describe("a mistake in a baseline", () => {
  it("is named: a claim without figure and position", () => {
    expect(
      problems(file({ events: [{ ...event, claims: [{ speaker: "s", side: "x", asOf: "2022-09-14" }] }] })),
    ).toEqual(["a claim needs a `figure` or a `position`"]);
  });

  it("is named: an id twice, an unknown id, a vague figure with a value", () => {
    expect(problems(file({ events: [event, event] }))).toEqual(["the id «a» stands twice"]);
    expect(problems(file({ events: [{ ...event, sameAs: "b" }] }))).toEqual(["no event has the id «b»"]);
    expect(problems(file({ discrepancies: [{ events: ["c"], note: "n" }] }))).toEqual(["no event has the id «c»"]);
    const figure = { measure: "killed", party: "armenia", civilian: false, value: 3, qualifier: "vague" };
    expect(problems(file({ events: [{ ...event, claims: [{ ...event.claims[0], figure }] }] }))[0]).toContain("vague");
  });
});

describe("a mistake in the severity rules", () => {
  it("is named: a last rule with conditions", () => {
    const { changes, severity } = frame;
    const rules = { changes, confidence: severity.confidence, severity: [{ severity: "high", kinds: ["figure.new"] }] };
    expect(severitySchema.safeParse(rules).error?.issues[0]?.message).toContain("no conditions");
  });
});
