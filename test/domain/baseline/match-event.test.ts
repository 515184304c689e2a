import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadStory } from "../../../src/config/load-story.ts";
import { matchEvent, trackedParty } from "../../../src/domain/baseline/match-event.ts";
import type { HappeningTime } from "../../../src/domain/classify/happening.ts";

const story = loadStory(join(import.meta.dirname, "../../../config"), "armenia-azerbaijan");
const deaths = { measure: "killed", party: "armenia", civilian: false, episode: false } as const;
const undated: HappeningTime = { scope: "unknown", from: null, to: null, because: "no time" };

function dated(from: string, to = from): HappeningTime {
  const scope = to < story.window.from ? "before" : from > story.window.to ? "after" : "window";
  return { scope, from, to, because: from };
}

const eventOf = (figure: Parameters<typeof matchEvent>[0], happened: HappeningTime, published: string | null) =>
  matchEvent(figure, happened, published, story).event;

describe("which event a figure is about", () => {
  test("soldiers killed in the window are the baseline's", () => {
    expect(eventOf(deaths, dated("2022-09-13"), "2022-09-16")).toBe("armenian-deaths");
  });

  test("without a time in the text the publication decides", () => {
    expect(eventOf(deaths, undated, "2022-09-20")).toBe("armenian-deaths");
    expect(eventOf({ ...deaths, alone: 3 }, undated, "2022-09-28")).toBe("new");
    expect(eventOf({ ...deaths, alone: 3 }, undated, "2022-09-14")).toBe("armenian-deaths");
    expect(eventOf({ ...deaths, alone: 207 }, undated, "2022-09-28")).toBe("armenian-deaths");
    expect(eventOf({ ...deaths, alone: null }, undated, "2022-09-28")).toBe("armenian-deaths");
    expect(eventOf(deaths, undated, "2021-09-20")).toBe("background");
    expect(eventOf(deaths, undated, "2023-09-20")).toBe("new");
  });

  test("a later item may still tell of the window", () => {
    expect(eventOf(deaths, dated("2022-09-13", "2022-09-14"), "2023-04-02")).toBe("armenian-deaths");
  });

  test("another party, measure, civilians and executions are not that toll", () => {
    expect(eventOf({ ...deaths, party: "azerbaijan" }, undated, "2022-09-15")).toBe("new");
    expect(eventOf({ ...deaths, measure: "wounded" }, undated, "2022-09-15")).toBe("new");
    expect(eventOf({ ...deaths, civilian: true }, undated, "2022-09-15")).toBe("new");
    expect(eventOf({ ...deaths, episode: true }, undated, "2022-09-15")).toBe("new");
  });

  test("people of another theatre belong to no event", () => {
    expect(eventOf({ ...deaths, party: "other" }, dated("2022-09-14"), "2022-09-15")).toBeNull();
  });

  test("two areas are told apart by their time", () => {
    const area = { ...deaths, measure: "area_km2" } as const;
    expect(eventOf(area, undated, "2022-09-15")).toBe("area-september-2022");
    expect(eventOf(area, dated("2021-05-12"), "2022-09-15")).toBe("area-may-2021");
  });
});

test("the baseline follows one party's bodies and land, and no one party's dead only", () => {
  expect(trackedParty(story, "bodies")).toBe("armenia");
  expect(trackedParty(story, "area_km2")).toBe("armenia");
  expect(trackedParty(story, "captured")).toBeNull();
});
