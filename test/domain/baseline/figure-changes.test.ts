import { describe, expect, it } from "vitest";
import { foldStory } from "../../../src/domain/baseline/standings.ts";
import { alertsOf, azKilled, bodies, figure, frame } from "./course.ts";

describe("a higher number of the same side", () => {
  it("revises the baseline, step by step", () => {
    expect(alertsOf(figure("16T08", { value: 135, qualifier: "at_least" }), figure("19T12", { value: 207 }))).toEqual([
      "figure.revised armenian-deaths 105→135",
      "figure.revised armenian-deaths 135→207",
    ]);
  });

  it("is told once, however many items repeat it", () => {
    const many = [8, 9, 10, 11].map((hour) => figure(`16T${String(hour).padStart(2, "0")}`, { value: 135 }));
    expect(alertsOf(...many)).toEqual(["figure.revised armenian-deaths 105→135"]);
  });

  it("is not told from an item older than the reference article", () => {
    expect(alertsOf(figure("13T08", { value: 49 }), figure("14T10", { value: 120 }))).toEqual([]);
  });

  it("is told even when the item is of another year but speaks of the event", () => {
    expect(alertsOf(figure("2023-04-10T09:00:00Z", { value: 222 }))).toEqual([
      "figure.revised armenian-deaths 105→222",
    ]);
  });

  it("of a side that quotes an exact count after a rounded one is no second alert", () => {
    expect(alertsOf(figure("19T10", { value: 200, qualifier: "more_than" }), figure("19T12", { value: 207 }))).toEqual([
      "figure.revised armenian-deaths 105→200",
    ]);
  });
});

describe("what repeats the baseline", () => {
  it.each([
    [105, "exact"],
    [105, "at_least"],
    [100, "more_than"],
    [110, "about"],
    [110, "nearly"],
    [100, "exact"],
    [null, "vague"],
  ] as const)("%s (%s) is quiet", (value, qualifier) => {
    expect(
      alertsOf(figure("15T10", { value, qualifier }), figure("17T10", { value, qualifier, side: "media" })),
    ).toEqual([]);
  });

  it("45 instead of 40 km² of May 2021 is quiet", () => {
    const area = { event: "area-may-2021", measure: "area_km2" } as const;
    expect(alertsOf(figure("16T10", { ...area, value: 40 }), figure("16T11", { ...area, value: 45 }))).toEqual([]);
  });

  it("the offer of bodies flat, up to or about 100 is one offer", () => {
    const offer = { ...bodies, stage: "offered" };
    expect(
      alertsOf(
        figure("15T09", { ...offer, value: 100 }),
        figure("15T10", { ...offer, value: 100, qualifier: "nearly" }),
        figure("15T11", { ...offer, value: 100, qualifier: "about", side: "media" }),
      ),
    ).toEqual([]);
  });
});

describe("a lower number", () => {
  it("that stood before is stale", () => {
    expect(alertsOf(figure("16T08", { value: 135 }), figure("17T17", { value: 105 }))).toHaveLength(1);
  });

  it("that is vague is stale", () => {
    const later = figure("19T14", { value: 100, qualifier: "more_than", side: "media" });
    expect(alertsOf(figure("16T08", { value: 135 }), later)).toHaveLength(1);
  });

  it("that nobody corrects is passed over, however new", () => {
    expect(alertsOf(figure("16T08", { value: 135 }), figure("20T08", { value: 128 }))).toHaveLength(1);
  });

  it("with words of correction is a revision", () => {
    expect(alertsOf(figure("16T08", { value: 135 }), figure("17T08", { value: 131, correction: true }))).toEqual([
      "figure.revised armenian-deaths 105→135",
      "figure.revised armenian-deaths 135→131",
    ]);
  });

  it("asserted on a newer day is a revision", () => {
    const newer = figure("18T08", { value: 131, asserted: "2022-09-18T07:00:00Z" });
    expect(alertsOf(figure("16T08", { value: 135 }), newer).at(-1)).toBe("figure.revised armenian-deaths 135→131");
  });

  it("of wounded, missing, captured and displaced may fall later", () => {
    const wounded = { event: "new", measure: "wounded", civilian: true } as const;
    expect(alertsOf(figure("16T10", { ...wounded, value: 6 }), figure("19T12", { ...wounded, value: 3 }))).toEqual([
      "figure.new new –→6",
      "figure.revised new 6→3",
    ]);
  });

  it("of wounded at the same time, or one that stood before, is stale", () => {
    const wounded = { event: "new", measure: "wounded", civilian: true } as const;
    expect(
      alertsOf(
        figure("14T14", { ...wounded, value: 4 }),
        figure("16T10", { ...wounded, value: 6 }),
        figure("16T15", { ...wounded, value: 5 }),
        figure("18T15", { ...wounded, value: 4 }),
        figure("18T16", { ...wounded, value: 5 }),
      ),
    ).toEqual(["figure.new new –→4", "figure.revised new 4→6"]);
  });
});

