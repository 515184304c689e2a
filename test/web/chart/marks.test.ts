import { describe, expect, test } from "vitest";
import { marksOf } from "../../../src/web/parts/chart/marks.ts";

const dot = (x: number, y: number, kind: { tone?: string; hollow?: boolean } = {}) => ({
  tone: "a",
  hollow: false,
  x,
  y,
  more: 0,
  ...kind,
});

describe("the marks of a chart", () => {
  test("gather observations of one value within some pixels at the place of the first", () => {
    const marks = marksOf([dot(100, 50), dot(102, 50), dot(107, 50), dot(118, 50)]);
    expect(marks.map(({ x, y, points }) => [x, y, points.length])).toEqual([
      [100, 50, 3],
      [118, 50, 1],
    ]);
  });

  test("never leave the height of their value, however many lie on each other", () => {
    const dots = Array.from({ length: 40 }, (_, at) =>
      dot(100 + (at % 5), at % 2 === 0 ? 50 : 52, { hollow: at % 3 === 0 }),
    );
    const marks = marksOf(dots);
    for (const { y, points } of marks) for (const point of points) expect(point.y).toBe(y);
    expect(marks.flatMap(({ points }) => points)).toHaveLength(40);
  });

  test("keep sides, and what is no new value, apart and beside each other", () => {
    const marks = marksOf([dot(100, 50), dot(100, 50, { tone: "b" }), dot(101, 50, { hollow: true })]);
    expect(marks.map(({ y, points }) => [y, points.length])).toEqual([
      [50, 1],
      [50, 1],
      [50, 1],
    ]);
    const places = marks.map(({ x }) => x);
    expect(new Set(places).size).toBe(3);
    for (const place of places) expect(Math.abs(place - 100)).toBeLessThan(32);
  });

  test("do not cover the number in one with another", () => {
    const marks = marksOf([dot(100, 50), dot(101, 50), dot(101, 55), dot(102, 55, { tone: "b" })]);
    for (const [at, one] of marks.entries())
      for (const other of marks.slice(at + 1)) {
        const reach = (one.points.length > 1 ? 8.5 : 4) + (other.points.length > 1 ? 8.5 : 4);
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(reach - 1);
      }
  });

  test("leave alone what lies clear of others", () => {
    const dots = [dot(10, 50), dot(30, 50), dot(30, 80)];
    expect(marksOf(dots).map(({ x, y }) => ({ x, y }))).toEqual(dots.map(({ x, y }) => ({ x, y })));
  });
});
