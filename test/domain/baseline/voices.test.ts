import { describe, expect, it } from "vitest";
import { foldStory } from "../../../src/domain/baseline/standings.ts";
import { alertsOf, azKilled, bodies, figure, frame } from "./course.ts";

describe("reports that name nobody", () => {
  const unnamed = { side: "media" };

  it("may tell a higher number first; the side's own word is then no second alert", () => {
    expect(alertsOf(figure("16T07", { ...unnamed, value: 135 }), figure("16T08", { value: 135 }))).toEqual([
      "figure.revised armenian-deaths 105→135",
    ]);
  });

  it("never make their rounding a standing", () => {
    const folded = foldStory(frame, [
      figure("16T07", { ...unnamed, value: 140, qualifier: "nearly" }),
      figure("16T07", { ...unnamed, value: 120, qualifier: "more_than", tier: 1 }),
    ]);
    expect(folded.alerts).toEqual([]);
    expect(folded.standings.find((one) => one.event === "armenian-deaths")?.current.value).toBe(105);
  });

  it("rounding 49 to 50 or 79 to 80 are quiet", () => {
    expect(
      alertsOf(
        figure("17T16", { ...azKilled, value: 79 }),
        figure("17T18", { ...azKilled, ...unnamed, value: 80 }),
        figure("17T19", { ...azKilled, ...unnamed, value: 80, qualifier: "nearly" }),
      ),
    ).toEqual(["figure.new new –→79"]);
  });

  it("flapping between an outlet's roundings are quiet, whoever repeats them and however often", () => {
    const start = figure("13T17", { ...azKilled, value: 49 });
    const flaps = Array.from({ length: 60 }, (_, index) => {
      const at = new Date(Date.UTC(2022, 8, 13, 18 + index)).toISOString();
      const tier = ([1, 2, 3] as const)[index % 3] ?? 1;
      const qualifier = (["exact", "exact", "nearly", "about", "exact", "more_than"] as const)[index % 6] ?? "exact";
      const value = qualifier === "more_than" ? 40 : index % 2 === 0 && qualifier === "exact" ? 49 : 50;
      return figure(at, {
        ...azKilled,
        ...(index % 4 === 0 ? {} : unnamed),
        value,
        qualifier,
        tier,
        cluster: `c${index % 9}`,
      });
    });
    expect(flaps.some(({ value, qualifier, side }) => value === 50 && qualifier === "exact" && side === "media")).toBe(
      true,
    );
    expect(alertsOf(start, ...flaps)).toEqual(["figure.new new –→49"]);
  });

  it("are taken back when the side gives a lower number", () => {
    expect(alertsOf(figure("16T07", { ...unnamed, value: 140 }), figure("16T08", { value: 135 }))).toEqual([
      "figure.revised armenian-deaths 105→140",
      "figure.revised armenian-deaths 105→135",
      "alert.withdrawn armenian-deaths 140→135",
    ]);
  });

  it("may give the first number of a key", () => {
    expect(
      alertsOf(figure("13T17", { ...azKilled, ...unnamed, value: 50 }), figure("13T18", { ...azKilled, value: 50 })),
    ).toEqual(["figure.new new –→50"]);
  });
});

describe("a small step to a round number", () => {
  it("waits for a second independent source", () => {
    const at = (hour: string, cluster: string) => figure(hour, { ...azKilled, value: 80, cluster });
    const start = figure("17T16", { ...azKilled, value: 79 });
    expect(alertsOf(start, at("21T10", "a"), at("21T11", "a"))).toEqual(["figure.new new –→79"]);
    expect(alertsOf(start, at("21T10", "a"), at("21T11", "b")).at(-1)).toBe("figure.revised new 79→80");
  });
});