describe("a key that the baseline lacks", () => {
  it("is new at first and revised after", () => {
    expect(
      alertsOf(
        figure("13T17", { ...azKilled, value: 50 }),
        figure("15T08", { ...azKilled, value: 71 }),
        figure("16T12", { ...azKilled, value: 77 }),
        figure("17T16", { ...azKilled, value: 79 }),
      ),
    ).toEqual([
      "figure.new new –→50",
      "figure.revised new 50→71",
      "figure.revised new 71→77",
      "figure.revised new 77→79",
    ]);
  });

  it("keeps civilians and soldiers apart", () => {
    expect(alertsOf(figure("16T14", { value: 1, event: "new", civilian: true }))).toEqual(["figure.new new –→1"]);
  });

  it("is quiet outside the story's window", () => {
    expect(
      alertsOf(
        figure("2023-09-27T10:00:00Z", { ...azKilled, value: 192 }),
        figure("2022-10-14T10:00:00Z", { ...azKilled, value: 8, happened: "2023-01-02" }),
        figure("2022-03-01T10:00:00Z", { ...azKilled, value: 3 }),
      ),
    ).toEqual([]);
  });

  it("is told when its stretch began before the window and reaches into it", () => {
    const thisWeek = figure("16T08", { ...azKilled, value: 77, happened: "2022-09-09" });
    expect(alertsOf(thisWeek)).toEqual(["figure.new new –→77"]);
  });

  it("begins a count of its own for a later happening", () => {
    expect(
      alertsOf(
        figure("17T16", { ...azKilled, value: 79 }),
        figure("28T16", { ...azKilled, value: 1, happened: "2022-09-28" }),
        figure("28T18", { ...azKilled, value: 1, happened: "2022-09-28" }),
      ),
    ).toEqual(["figure.new new –→79", "figure.new new –→1"]);
  });

  it("does not begin one where a known number is dated by its report", () => {
    expect(
      alertsOf(
        figure("15T16", { ...azKilled, value: 71 }),
        figure("17T16", { ...azKilled, value: 79 }),
        figure("19T16", { ...azKilled, value: 71, happened: "2022-09-19" }),
      ),
    ).toHaveLength(2);
  });
});

describe("roles that never revise", () => {
  it.each(["combined", "component", "previous", "background"] as const)("%s", (role) => {
    expect(alertsOf(figure("16T08", { value: 300, role }))).toEqual([]);
  });

  it("sums of both sides", () => {
    const both = [155, 176, 206, 300].map((value, day) =>
      figure(`1${4 + day}T10`, { value, event: "new", party: "both", side: "media" }),
    );
    expect(alertsOf(...both)).toEqual([]);
  });
});

describe("steps in place of totals", () => {
  const handed = { ...bodies, stage: "handed-over" };

  it("another 95 after 32 makes 127", () => {
    const folded = foldStory(frame, [
      figure("17T14", { ...handed, value: 32 }),
      figure("20T11", { ...handed, value: 95, role: "increment" }),
    ]);
    expect(folded.alerts.map((alert) => alert.after)).toMatchObject([
      { value: 32, position: "handed-over" },
      { value: 127, increment: 95, position: "handed-over" },
    ]);
    expect(folded.alerts.map((alert) => alert.kind)).toEqual(["figure.new", "figure.revised"]);
  });

  it("is counted once, whoever repeats it", () => {
    expect(
      alertsOf(
        figure("17T14", { ...handed, value: 32 }),
        figure("20T11", { ...handed, value: 95, role: "increment" }),
        figure("20T12", { ...handed, value: 95, role: "increment" }),
        figure("20T13", { ...handed, value: 127 }),
        figure("21T09", { ...handed, value: 95, role: "increment", side: "armenia" }),
      ),
    ).toEqual(["figure.new bodies-handover –→32", "figure.revised bodies-handover 32→127"]);
  });

  it("is not added to a total that holds it already", () => {
    expect(
      alertsOf(
        figure("13T17", { ...azKilled, value: 50 }),
        figure("15T08", { ...azKilled, value: 71 }),
        figure("15T09", { ...azKilled, value: 21, role: "increment" }),
      ),
    ).toHaveLength(2);
  });

  it("79 more where 77 stood is the total", () => {
    expect(
      alertsOf(
        figure("16T12", { ...azKilled, value: 77 }),
        figure("17T16", { ...azKilled, value: 79, role: "increment" }),
      ).at(-1),
    ).toBe("figure.revised new 77→79");
  });

  it("takes the total where the report gives both", () => {
    const both = [
      figure("15T08", { ...azKilled, value: 21, role: "increment", item: "both" }),
      figure("15T08", { ...azKilled, value: 71, item: "both" }),
    ];
    const folded = foldStory(frame, [figure("13T17", { ...azKilled, value: 50 }), ...both]);
    expect(folded.alerts.at(-1)?.after).toMatchObject({ value: 71, increment: 21 });
  });

  it("is not added to what was only offered", () => {
    expect(alertsOf(figure("20T11", { ...bodies, value: 95, role: "increment" }))).toEqual([
      "figure.new bodies-handover –→95",
    ]);
  });

  it("bodies without a word of which count go to the count that they fit", () => {
    expect(
      alertsOf(
        figure("17T14", { ...handed, value: 32 }),
        figure("17T15", { ...bodies, value: 32 }),
        figure("17T16", { ...bodies, value: 100 }),
        figure("20T16", { ...bodies, value: 127 }),
      ),
    ).toEqual(["figure.new bodies-handover –→32", "figure.revised bodies-handover 32→127"]);
  });
});
