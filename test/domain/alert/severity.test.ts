import { describe, expect, it } from "vitest";
import { confidenceOf, severityOf, type Weight } from "../../../src/domain/alert/severity.ts";
import { foldStory } from "../../../src/domain/baseline/standings.ts";
import { azKilled, figure, frame, statement } from "../baseline/course.ts";

const weight: Weight = {
  kind: "figure.revised",
  event: "armenian-deaths",
  measure: "killed",
  civilian: false,
  position: null,
  voice: "own",
  side: "armenia",
  change: { direction: "up", step: 30, ratio: 0.286 },
  sources: 1,
  tier: 1,
  outlier: false,
  titleOnly: false,
  rounded: false,
};

const severity = (parts: Partial<Weight>) => severityOf({ ...weight, ...parts }, frame.severity);
const confidence = (parts: Partial<Weight>) => confidenceOf({ ...weight, ...parts }, frame.severity);
const step = (size: number, ratio: number) => ({ change: { direction: "up", step: size, ratio } }) as const;

describe("severity", () => {
  it("grows with the step", () => {
    expect(severity(step(72, 0.53))).toBe("critical");
    expect(severity(step(30, 0.286))).toBe("high");
    expect(severity(step(2, 0.026))).toBe("medium");
  });

  it("counts small steps by their share", () => {
    expect(severity({ ...step(5, 0.5), event: "new" })).toBe("high");
  });

  it("is low for a jump of one weak source, however large", () => {
    expect(severity({ ...step(500, 5), outlier: true })).toBe("low");
  });

  it("depends on who speaks and of what", () => {
    const [un, side] = ["un", "azerbaijan"].map(
      (one) => foldStory(frame, [statement("16T08", "ceasefire-14-september", one, "welcomed")]).alerts[0]?.severity,
    );
    expect(un).toBe("low");
    expect(side).toBe("high");
  });
});

describe("confidence", () => {
  it("falls with the tier and rises with independent sources", () => {
    expect(confidence({ tier: 1 })).toBeGreaterThan(confidence({ tier: 2 }));
    expect(confidence({ tier: 2 })).toBeGreaterThan(confidence({ tier: 3 }));
    expect(confidence({ sources: 3 })).toBeGreaterThan(confidence({ sources: 1 }));
    expect(confidence({ sources: 9 })).toBe(confidence({ sources: 3 }));
  });

  it("is less for numbers of nobody named, of headlines alone, and rounded", () => {
    for (const less of [{ voice: "unnamed" }, { titleOnly: true }, { rounded: true }] as const)
      expect(confidence(less)).toBeLessThan(confidence({}));
  });

  it("stays within its bounds", () => {
    expect(confidence({ tier: 1, sources: 20 })).toBeLessThanOrEqual(0.99);
    expect(confidence({ tier: 3, voice: "unnamed", titleOnly: true, rounded: true })).toBeGreaterThanOrEqual(0.05);
    expect(confidence({ outlier: true })).toBeLessThanOrEqual(0.25);
  });

  it("counts copies of one report once", () => {
    const at = (hour: string, cluster: string) => figure(hour, { ...azKilled, value: 80, cluster });
    const start = figure("17T16", { ...azKilled, value: 79 });
    const told = foldStory(frame, [start, at("21T10", "a"), at("21T11", "a"), at("21T12", "b")]).alerts.at(-1);
    expect(told?.sources).toBe(2);
  });
});