describe("a jump of one weak source", () => {
  const claim = figure("15T10", { value: 200, qualifier: "more_than", tier: 3, side: "media", cluster: "x" });

  it("is raised once, with little confidence, and does not stand", () => {
    const copy = figure("15T12", { value: 200, qualifier: "more_than", tier: 3, side: "media", cluster: "x" });
    const folded = foldStory(frame, [claim, copy]);
    expect(folded.alerts).toHaveLength(1);
    expect(folded.alerts[0]).toMatchObject({ kind: "figure.revised", severity: "low", before: { value: 105 } });
    expect(folded.alerts[0]?.confidence).toBeLessThanOrEqual(0.25);
    expect(folded.standings.find((one) => one.event === "armenian-deaths")?.current.value).toBe(105);
  });

  it("is withdrawn when the side gives a lower number", () => {
    const folded = foldStory(frame, [claim, figure("16T08", { value: 135, qualifier: "at_least" })]);
    expect(folded.alerts.map((alert) => alert.kind)).toEqual(["figure.revised", "figure.revised", "alert.withdrawn"]);
    expect(folded.alerts[2]?.about).toBe(folded.alerts[0]?.id);
    expect(folded.alerts[1]).toMatchObject({ before: { value: 105 }, after: { value: 135 } });
  });

  it("is confirmed when the side gives it", () => {
    const folded = foldStory(frame, [claim, figure("16T08", { value: 207 }), figure("16T09", { value: 207 })]);
    expect(folded.alerts.map((alert) => alert.kind)).toEqual(["figure.revised", "alert.confirmed"]);
    expect(folded.alerts[1]?.about).toBe(folded.alerts[0]?.id);
    expect(folded.standings.find((one) => one.side === "armenia")?.current.value).toBe(207);
  });

  it("is confirmed by independent sources of which one is established", () => {
    const weak = figure("15T12", { value: 200, tier: 3, side: "media" });
    const better = figure("15T14", { value: 200, tier: 2, side: "media" });
    expect(alertsOf(claim, weak)).toHaveLength(1);
    expect(alertsOf(claim, weak, better).at(-1)).toBe("alert.confirmed armenian-deaths 105→200");
  });

  it("is not confirmed by a copy of its own report, however trusted who reprints it", () => {
    const reprint = figure("15T14", { value: 200, qualifier: "more_than", tier: 1, side: "media", cluster: "x" });
    expect(alertsOf(claim, reprint)).toHaveLength(1);
    const weak = figure("15T15", { value: 200, tier: 3, side: "media" });
    expect(alertsOf(claim, reprint, weak, { ...reprint, id: "again", item: "again" })).toHaveLength(1);
    const own = figure("15T16", { value: 200, tier: 1, side: "media" });
    expect(alertsOf(claim, reprint, weak, own).at(-1)).toBe("alert.confirmed armenian-deaths 105→200");
  });

  it("is confirmed once, and raised once", () => {
    const better = (hour: string) => figure(hour, { value: 200, tier: 2, side: "media" });
    const weak = figure("15T12", { value: 200, tier: 3, side: "media" });
    const told = foldStory(frame, [claim, weak, better("15T14"), better("15T15"), better("16T10")]).alerts;
    expect(told.map(({ kind }) => kind)).toEqual(["figure.revised", "alert.confirmed"]);
    expect(told[1]).toMatchObject({ about: told[0]?.id, sources: 3 });
    expect(told[1]?.confidence).toBeGreaterThan(told[0]?.confidence ?? 1);
  });

  it("is withdrawn when the side denies it", () => {
    const denial = figure("15T13", { value: 200, role: "denied", qualifier: "exact" });
    expect(alertsOf(claim, denial)).toEqual([
      "figure.revised armenian-deaths 105→200",
      "alert.withdrawn armenian-deaths 200→200",
    ]);
  });

  it("is not told at all when it is another war's by its size", () => {
    const old = (at: string) => figure(at, { value: 3822, side: "media", tier: 1 });
    expect(alertsOf(old("18T10"), old("19T10"), old("20T10"))).toEqual([]);
    expect(alertsOf(figure("16T10", { event: "area-september-2022", measure: "area_km2", value: 29_800 }))).toEqual([]);
  });

  it("in rounded words waits even under the side's name", () => {
    const named = figure("15T10", { value: 200, qualifier: "more_than", tier: 2 });
    expect(foldStory(frame, [named, figure("16T08", { value: 135 })]).alerts.map((alert) => alert.kind)).toEqual([
      "figure.revised",
      "figure.revised",
      "alert.withdrawn",
    ]);
  });

  it("under the side's name but from an unknown outlet waits too", () => {
    const named = figure("15T10", { value: 200, tier: 3 });
    const folded = foldStory(frame, [named]);
    expect(folded.alerts[0]?.confidence).toBeLessThanOrEqual(0.25);
    expect(folded.standings.find((one) => one.event === "armenian-deaths")?.current.value).toBe(105);
  });
});

