import { expect, it } from "vitest";
import { DECISIONS } from "../../../src/domain/baseline/decision.ts";
import type { Observation } from "../../../src/domain/baseline/observation.ts";
import { foldSubject } from "../../../src/domain/baseline/standings.ts";
import { azKilled, figure, frame, statement } from "./course.ts";

/** The rule that decided on the last of the observations. */
function decided(...observations: Observation[]): string | undefined {
  const last = observations.at(-1) as Observation;
  return foldSubject(frame, last.subject, observations).decisions.get(last.id);
}

it.each<[string, Observation[]]>([
  ["repeats-standing", [figure("16T08", { value: 105 })]],
  ["known-before", [figure("16T08", { value: 135 }), figure("17T08", { value: 105 })]],
  ["lower-is-old", [figure("17T08", { value: 71 })]],
  ["older-than-baseline", [figure("13T08", { value: 120 })]],
  [
    "role-previous",
    [figure("16T08", { value: 135, item: "a" }), figure("16T08", { value: 90, item: "a", role: "previous" })],
  ],
  ["role-component", [figure("16T08", { value: 20, role: "component" })]],
  ["another-number-counts", [figure("16T08", { value: 135, item: "b" }), figure("16T08", { value: 110, item: "b" })]],
  ["no-number", [figure("16T08", { value: null, qualifier: "vague" })]],
  ["implausible", [figure("16T08", { value: 90_000 })]],
  ["unnamed-rounding", [figure("16T08", { value: 140, qualifier: "about", side: "media" })]],
  ["contradicts-nothing", [figure("16T08", { value: 60, qualifier: "at_least", side: "russia" })]],
  ["outside-window", [figure("2023-04-10T09:00:00Z", { ...azKilled, value: 90 })]],
  ["overtaken", [{ ...figure("16T08", { value: 135 }), overtaken: true }]],
  [
    "position-stands",
    [statement("16T08", "ceasefire", "armenia", "holding"), statement("17T08", "ceasefire", "armenia", "holding")],
  ],
])("%s", (rule, observations) => {
  expect(decided(...observations)).toBe(rule);
  expect(DECISIONS).toHaveProperty(rule);
});

it("every observation has a rule or an alert", () => {
  const course = [71, 105, 135, 100, 207, 49, null, 1000].flatMap((value, day) =>
    (["armenia", "media", "azerbaijan", "russia"] as const).map((side) =>
      figure(`${15 + (day % 5)}T1${day}`, { value, side }),
    ),
  );
  const { decisions, alerts } = foldSubject(frame, course[0]?.subject ?? "", course);
  const told = new Set(alerts.map(({ evidence }) => evidence[0]?.id));
  expect(course.filter(({ id }) => !told.has(id) && !decisions.has(id))).toEqual([]);
});

it("knows a value of a count that never ends for as long as it goes on", () => {
  const minute = (n: number) => new Date(Date.parse("2022-09-16T00:00:00Z") + n * 60_000).toISOString();
  const course = Array.from({ length: 1_300 }, (_, n) => figure(minute(n), { value: 111 + n }));
  expect(decided(...course, figure(minute(1_301), { value: 113 }))).toBe("known-before");
});
