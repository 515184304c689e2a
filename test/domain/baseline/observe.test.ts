import { describe, expect, it } from "vitest";
import { observationsOf } from "../../../src/domain/baseline/observe.ts";
import type { Figure, Statement } from "../../../src/domain/claims/claim.ts";
import { frame } from "./course.ts";

const origin = {
  item: "i1",
  revision: 2,
  page: "https://example.org/1",
  cluster: "c1",
  source: "Test Wire",
  tier: 1,
  lang: "en",
  published: "2022-09-17T14:00:00Z",
  url: "https://example.org/1",
} as const;

const figure = (parts: Partial<Figure>): Figure => ({
  event: "armenian-deaths",
  measure: "killed",
  party: "armenia",
  civilian: false,
  value: 105,
  qualifier: "exact",
  role: "current",
  speaker: "pashinyan",
  side: "armenia",
  quote: "105",
  field: "text",
  start: 10,
  end: 13,
  ...parts,
});
const statement = (parts: Partial<Statement>): Statement => ({
  event: "bodies-handover",
  topic: "bodies-handover",
  position: "handed-over",
  speaker: "azerbaijan",
  side: "azerbaijan",
  quote: "handed over",
  field: "text",
  start: 40,
  end: 51,
  ...parts,
});
const observe = (figures: Figure[], statements: Statement[] = []) =>
  observationsOf({ figures, statements }, origin, frame.baseline);

describe("observations of an item", () => {
  it("carry the words, the place and the origin", () => {
    expect(observe([figure({})])).toMatchObject([
      {
        id: "i1:2:0",
        kind: "figure",
        event: "armenian-deaths",
        quote: "105",
        start: 10,
        cluster: "c1",
        tier: 1,
        asserted: null,
      },
    ]);
  });

  it("leave out background, other stories and what cannot be told apart", () => {
    const figures = [
      figure({ event: "background" }),
      figure({ event: null }),
      figure({ role: "background" }),
      figure({ event: "new", measure: "other" }),
      figure({ event: "new", party: "other" }),
    ];
    expect(observe(figures)).toEqual([]);
  });

  it("count a row that repeats another with that one", () => {
    expect(observe([figure({ event: "armenian-deaths-caption" })])[0]?.event).toBe("armenian-deaths");
  });

  it("hold a figure new where event and measure do not belong together", () => {
    expect(observe([figure({ measure: "wounded" })])[0]).toMatchObject({
      event: "new",
      subject: "figure|new|wounded|armenia|military",
    });
    expect(observe([figure({ civilian: true })])[0]).toMatchObject({ event: "new" });
  });

  it("give bodies the position that is said nearest to them", () => {
    const bodies = { event: "bodies-handover", measure: "bodies", side: "azerbaijan" } as const;
    const seen = observe(
      [figure({ ...bodies, value: 100, start: 0, end: 3 }), figure({ ...bodies, value: 32, start: 200, end: 202 })],
      [statement({ position: "offered", start: 5, end: 12 }), statement({ start: 180, end: 191 })],
    );
    expect(seen.map((one) => (one.kind === "figure" ? one.stage : one.counted))).toEqual([
      "offered",
      "handed-over",
      true,
      true,
    ]);
  });

  it("leave the position open where none is said", () => {
    const [bodies] = observe([figure({ event: "bodies-handover", measure: "bodies", value: 32 })]);
    expect(bodies).toMatchObject({ stage: null });
  });

  it("give a statement of both sides to each", () => {
    const seen = observe(
      [],
      [statement({ event: "ceasefire-13-september", topic: "x", side: "both", position: "unconfirmed" })],
    );
    expect(seen.map((one) => one.side)).toEqual(["armenia", "azerbaijan"]);
    expect(new Set(seen.map((one) => one.id)).size).toBe(2);
  });

  it("keep topics outside the baseline apart", () => {
    const seen = observe([], [statement({ event: null, topic: "peace-document" })]);
    expect(seen[0]).toMatchObject({ event: "new", subject: "statement|new|peace-document" });
  });

  it("know the fields in which a figure stands", () => {
    const spans = [{ quote: "105", field: "text", start: 4, end: 7 }] as const;
    expect(observe([figure({ field: "title", spans })])[0]).toMatchObject({ fields: ["title", "text"] });
  });
});