describe("another side's number", () => {
  it("is a dispute, told once and kept apart", () => {
    const folded = foldStory(frame, [
      figure("13T17", { ...azKilled, value: 50 }),
      figure("14T10", { ...azKilled, value: 400, side: "armenia" }),
      figure("14T12", { ...azKilled, value: 400, side: "armenia" }),
      figure("15T08", { ...azKilled, value: 71 }),
    ]);
    expect(folded.alerts.map((alert) => alert.kind)).toEqual(["figure.new", "figure.disputed", "figure.revised"]);
    expect(folded.alerts[1]).toMatchObject({ before: { value: 50 }, after: { value: 400, side: "armenia" } });
    expect(folded.alerts[2]).toMatchObject({ before: { value: 50 }, after: { value: 71 } });
  });

  it("older than the reference article disputes nothing", () => {
    expect(alertsOf(figure("13T17", { value: 50, side: "azerbaijan" }))).toEqual([]);
  });

  it("that agrees, is known or says at least less is quiet", () => {
    expect(
      alertsOf(
        figure("15T17", { value: 105, side: "azerbaijan" }),
        figure("16T08", { value: 135 }),
        figure("17T17", { value: 105, side: "azerbaijan" }),
        figure("17T18", { value: 120, side: "azerbaijan", qualifier: "more_than" }),
      ),
    ).toEqual(["figure.revised armenian-deaths 105→135"]);
  });

  it("given first and then by the side itself is confirmed", () => {
    expect(
      alertsOf(
        figure("13T10", { ...azKilled, value: 50, side: "armenia" }),
        figure("13T17", { ...azKilled, value: 50 }),
      ),
    ).toEqual(["figure.new new –→50", "alert.confirmed new 50→50"]);
  });

  it("of bodies received is the same count", () => {
    const handed = { ...bodies, stage: "handed-over", value: 32 };
    expect(alertsOf(figure("17T14", handed), figure("17T19", { ...handed, side: "armenia" }))).toHaveLength(1);
  });
});

describe("a denied number", () => {
  const claim = figure("14T10", { ...azKilled, value: 400, side: "armenia" });
  const denial = figure("14T15", { ...azKilled, value: 400, role: "denied" });

  it("is told when it is one that another gives, once", () => {
    const again = figure("14T16", { ...azKilled, value: 400, role: "denied" });
    expect(alertsOf(figure("13T17", { ...azKilled, value: 50 }), claim, denial, again)).toEqual([
      "figure.new new –→50",
      "figure.disputed new 50→400",
      "figure.denied new 400→400",
    ]);
  });

  it("is quiet when nobody gives it, and never stands", () => {
    const folded = foldStory(frame, [figure("13T17", { ...azKilled, value: 50 }), denial]);
    expect(folded.alerts).toHaveLength(1);
    expect(folded.standings.find((one) => one.side === "azerbaijan" && one.event === "new")?.current.value).toBe(50);
  });
});
