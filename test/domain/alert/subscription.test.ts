import { describe, expect, it } from "vitest";
import { fitsFilters } from "../../../src/domain/alert/subscription.ts";

const alert = {
  story: "armenia-azerbaijan",
  kind: "figure.revised",
  event: "armenian-deaths",
  party: "armenia",
  severity: "high",
  confidence: 0.8,
  langs: ["ar", "en"],
  sources: ["World Wire"],
};

describe("fitsFilters", () => {
  it("lets everything through without filters", () => {
    expect(fitsFilters(alert, {})).toBe(true);
  });

  it.each([
    [{ kinds: ["figure.revised"] }, true],
    [{ kinds: ["figure.new"] }, false],
    [{ events: ["bodies-handover"] }, false],
    [{ parties: ["armenia"] }, true],
    [{ languages: ["ru", "ar"] }, true],
    [{ languages: ["ru"] }, false],
    [{ sources: ["World Wire"] }, true],
    [{ stories: ["another"] }, false],
    [{ minSeverity: "high" as const }, true],
    [{ minSeverity: "critical" as const }, false],
    [{ minConfidence: 0.9 }, false],
    [{ kinds: ["figure.revised"], languages: ["ru"] }, false],
  ])("judges %o", (filters, fits) => {
    expect(fitsFilters(alert, filters)).toBe(fits);
  });

  it("keeps alerts about the service from those who ask for a story", () => {
    const operational = { ...alert, story: null, event: null, party: null, kind: "feed.failing" };
    expect(fitsFilters(operational, { stories: ["armenia-azerbaijan"] })).toBe(false);
    expect(fitsFilters(operational, { kinds: ["feed.failing"] })).toBe(true);
  });
});
