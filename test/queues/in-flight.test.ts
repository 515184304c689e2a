import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { runWhileDue } from "../../src/queues/in-flight.ts";

const { signal } = new AbortController();

test("a slow piece keeps no other waiting, and all are waited for", async () => {
  const done: string[] = [];
  const piece = (name: string, ms: number) => async (): Promise<void> => {
    await pause(ms);
    done.push(name);
  };
  const due = [piece("slow", 300), piece("a", 1), piece("b", 1), piece("c", 1)];
  await runWhileDue({ claim: async (limit) => due.splice(0, Math.min(limit, 1)), most: 2, signal });
  expect(done).toEqual(["a", "b", "c", "slow"]);
});

test("the error of a piece is thrown when the others have ended", async () => {
  let ended = false;
  const due = [
    () => Promise.reject(new Error("no ledger")),
    async () => {
      await pause(50);
      ended = true;
    },
  ];
  await expect(runWhileDue({ claim: async () => due.splice(0), most: 4, signal })).rejects.toThrow("no ledger");
  expect(ended).toBe(true);
});

test("what was begun is waited for although nothing more can be claimed", async () => {
  let ended = false;
  let claims = 0;
  const claim = async () => {
    claims += 1;
    if (claims > 1) throw new Error("no ledger");
    return [
      async () => {
        await pause(200);
        ended = true;
      },
    ];
  };
  await expect(runWhileDue({ claim, most: 4, signal })).rejects.toThrow("no ledger");
  expect(ended).toBe(true);
});
