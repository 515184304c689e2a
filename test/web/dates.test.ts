import { describe, expect, it } from "vitest";
import { dateText } from "../../src/web/words/dates.ts";

describe("a time as pages show it", () => {
  it("has no year where it is of this one", () => {
    const now = new Date();
    for (const language of ["en", "ar"] as const)
      expect(dateText(language, now, "time")).not.toContain(String(now.getFullYear()));
  });

  it("has its year where it is of another, so that an old report is not taken for one of today", () => {
    for (const language of ["en", "ar"] as const)
      expect(dateText(language, new Date("2022-09-16T08:10:00Z"), "time")).toContain("2022");
  });
});
