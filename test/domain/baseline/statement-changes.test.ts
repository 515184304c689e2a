import { describe, expect, it } from "vitest";
import { foldStory } from "../../../src/domain/baseline/standings.ts";
import { alertsOf, figure, frame, statement } from "./course.ts";

const truce = "ceasefire-14-september";

describe("positions of a side", () => {
  it("repeated are quiet", () => {
    expect(
      alertsOf(statement("15T10", truce, "armenia", "announced"), statement("16T10", truce, "armenia", "announced")),
    ).toEqual([]);
  });

  it("changed are told once", () => {
    expect(
      alertsOf(statement("15T06", truce, "armenia", "holding"), statement("15T07", truce, "armenia", "holding")),
    ).toEqual([`statement.changed ${truce} announced→holding`]);
  });

  it("first of a side are new", () => {
    expect(alertsOf(statement("15T15", truce, "un", "welcomed"))).toEqual([`statement.new ${truce} –→welcomed`]);
  });

  it("first of a third side are no news where the baseline holds them of another", () => {
    expect(alertsOf(statement("16T15", truce, "france", "announced"))).toEqual([]);
  });

  it("further back than things have come are old", () => {
    expect(
      alertsOf(statement("15T06", truce, "armenia", "holding"), statement("17T06", truce, "armenia", "announced")),
    ).toHaveLength(1);
  });

  it("older than the reference article are quiet", () => {
    expect(alertsOf(statement("14T10", "martial-law", "armenia", "rejects"))).toEqual([]);
  });

  it("that name nobody are quiet", () => {
    expect(alertsOf(statement("18T10", truce, "media", "violated"), statement("18T10", truce, "-", "holding"))).toEqual(
      [],
    );
  });

  it("that name nobody are the word of the one side that has a say", () => {
    const said = (at: string) => statement(at, "martial-law", "media", "rejects");
    const folded = foldStory(frame, [said("16T08"), said("16T09")]);
    expect(folded.alerts).toMatchObject([{ kind: "statement.changed", after: { side: "media" }, sources: 2 }]);
    expect(folded.alerts[0]?.confidence).toBeLessThan(0.7);
  });

  it("of sides that have no say are quiet", () => {
    expect(
      alertsOf(
        statement("16T08", "martial-law", "russia", "rejects"),
        statement("16T08", "severity", "un", "most-severe-since-2020"),
        statement("16T08", "csto-troops", "armenia", "sends"),
      ),
    ).toEqual([]);
  });

  it("laid in a country's mouth wait for a second independent source", () => {
    const said = (at: string, cluster: string) =>
      statement(at, truce, "armenia", "violated", { speaker: "armenia", cluster });
    expect(alertsOf(said("23T08", "a"), said("23T09", "a"))).toEqual([]);
    expect(alertsOf(said("23T08", "a"), said("23T09", "b"))).toEqual([`statement.changed ${truce} announced→violated`]);
  });

  it("laid in a country's mouth in the headline count by the body that the text names", () => {
    expect(
      alertsOf(
        statement("15T09", truce, "azerbaijan", "unconfirmed", { item: "a", field: "title", speaker: "azerbaijan" }),
        statement("15T09", truce, "azerbaijan", "unconfirmed", { item: "a", speaker: "azerbaijan-mfa" }),
      ),
    ).toEqual([`statement.changed ${truce} called-for→unconfirmed`]);
  });

  it("that both sides are said to share are no word of the silent one", () => {
    const shared = (at: string) => statement(at, truce, "azerbaijan", "announced", { speaker: "azerbaijan" });
    expect(alertsOf(shared("15T08"), shared("15T09"), shared("15T10"))).toEqual([]);
  });

  it("of silence are all that a report gives of the side", () => {
    expect(
      alertsOf(
        statement("15T09", truce, "azerbaijan", "holding", { item: "a" }),
        statement("15T09", truce, "azerbaijan", "unconfirmed", { item: "a", start: 40 }),
      ),
    ).toEqual([`statement.changed ${truce} called-for→unconfirmed`]);
  });

  it("that say the same are one", () => {
    expect(
      alertsOf(
        statement("16T13", truce, "azerbaijan", "confirmed"),
        statement("16T14", truce, "azerbaijan", "holding"),
      ),
    ).toHaveLength(1);
  });

  it("left again too soon are a lagging report, later a change", () => {
    const course = [statement("16T08", "martial-law", "armenia", "rejects")];
    const back = (at: string) => statement(at, "martial-law", "armenia", "considers");
    expect(alertsOf(...course, back("16T10"))).toHaveLength(1);
    expect(alertsOf(...course, back("19T10")).at(-1)).toBe("statement.changed martial-law rejects→considers");
  });

  it("of which one report gives two count by the one that is further on", () => {
    expect(
      alertsOf(
        statement("15T06", truce, "armenia", "announced", { item: "a" }),
        statement("15T06", truce, "armenia", "holding", { item: "a", start: 50 }),
      ),
    ).toEqual([`statement.changed ${truce} announced→holding`]);
  });

  it("on a topic that is over are quiet", () => {
    expect(alertsOf(statement("16T06", "ceasefire-13-september", "us", "violated"))).toEqual([]);
  });

  it("outside the story's window are quiet", () => {
    expect(alertsOf(statement("2023-09-20T10:00:00Z", truce, "armenia", "violated"))).toEqual([]);
  });

  it("on a topic outside the baseline are new, then changed", () => {
    const topic = { topic: "peace-document", event: "new" };
    const folded = foldStory(frame, [
      statement("14T12", "new", "armenia", "ready", topic),
      statement("14T20", "new", "armenia", "denied", topic),
    ]);
    expect(folded.alerts).toMatchObject([
      { kind: "statement.new", event: "new", topic: "peace-document" },
      { kind: "statement.changed", before: { position: "ready" }, after: { position: "denied" } },
    ]);
  });
});

describe("planned happenings", () => {
  it("move on whoever reports it", () => {
    expect(
      alertsOf(
        statement("15T10", "putin-aliyev-meeting", "russia", "planned"),
        statement("16T13", "putin-aliyev-meeting", "media", "held"),
        statement("16T14", "putin-aliyev-meeting", "azerbaijan", "held"),
        statement("16T15", "putin-aliyev-meeting", "russia", "planned"),
      ),
    ).toEqual(["statement.changed putin-aliyev-meeting planned→held"]);
  });
});

describe("a step that a number tells", () => {
  it("moves the position without an alert of its own", () => {
    const handed = { event: "bodies-handover", measure: "bodies", side: "azerbaijan", stage: "handed-over" } as const;
    const folded = foldStory(frame, [
      figure("17T14", { ...handed, value: 32, item: "a" }),
      statement("17T14", "bodies-handover", "azerbaijan", "handed-over", { item: "a", counted: true }),
      statement("18T14", "bodies-handover", "azerbaijan", "handed-over"),
    ]);
    expect(folded.alerts.map((alert) => alert.kind)).toEqual(["figure.new"]);
    const standing = folded.standings.find((one) => one.subject === "statement|bodies-handover");
    expect(standing?.current.position).toBe("handed-over");
  });

  it("without a number is told as a position", () => {
    expect(alertsOf(statement("17T14", "bodies-handover", "azerbaijan", "handed-over"))).toEqual([
      "statement.changed bodies-handover offered→handed-over",
    ]);
  });
});
