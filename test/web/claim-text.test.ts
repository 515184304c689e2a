import { describe, expect, it } from "vitest";
import { headlineOf, headlineText, type Told } from "../../src/web/parts/claims/alert-headline.ts";
import { claimText } from "../../src/web/parts/claims/claim-text.ts";

const names = { title: null, entity: (id: string) => id, position: (id: string) => id, topic: (id: string) => id };

function told(type: string): Told {
  const side = { speaker: "armenia", side: "armenia", asOf: "2022-09-15" };
  return {
    type,
    data: {
      ...{ alert: "alt_1", story: "one", event: "armenian-deaths", topic: null },
      ...{ measure: "killed", party: "armenia", civilian: false },
      before: { ...side, value: 100, qualifier: "exact" },
      after: { ...side, value: 105, qualifier: "exact" },
    },
  } as unknown as Told;
}

describe("an alert's headline", () => {
  it("shows a change with an arrow", () => {
    expect(headlineText(headlineOf(told("figure.revised"), "en", names), "en")).toContain("100 → 105");
  });

  it("does not show a report that contradicts itself as a change", () => {
    expect(headlineText(headlineOf(told("report.discrepancy"), "en", names), "en")).toContain("100 ≠ 105");
  });
});

describe("a claim in words", () => {
  it("tells what an area is counted in, and nothing of people", () => {
    const area = { value: 10, qualifier: "about" };
    expect(claimText("en", { ...area, measure: "area_km2" }, names)).toBe("about 10 km²");
    expect(claimText("en", { ...area, measure: "killed" }, names)).toBe("about 10");
  });
});
