import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { gather } from "../../src/queues/gather.ts";

/** Work that ends when it is told to. */
function held() {
  const pieces: { ids: readonly string[]; end: (error?: Error) => void }[] = [];
  const work = (ids: readonly string[]) =>
    new Promise<void>((resolve, reject) => pieces.push({ ids, end: (error) => (error ? reject(error) : resolve()) }));
  return { pieces, work };
}

it("works on one call at once, and on those that came meanwhile together", async () => {
  const { pieces, work } = held();
  const gathered = gather(work, { parallel: 1, most: 10 });
  const calls = [gathered(["1"]), gathered(["2", "3"]), gathered(["4"])];
  expect(pieces.map(({ ids }) => ids)).toEqual([["1"]]);
  pieces[0]?.end();
  await calls[0];
  expect(pieces.map(({ ids }) => ids)).toEqual([["1"], ["2", "3", "4"]]);
  pieces[1]?.end();
  await Promise.all(calls);
});

it("keeps a piece within its size, and takes a call whole", async () => {
  const { pieces, work } = held();
  const gathered = gather(work, { parallel: 1, most: 3 });
  void gathered(["1"]);
  void gathered(["2", "3"]);
  void gathered(["4", "5"]);
  pieces[0]?.end();
  await turn();
  expect(pieces[1]?.ids).toEqual(["2", "3"]);
});

it("works on several pieces at a time, no more than allowed", () => {
  const { pieces, work } = held();
  const gathered = gather(work, { parallel: 2, most: 10 });
  for (const id of ["1", "2", "3"]) void gathered([id]);
  expect(pieces.map(({ ids }) => ids)).toEqual([["1"], ["2"]]);
});

it("gives an error to the calls of its piece alone, and goes on", async () => {
  const { pieces, work } = held();
  const gathered = gather(work, { parallel: 1, most: 10 });
  const first = gathered(["1"]);
  const second = gathered(["2"]);
  pieces[0]?.end(new Error("the ledger is gone"));
  await expect(first).rejects.toThrow("the ledger is gone");
  await turn();
  pieces[1]?.end();
  await second;
});
