import { describe, expect, it } from "vitest";
import type { Observation } from "../../../src/domain/baseline/observation.ts";
import { foldStory } from "../../../src/domain/baseline/standings.ts";
import { azKilled, bodies, figure, frame, line, statement } from "./course.ts";

const unnamed = { side: "media" } as const;
const sum = { event: "new", measure: "killed", party: "both", side: "media", role: "combined" } as const;
const truce = "ceasefire-14-september";
const earlierTruce = "ceasefire-13-september";

/** What was reported of the story from 13 to 23 September 2022, by day. */
const course: Observation[] = [
  // 13 September
  figure("13T07", { value: 49, qualifier: "at_least", speaker: "pashinyan" }),
  figure("13T08", { value: 50, qualifier: "about", ...unnamed }),
  statement("13T07", earlierTruce, "russia", "announced"),
  statement("13T08", earlierTruce, "armenia", "unconfirmed"),
  statement("13T16", earlierTruce, "us", "violated"),
  statement("13T17", earlierTruce, "azerbaijan", "violated"),
  statement("13T09", "csto-request", "armenia", "requested"),
  statement("13T12", "unsc-session", "un", "planned"),
  statement("13T13", "turkey-support", "turkey", "supports"),
  statement("13T19", "csto-mission", "csto", "sends-mission"),
  figure("13T18", { ...azKilled, value: 50 }),
  figure("13T18", { event: "new", measure: "wounded", civilian: true, value: 3 }),
  figure("13T19", { ...sum, value: 99, qualifier: "at_least" }),
  // 14 September
  figure("14T13", { value: 105 }),
  figure("14T14", { value: 105, qualifier: "at_least", ...unnamed }),
  figure("14T14", { ...bodies, stage: "offered", value: 100, qualifier: "about" }),
  statement("14T14", truce, "azerbaijan", "called-for"),
  figure("14T13", { event: "area-september-2022", measure: "area_km2", value: 10 }),
  figure("14T13", { event: "area-may-2021", measure: "area_km2", value: 40 }),
  statement("14T13", "csto-request", "armenia", "requested"),
  statement("14T13", "martial-law", "armenia", "considers"),
  statement("14T15", "martial-law", "armenia", "rejects"),
  statement("14T16", truce, "armenia", "announced"),
  statement("14T18", "us-position", "us", "no-military-solution"),
  figure("14T15", { event: "new", measure: "wounded", civilian: true, value: 4 }),
  figure("14T15", { event: "new", measure: "displaced", civilian: true, value: 2570, qualifier: "at_least" }),
  figure("14T18", { ...sum, value: 155 }),
  figure("14T19", { ...azKilled, value: 2900, event: "new", role: "background" }),
  // 15 September
  figure("15T06", { value: 100, item: "reference" }),
  figure("15T06", { value: 105, item: "reference", start: 90 }),
  figure("15T10", { value: 200, qualifier: "more_than", tier: 3, ...unnamed }),
  figure("15T08", { ...azKilled, value: 71 }),
  figure("15T09", { ...azKilled, value: 50, role: "previous", item: "raise" }),
  figure("15T09", { ...azKilled, value: 71, item: "raise", start: 40 }),
  statement("15T06", truce, "armenia", "holding"),
  statement("15T09", truce, "azerbaijan", "unconfirmed"),
  statement("15T10", truce, "azerbaijan", "called-for"),
  statement("15T10", truce, "un", "welcomed"),
  statement("15T11", "csto-troops", "csto", "declines"),
  statement("15T12", "putin-aliyev-meeting", "russia", "planned"),
  statement("15T13", "erdogan-position", "turkey", "condemns"),
  statement("15T19", "unsc-session", "un", "held"),
  figure("15T18", { ...sum, value: 176, qualifier: "at_least" }),
  // 16 September
  figure("16T08", { value: 135, qualifier: "at_least" }),
  figure("16T09", { value: 135, ...unnamed }),
  figure("16T12", { ...azKilled, value: 77 }),
  statement("16T08", "martial-law", "armenia", "rejects"),
  statement("16T09", truce, "armenia", "announced"),
  statement("16T13", truce, "azerbaijan", "confirmed"),
  statement("16T13", "putin-aliyev-meeting", "russia", "held"),
  statement("16T14", "csto-request", "armenia", "unmet"),
  figure("16T14", { event: "new", measure: "killed", civilian: true, value: 1 }),
  figure("16T14", { event: "new", measure: "wounded", civilian: true, value: 6 }),
  figure("16T16", { ...sum, value: 206, qualifier: "at_least" }),
  figure("16T16", { ...sum, value: 200, qualifier: "more_than", event: "new" }),
  // 17 to 19 September
  figure("17T14", { ...bodies, stage: "handed-over", value: 32, item: "hand" }),
  statement("17T14", "bodies-handover", "azerbaijan", "handed-over", { item: "hand", counted: true }),
  figure("17T19", { ...bodies, side: "armenia", stage: "handed-over", value: 32 }),
  figure("17T16", { ...azKilled, value: 79 }),
  figure("17T17", { ...azKilled, value: 79, role: "increment" }),
  figure("17T16", { event: "new", measure: "wounded", party: "azerbaijan", value: 282 }),
  figure("17T17", { value: 105 }),
  figure("17T18", { ...azKilled, ...unnamed, value: 80, qualifier: "nearly" }),
  statement("18T10", truce, "armenia", "holding"),
  figure("19T09", { value: 100, qualifier: "more_than", ...unnamed }),
  figure("19T12", { value: 207 }),
  figure("19T12", { event: "new", measure: "wounded", value: 293 }),
  figure("19T12", { event: "new", measure: "captured", value: 20 }),
  figure("19T12", { event: "new", measure: "missing", civilian: true, value: 2 }),
  figure("19T12", { event: "new", measure: "killed", civilian: true, value: 3 }),
  figure("19T12", { event: "new", measure: "wounded", civilian: true, value: 3 }),
  figure("19T14", { ...sum, value: 300, qualifier: "nearly" }),
  // 20 to 23 September, and much later
  figure("20T11", { ...bodies, stage: "handed-over", value: 95, role: "increment" }),
  figure("20T12", { ...bodies, stage: "handed-over", value: 95, role: "increment", ...unnamed }),
  figure("23T10", { ...azKilled, value: 71 }),
  statement("23T09", truce, "armenia", "violated"),
  statement("23T10", truce, "azerbaijan", "violated"),
  figure("2023-09-27T10:00:00Z", { ...azKilled, value: 192 }),
];

