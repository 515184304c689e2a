import { describe, expect, it } from "vitest";
import { stableId } from "../../../src/domain/alert/identity.ts";
import { foldStory } from "../../../src/domain/baseline/standings.ts";
import { figure, frame } from "../baseline/course.ts";

describe("an alert's id", () => {
  it("is the same for the same parts and no other", () => {
    expect(stableId("alt_", ["a", 1])).toBe(stableId("alt_", ["a", 1]));
    expect(stableId("alt_", ["a", 1])).not.toBe(stableId("alt_", ["a", 2]));
    expect(stableId("alt_", ["ab", "c"])).not.toBe(stableId("alt_", ["a", "bc"]));
    expect(stableId("alt_", ["a"])).toMatch(/^alt_[0-9a-z]{22}$/);
  });

  it("never clashes in many", () => {
    const ids = new Set(Array.from({ length: 50_000 }, (_, index) => stableId("alt_", ["story", "subject", index])));
    expect(ids.size).toBe(50_000);
  });

  it("does not depend on which item tells the number, nor on what stood before", () => {
    const told = (...values: number[]) =>
      foldStory(
        frame,
        values.map((value, day) => figure(`${16 + day}T08`, { value })),
      ).alerts.at(-1)?.id;
    expect(told(207)).toBe(told(135, 207));
  });

  it("tells a value that comes back from its first coming", () => {
    const captured = { event: "new", measure: "captured" } as const;
    const ids = foldStory(
      frame,
      [20, 3, 21, 4, 20].map((value, day) => figure(`${16 + day}T08`, { ...captured, value })),
    ).alerts.map((alert) => alert.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
