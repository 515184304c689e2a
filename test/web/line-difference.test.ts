import { describe, expect, test } from "vitest";
import { lineDifference } from "../../src/web/pages/baseline/line-difference.ts";

const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;
const shown = (before: string, after: string) =>
  lineDifference(before, after).map(({ kind, text: line, before: count }) =>
    kind === "skipped" ? `… ${count}` : `${{ same: " ", removed: "-", added: "+" }[kind]}${line}`,
  );

describe("the difference of two texts", () => {
  test("shows a changed line with three lines around it", () => {
    const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
    const changed = lines.with(10, "another");
    expect(shown(text(lines), text(changed))).toEqual([
      "… 7",
      " line 7",
      " line 8",
      " line 9",
      "-line 10",
      "+another",
      " line 11",
      " line 12",
      " line 13",
      "… 6",
    ]);
  });

  test.each([
    ["a\n", "a\n", ["… 1"]],
    ["", "a\nb\n", ["+a", "+b"]],
    ["a\nb\n", "", ["-a", "-b"]],
    ["a\nb\nc\n", "a\nc\n", [" a", "-b", " c"]],
    ["a\na\n", "a\na\na\n", [" a", " a", "+a"]],
  ])("of %j and %j", (before, after, lines) => expect(shown(before, after)).toEqual(lines));

  test("gives back both texts", () => {
    const before = "a\nb\nc\nd\ne\nf\n";
    const after = "x\nb\nd\nc\nf\ng\n";
    const lines = lineDifference(before, after);
    const of = (kind: string) =>
      lines.filter((line) => line.kind === kind || line.kind === "same").map((line) => line.text);
    expect(text(of("removed"))).toBe(before);
    expect(text(of("added"))).toBe(after);
  });
});
