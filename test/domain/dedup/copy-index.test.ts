import { describe, expect, test } from "vitest";
import { CANDIDATES, createCopyIndex, NEWEST_PER_KEY } from "../../../src/domain/dedup/copy-index.ts";
import type { NewItem } from "../../../src/domain/dedup/decide-copy.ts";
import { createPostings } from "../../../src/domain/dedup/postings.ts";
import type { Sketch } from "../../../src/domain/dedup/sketch.ts";

const empty = { hashes: new Uint32Array(0), size: 0 };
const list = new Uint32Array(0);
const sketch: Sketch = {
  lang: "en",
  url: 0,
  title: 0,
  text: 0,
  sequences: empty,
  words: empty,
  opening: 0,
  names: list,
  numbers: list,
  figures: list,
  titleFigures: list,
  facts: list,
  marks: list,
  tolls: list,
  persons: list,
  sides: list,
};
const DAY = 86_400_000;

function item(
  id: string,
  {
    at = 0,
    keys = [],
    exact = null,
    url = null,
  }: Partial<{ at: number; keys: number[]; exact: string | null; url: string | null }>,
): NewItem {
  return { id, at, fingerprint: { exact, url, keys, sketch } };
}

function filled(items: readonly NewItem[], windowMs = 14 * DAY) {
  const index = createCopyIndex({ windowMs });
  for (const one of items) index.insert(one, one.id);
  return (probe: NewItem): string[] => index.lookUp(probe).map(({ id }) => id);
}

describe("the index of copies", () => {
  test("finds by key, by exact hash and by URL", () => {
    const find = filled([
      item("a", { keys: [-7] }),
      item("b", { exact: "0123" }),
      item("c", { url: "https://x.example/1" }),
      item("d", { keys: [8] }),
    ]);
    expect(find(item("p", { keys: [-7], exact: "0123", url: "https://x.example/1" })).sort()).toEqual(["a", "b", "c"]);
  });

  test("puts first what shares most", () => {
    const find = filled([item("a", { keys: [1] }), item("b", { keys: [1, 2, 3] }), item("c", { keys: [1, 2] })]);
    expect(find(item("p", { keys: [1, 2, 3] }))).toEqual(["b", "c", "a"]);
  });

  test("one that has the same text or address outranks any that share keys", () => {
    const many = Array.from({ length: CANDIDATES + 5 }, (_, place) => item(`k${place}`, { keys: [1, 2, 3] }));
    const find = filled([item("same", { exact: "ff" }), ...many]);
    expect(find(item("p", { keys: [1, 2, 3], exact: "ff" }))[0]).toBe("same");
  });

  test("knows nothing outside its window, before or after", () => {
    const find = filled([item("old", { keys: [1], at: 0 }), item("new", { keys: [1], at: 40 * DAY })], 10 * DAY);
    expect(find(item("p", { keys: [1], at: 11 * DAY }))).toEqual([]);
    expect(find(item("p", { keys: [1], at: 9 * DAY }))).toEqual(["old"]);
  });

  test("an item's own window goes before the one of the index", () => {
    const index = createCopyIndex({ windowMs: 10 * DAY });
    index.insert(item("old", { keys: [1], at: 0 }), "c");
    const found = (days: number, windowMs?: number) =>
      index.lookUp(item("p", { keys: [1], at: days * DAY }), windowMs).length;
    expect([found(5), found(5, 3 * DAY), found(20), found(20, 30 * DAY)]).toEqual([1, 0, 0, 1]);
  });

  test("looks at a bounded number of items under a frequent key, the newest", () => {
    const find = filled(Array.from({ length: 500 }, (_, place) => item(`${place}`, { keys: [1], at: place })));
    const found = find(item("p", { keys: [1], at: 500 }));
    expect(found.length).toBeLessThanOrEqual(NEWEST_PER_KEY);
    expect(found).toContain("499");
    expect(found).not.toContain("0");
  });

  test("forgets what its window has left behind", () => {
    const index = createCopyIndex({ windowMs: DAY });
    for (let place = 0; place < 30_000; place += 1)
      index.insert(item(`${place}`, { keys: [place], at: place * 60_000 }), "c");
    expect(index.size()).toBeLessThan(15_000);
    expect(index.lookUp(item("p", { keys: [29_999], at: 30_000 * 60_000 })).map(({ id }) => id)).toEqual(["29999"]);
  });
});

describe("postings", () => {
  test("keep every key through growth, zero and negative ones too, newest first", () => {
    const postings = createPostings();
    for (let entry = 0; entry < 60_000; entry += 1) postings.add((entry % 20_000) - 10_000, entry);
    const under = (key: number): number[] => {
      const found: number[] = [];
      postings.visit(key, (entry) => found.push(entry) > 0);
      return found;
    };
    expect(under(0)).toEqual([50_000, 30_000, 10_000]);
    expect(under(-10_000)).toEqual([40_000, 20_000, 0]);
    expect(under(9_999)).toEqual([59_999, 39_999, 19_999]);
    expect(under(10_000)).toEqual([]);
  });
});
