import { describe, expect, test } from "vitest";
import { loadConfiguration } from "../../../src/config/load-configuration.ts";
import type { ClaimState } from "../../../src/domain/alert/alert.ts";
import { departureOf, disagree } from "../../../src/domain/baseline/departure.ts";

const { frames } = loadConfiguration(new URL("../../../config", import.meta.url).pathname, null);
const frame = frames.get("armenia-azerbaijan");
if (frame === undefined) throw new Error("no frame");
const rules = frame.changes;
const event = (id: string) => frame.baseline.byId.get(id) ?? null;
const said = (state: Partial<ClaimState>): ClaimState => ({
  speaker: "pashinyan",
  side: "armenia",
  asOf: "2022-09-16",
  ...state,
});

describe("a figure departs from the baseline", () => {
  const departs = (id: string, state: Partial<ClaimState>, stage: string | null = null) =>
    departureOf(event(id), { side: "armenia", stage, current: said(state) }, rules);

  test.each([
    ["the same number", { value: 105, qualifier: "exact" }, "same"],
    ["words that agree with it", { value: 105, qualifier: "at_least" }, "same"],
    ["a rounding of it", { value: 100, qualifier: "more_than" }, "same"],
    ["a higher number", { value: 135, qualifier: "at_least" }, "up"],
    ["a lower number", { value: 49, qualifier: "exact" }, "down"],
  ] as const)("%s: %j is %s", (_name, state, expected) => {
    expect(departs("armenian-deaths", state)).toBe(expected);
  });

  test("another value in circulation for the same thing is no departure", () => {
    expect(departs("area-may-2021", { value: 45, qualifier: "exact" })).toBe("same");
  });

  test("a separate count is compared with its own, and is new where the baseline has none", () => {
    expect(departs("bodies-handover", { value: 127, qualifier: "exact" }, "offered")).toBe("up");
    expect(departs("bodies-handover", { value: 32, qualifier: "exact" }, "handed-over")).toBe("new");
  });

  test("what the baseline lacks is new", () => {
    expect(departureOf(null, { side: "azerbaijan", stage: null, current: said({ value: 71 }) }, rules)).toBe("new");
  });
});

describe("a position departs from the baseline", () => {
  const departs = (id: string, side: string, position: string) =>
    departureOf(event(id), { side, stage: null, current: said({ position }) }, rules);

  test("when the same side takes another", () => {
    expect(departs("csto-troops", "csto", "declines")).toBe("same");
    expect(departs("csto-troops", "csto", "sends")).toBe("changed");
  });

  test("not when another side is the first to speak", () => {
    expect(departs("ceasefire-14-september", "russia", "welcomed")).toBe("new");
  });

  test("in a happening whoever reports it", () => {
    expect(departs("unsc-session", "any", "planned")).toBe("same");
    expect(departs("unsc-session", "any", "held")).toBe("changed");
  });
});

test("two numbers disagree only when no wording of one covers the other", () => {
  expect(disagree(said({ value: 105 }), said({ value: 49 }), rules)).toBe(true);
  expect(disagree(said({ value: 105 }), said({ value: 100, qualifier: "about" }), rules)).toBe(false);
  expect(disagree(said({ value: 105 }), said({ position: "held" }), rules)).toBe(false);
});
