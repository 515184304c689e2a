import { describe, expect, it } from "vitest";
import { foldStory } from "../../../src/domain/baseline/standings.ts";
import { alertsOf, figure, frame, statement } from "./course.ts";

const title = { fields: ["title"] } as const;

describe("a headline against its text", () => {
  it("is a discrepancy, told once, and the text counts", () => {
    const report = (item: string) => [
      figure("15T10", { value: 100, item, ...title }),
      figure("15T10", { value: 105, item, start: 30 }),
    ];
    expect(alertsOf(...report("a"), ...report("b"))).toEqual(["report.discrepancy armenian-deaths 100→105"]);
  });

  it("that rounds the text is none", () => {
    expect(
      alertsOf(
        figure("16T10", { value: 130, qualifier: "more_than", item: "a", ...title }),
        figure("16T10", { value: 135, item: "a", start: 30 }),
        figure("19T10", { value: 205, qualifier: "about", item: "b", ...title }),
        figure("19T10", { value: 207, item: "b", start: 30 }),
      ).filter((line) => line.startsWith("report")),
    ).toEqual([]);
  });

  it("of two speakers is none", () => {
    expect(
      alertsOf(
        figure("15T10", { value: 105, item: "a", ...title }),
        figure("15T10", { value: 300, item: "a", start: 30, side: "azerbaijan" }),
      ),
    ).toEqual(["figure.disputed armenian-deaths 105→300"]);
  });

  it("that the text gives too is none", () => {
    expect(
      alertsOf(
        figure("16T10", { value: 105, item: "a", fields: ["title", "text"] }),
        figure("16T10", { value: 135, item: "a", start: 30 }),
      ),
    ).toEqual(["figure.revised armenian-deaths 105→135"]);
  });

  it("in the caption of the reference article is none", () => {
    expect(
      alertsOf(figure("15T10", { value: 100, item: "a" }), figure("15T10", { value: 105, item: "a", start: 90 })),
    ).toEqual([]);
  });
});

describe("an edited item", () => {
  const page = { item: "page", page: "https://example.org/a" };

  it("is told when its number changed, beside the revision", () => {
    expect(
      alertsOf(figure("15T14", { ...page, value: 105 }), figure("16T11", { ...page, revision: 2, value: 135 })),
    ).toEqual(["item.edited armenian-deaths 105→135", "figure.revised armenian-deaths 105→135"]);
  });

  it("is told alone when the number is known from others", () => {
    expect(
      alertsOf(
        figure("15T14", { ...page, value: 105 }),
        figure("16T08", { value: 135 }),
        figure("16T11", { ...page, revision: 2, value: 135 }),
      ),
    ).toEqual(["figure.revised armenian-deaths 105→135", "item.edited armenian-deaths 105→135"]);
  });

  it("is quiet when only wording changed", () => {
    expect(
      alertsOf(
        figure("15T14", { ...page, value: 105 }),
        figure("15T16", { ...page, revision: 2, value: 105, qualifier: "at_least" }),
        figure("15T17", { ...page, revision: 3, value: 100, qualifier: "more_than" }),
      ),
    ).toEqual([]);
  });

  it("carries both wordings as evidence", () => {
    const folded = foldStory(frame, [
      figure("15T14", { ...page, value: 105 }),
      figure("16T11", { ...page, revision: 2, value: 135 }),
    ]);
    expect(folded.alerts[0]?.evidence.map((one) => one.revision)).toEqual([2, 1]);
  });

  it("is told when its position changed", () => {
    expect(
      alertsOf(
        statement("15T14", "martial-law", "armenia", "considers", page),
        statement("16T11", "martial-law", "armenia", "rejects", { ...page, revision: 2 }),
      ),
    ).toEqual(["item.edited martial-law considers→rejects", "statement.changed martial-law considers→rejects"]);
  });
});
