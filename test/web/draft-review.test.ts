import { describe, expect, test } from "vitest";
import type { BaselineDraft } from "../../src/domain/baseline/draft.ts";
import {
  type Decision,
  type Decisions,
  headOf,
  isOpen,
  type PresentBaseline,
  resultOf,
  unitsOf,
  withAt,
} from "../../src/web/pages/baseline/draft-review.ts";

const claim = (value: number) => ({
  speaker: "armenia",
  side: "armenia",
  asOf: "2022-09-14",
  figure: { measure: "killed", party: "armenia", civilian: false, value, qualifier: "exact" } as const,
  quote: `${value} soldiers`,
  field: "text" as const,
  start: 0,
  end: 11,
  review: "in the text",
});
const event = (id: string, ...claims: ReturnType<typeof claim>[]) => ({
  id,
  kind: "figure" as const,
  gloss: { en: id },
  review: "an event",
  claims,
});
const DRAFT: BaselineDraft = {
  article: { source: "unknown", lang: "en", published: null, note: "", review: "name the source" },
  events: [event("new-one", claim(5)), event("known", claim(92), claim(80))],
  discrepancies: [{ events: ["known", "new-one"], note: "differ", review: "say which" }],
  background: [{ id: "B1", gloss: "history", review: "say what" }],
};
const PRESENT: PresentBaseline = {
  events: [{ id: "known" }, { id: "silent", gloss: { en: "Silent" } }],
  background: [{ id: "B1", gloss: "old" }],
};
const all = (decision: Decision): Decisions =>
  Object.fromEntries(unitsOf(DRAFT, PRESENT).map(({ key }) => [key, decision]));
const result = (decisions: Decisions, keepQuotes = true) =>
  resultOf({ draft: DRAFT, decisions, present: PRESENT, keepQuotes }) as {
    article: { review?: string };
    events: { id: string; review?: string; claims: { review?: string; quote?: string; figure: { value: number } }[] }[];
    discrepancies?: { events: string[] }[];
    background?: { gloss: string }[];
  };

describe("the review of a draft", () => {
  test("asks for every part, and for what the file before has besides", () => {
    expect(unitsOf(DRAFT, PRESENT).map(({ key }) => key)).toEqual([
      "article",
      "events.0",
      "events.0.claims.0",
      "events.1",
      "events.1.claims.0",
      "events.1.claims.1",
      "discrepancies.0",
      "background.0",
      "kept.silent",
      "kept:background",
    ]);
  });

  test("leaves the mark on everything that nobody decided on", () => {
    const { article, events } = result({});
    expect(article.review).toBeTruthy();
    expect(events.every(({ review, claims }) => review && claims.every((one) => one.review))).toBe(true);
  });

  test("takes the marks from what was accepted, and keeps the order of the file before", () => {
    const accepted = result(all("accepted"));
    expect(JSON.stringify(accepted)).not.toContain("review");
    expect(accepted.events.map(({ id }) => id)).toEqual(["known", "silent", "new-one"]);
    expect(accepted.background?.map(({ gloss }) => gloss)).toEqual(["old", "history"]);
    expect(accepted.events[0]?.claims[0]?.quote).toBe("92 soldiers");
    expect(JSON.stringify(result(all("accepted"), false))).not.toContain("92 soldiers");
  });

  test("leaves out what was dropped, its claims and what names it", () => {
    const dropped = result({ ...all("accepted"), "events.0": "dropped", "events.1.claims.1": "dropped" });
    expect(dropped.events.map(({ id, claims }) => [id, claims?.length])).toEqual([
      ["known", 1],
      ["silent", undefined],
    ]);
    expect(dropped.discrepancies).toMatchObject([{ events: ["known"] }]);
    const units = unitsOf(DRAFT, PRESENT);
    const open = units.filter((unit) => isOpen(unit, { "events.0": "dropped" })).map(({ key }) => key);
    expect(open).not.toContain("events.0.claims.0");
    expect(open).toContain("events.1.claims.0");
  });

  test("nothing is left of what is dropped altogether", () => {
    const nothing = result(all("dropped"));
    expect([nothing.events, nothing.discrepancies, nothing.background]).toEqual([[], undefined, undefined]);
  });
});

test("what stands above the file before stays above the new one, with one note", () => {
  const first = headOf("# What it is\n#\n# more\n\narticle: {}\n", "Drawn");
  expect(first).toBe("What it is\n\nmore\nDrawn");
  const commented = `${first
    .split("\n")
    .map((line) => `# ${line}`)
    .join("\n")}\n\narticle: {}`;
  expect(headOf(commented, "Drawn")).toBe(first);
  expect(headOf(null, "Drawn")).toBe("Drawn");
});

test("a correction changes one place and leaves the draft as it was", () => {
  const corrected = withAt(DRAFT, "events.0.claims.0.figure.value", 7);
  expect(corrected.events[0]?.claims[0]?.figure?.value).toBe(7);
  expect(DRAFT.events[0]?.claims[0]?.figure?.value).toBe(5);
  expect(withAt(DRAFT, "article.note", undefined).article).not.toHaveProperty("note");
});
