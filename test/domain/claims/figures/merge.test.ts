import { expect, test } from "vitest";
import type { Figure } from "../../../../src/domain/claims/claim.ts";
import { mergeFigures } from "../../../../src/domain/claims/figures/merge.ts";

function figure(value: number | null, more: Partial<Figure> = {}): Figure {
  return {
    event: "new",
    measure: "killed",
    party: "both",
    civilian: false,
    value,
    qualifier: "exact",
    role: "current",
    speaker: "-",
    side: "media",
    quote: `${value}`,
    field: "text",
    start: value ?? 0,
    end: (value ?? 0) + 2,
    ...more,
  };
}

test("a figure repeated in headline and text is one figure with the text's words", () => {
  const merged = mergeFigures([figure(64, { field: "title" }), figure(64, { qualifier: "at_least" })]);
  expect(merged).toHaveLength(1);
  expect(merged[0]).toMatchObject({ field: "text", qualifier: "at_least" });
  expect(merged[0]!.spans).toEqual([{ quote: "64", field: "title", start: 64, end: 66 }]);
});

test("parties, measures and values keep figures apart", () => {
  const merged = mergeFigures([
    figure(64),
    figure(64, { party: "armenia" }),
    figure(64, { measure: "wounded" }),
    figure(65),
  ]);
  expect(merged).toHaveLength(4);
});

test("an unmarked rounding beside the exact value is about that", () => {
  const merged = mergeFigures([figure(50, { field: "title" }), figure(49)]);
  expect(merged.map(({ value, qualifier }) => [value, qualifier])).toEqual([
    [50, "about"],
    [49, "exact"],
  ]);
});

test("two round values that differ more contradict each other", () => {
  const merged = mergeFigures([figure(100, { field: "title" }), figure(105)]);
  expect(merged.every(({ qualifier }) => qualifier === "exact")).toBe(true);
});

test("a marked rounding of an exact value is a mention of it", () => {
  const merged = mergeFigures([figure(300, { field: "title", qualifier: "more_than" }), figure(303)]);
  expect(merged.map(({ value }) => value)).toEqual([303]);
  expect(merged[0]!.spans).toHaveLength(1);
});

test("a marked rounding on the wrong side of the exact value stays", () => {
  expect(mergeFigures([figure(300, { qualifier: "more_than" }), figure(297)])).toHaveLength(2);
});
