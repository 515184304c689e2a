import { expect, test } from "vitest";
import { copyWindow } from "../../../src/domain/dedup/copy-window.ts";
import type { StoryReading } from "../../../src/domain/revision-reader.ts";

const reading = (copyWindowMs: number, relevant: boolean) =>
  ({ story: { copyWindowMs }, analysis: { relevance: { relevant } } }) as unknown as StoryReading;

test("an item's copies are looked for within the longest window of the stories it belongs to", () => {
  expect(copyWindow([reading(3, true), reading(9, true), reading(14, false)])).toBe(9);
});

test("an item of no story takes the shortest window, because nothing comes of its copies", () => {
  expect(copyWindow([reading(14, false), reading(3, false)])).toBe(3);
});
