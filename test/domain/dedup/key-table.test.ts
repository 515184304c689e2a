import { describe, expect, test } from "vitest";
import { createKeyTable } from "../../../src/domain/dedup/key-table.ts";

const under = (table: ReturnType<typeof createKeyTable>, key: number): number[] => {
  const found: number[] = [];
  table.visit(key, (place) => found.push(table.idAt(place)) > 0);
  return found;
};

describe("the table of keys", () => {
  test("finds every item under its keys, newest first, however the runs were merged", () => {
    const table = createKeyTable();
    const expected = new Map<number, number[]>();
    let state = 11;
    for (let id = 0; id < 9_000; id += 1) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
      const keys = [(state >>> 8) % 700, -1 - ((state >>> 4) % 900)];
      if (id % 50 === 0) keys.push(id % 100 === 0 ? 2 ** 31 - 1 : -(2 ** 31));
      table.add({ id: id * 7, at: id, until: id, keys });
      for (const key of keys) expected.set(key, [id * 7, ...(expected.get(key) ?? [])]);
    }
    for (const [key, ids] of expected) expect(under(table, key)).toEqual(ids);
    expect(under(table, 123_456_789)).toEqual([]);
    expect(table.size()).toBe(9_000);
  });

  test("stops when it was told to, within a run and between runs", () => {
    const table = createKeyTable();
    for (let id = 0; id < 5_000; id += 1) table.add({ id, at: id, until: id, keys: [5] });
    const seen: number[] = [];
    table.visit(5, (place) => seen.push(place) < 900);
    expect(seen).toEqual(Array.from({ length: 900 }, (_, at) => 4_999 - at));
  });

  test("finds every item of runs that are merged no further", () => {
    const table = createKeyTable();
    for (let id = 0; id < 200_000; id += 1) table.add({ id, at: id, until: id, keys: [id % 3, id + 1000] });
    for (const id of [0, 65_535, 65_536, 131_071, 131_072, 199_999]) expect(under(table, id + 1000)).toEqual([id]);
    expect(under(table, 1)).toEqual(Array.from({ length: 66_667 }, (_, at) => 199_999 - 3 * at));
  });

  test("tells keys apart that share their lower or their upper halves, in runs of every size", () => {
    const table = createKeyTable();
    const keysOf = (id: number) => Array.from({ length: 20 }, (_, nth) => Math.imul(id * 20 + nth + 1, 0x9e3779b1) | 0);
    const same = [0x1234_0007, 0x1235_0007, 0x1234_0008];
    for (let id = 0; id < 66_000; id += 1)
      table.add({
        id,
        at: id,
        until: id,
        keys: [...keysOf(id), ...(id % 30_000 === 9 ? [same[(id / 30_000) | 0]!] : [])],
      });
    for (let id = 0; id < 66_000; id += 997) for (const key of keysOf(id)) expect(under(table, key)).toEqual([id]);
    expect(same.map((key) => under(table, key))).toEqual([[9], [30_009], [60_009]]);
    expect(under(table, 0x1235_0008)).toEqual([]);
  });

  test("drops runs whose items are all past their time, and no other", () => {
    const table = createKeyTable();
    for (let id = 0; id < 5_000; id += 1) table.add({ id, at: 0, until: id === 100 ? 1e9 : id, keys: [1] });
    expect(table.forget(4_900)).toBe(0);
    expect(table.forget(2e9)).toBe(4_096);
    expect(under(table, 1).length).toBe(5_000 - 4_096);
    expect(table.idAt(4_999)).toBe(4_999);
  });
});
