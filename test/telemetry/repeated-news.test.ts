import { expect, test } from "vitest";
import { tellSeldom } from "../../src/telemetry/repeated-news.ts";

function told() {
  let now = 0;
  const lines: [string, number][] = [];
  const news = tellSeldom({ monotonic: () => now, tell: (key, repeated) => lines.push([key, repeated]) });
  return { lines, news, wait: (ms: number) => (now += ms) };
}

test("the same is told at once, and then once a minute with how often it came", () => {
  const { lines, news, wait } = told();
  for (let second = 0; second < 60; second += 1) {
    news("refused");
    wait(1000);
  }
  expect(lines).toEqual([["refused", 0]]);
  news("refused");
  expect(lines).toEqual([
    ["refused", 0],
    ["refused", 59],
  ]);
});

test("something else is told at once", () => {
  const { lines, news } = told();
  news("refused");
  news("timed out");
  news("refused");
  expect(lines.map(([key]) => key)).toEqual(["refused", "timed out"]);
});

test("reasons that are never the same twice are not kept without end", () => {
  const { lines, news } = told();
  for (let n = 0; n < 1000; n += 1) news(`refused by ${n}`);
  news("refused by 0");
  expect(lines.at(-1)).toEqual(["refused by 0", 0]);
});