const folded = foldStory(frame, course);
const lines = folded.alerts.map(line);
const of = (start: string) => lines.filter((one) => one.includes(start));

describe("the course of September 2022", () => {
  it("raises exactly what departs from the baseline", () => {
    expect([...lines].sort()).toEqual(
      [
        "figure.revised armenian-deaths 105→200",
        "figure.revised armenian-deaths 105→135",
        "alert.withdrawn armenian-deaths 200→135",
        "figure.revised armenian-deaths 135→207",
        "figure.new new –→50",
        "figure.revised new 50→71",
        "figure.revised new 71→77",
        "figure.revised new 77→79",
        "figure.new bodies-handover –→32",
        "figure.revised bodies-handover 32→127",
        "figure.new new –→282",
        "figure.new new –→293",
        "figure.new new –→20",
        "figure.new new –→2",
        "figure.new new –→2570",
        "figure.new new –→1",
        "figure.revised new 1→3",
        "figure.new new –→3",
        "figure.revised new 3→4",
        "figure.revised new 4→6",
        `statement.changed ${truce} announced→holding`,
        `statement.changed ${truce} called-for→unconfirmed`,
        `statement.changed ${truce} unconfirmed→confirmed`,
        `statement.new ${truce} –→welcomed`,
        `statement.changed ${truce} holding→violated`,
        `statement.changed ${truce} confirmed→violated`,
        "statement.new csto-mission –→sends-mission",
        "statement.changed unsc-session planned→held",
        "statement.changed putin-aliyev-meeting planned→held",
        "statement.changed martial-law considers→rejects",
        "statement.changed csto-request requested→unmet",
      ].sort(),
    );
  });

  it("takes the toll from 105 over 135 to 207", () => {
    expect(of("armenian-deaths").filter((one) => !one.includes("200"))).toEqual([
      "figure.revised armenian-deaths 105→135",
      "figure.revised armenian-deaths 135→207",
    ]);
  });

  it("takes the truce from announced over silence and confirmation to violated", () => {
    expect(of(truce).filter((one) => !one.includes("welcomed"))).toEqual([
      `statement.changed ${truce} announced→holding`,
      `statement.changed ${truce} called-for→unconfirmed`,
      `statement.changed ${truce} unconfirmed→confirmed`,
      `statement.changed ${truce} holding→violated`,
      `statement.changed ${truce} confirmed→violated`,
    ]);
  });

  it("ends with the standings of the day", () => {
    const now = (event: string, side: string, stage: string | null = null) =>
      folded.standings.find((one) => one.event === event && one.side === side && one.stage === stage)?.current;
    expect(now("armenian-deaths", "armenia")).toMatchObject({ value: 207 });
    expect(now("bodies-handover", "azerbaijan", "offered")).toMatchObject({ value: 100 });
    expect(now("bodies-handover", "azerbaijan", "handed-over")).toMatchObject({ value: 127, increment: 95 });
    expect(now("area-may-2021", "armenia")).toMatchObject({ value: 40 });
    expect(now(truce, "azerbaijan")).toMatchObject({ position: "violated" });
  });

  it("gives every alert an id of its own and says why", () => {
    expect(new Set(folded.alerts.map((alert) => alert.id)).size).toBe(folded.alerts.length);
    for (const alert of folded.alerts) expect(alert.because).not.toBe("");
  });
});
