import { describe, expect, it } from "vitest";
import { runStage, type StageLedger, type TakenRow } from "../../src/queues/stage-shell.ts";

interface Calls {
  committed: string[];
  parked: [string, string][];
  failed: string[][];
  /** Whether each failure was counted as a try. */
  counted: boolean[];
  released: string[][];
  /** How many rows each commit had. */
  commits: number[];
}

function ledgerOf(
  rows: readonly TakenRow[],
  commitError?: Error,
): { ledger: StageLedger<TakenRow, string>; calls: Calls } {
  const calls: Calls = { committed: [], parked: [], failed: [], counted: [], released: [], commits: [] };
  return {
    calls,
    ledger: {
      take: async (ids) => rows.filter(({ id }) => ids.includes(id)),
      commit: async (results) => {
        if (commitError) throw commitError;
        calls.committed.push(...results);
        calls.commits.push(results.length);
        return results.map((id) => ({ id, stage: "next" }));
      },
      release: async (ids) => void calls.released.push([...ids]),
      park: async (id, error) => calls.parked.push([id, error]),
      fail: async (ids, _error, counted) => {
        calls.failed.push([...ids]);
        calls.counted.push(counted);
      },
    },
  };
}

const row = (id: string, attempts = 0): TakenRow => ({ id, attempts });

describe("runStage", () => {
  it("commits what was decided", async () => {
    const { ledger, calls } = ledgerOf([row("1"), row("2")]);
    const outcome = await runStage(["1", "2"], ledger, ({ id }) => id);
    expect(calls.committed).toEqual(["1", "2"]);
    expect(outcome).toEqual({
      taken: 2,
      moved: [
        { id: "1", stage: "next" },
        { id: "2", stage: "next" },
      ],
      parked: 0,
    });
  });

  it("parks a row whose decision throws and commits the rest", async () => {
    const { ledger, calls } = ledgerOf([row("1"), row("2"), row("3")]);
    const outcome = await runStage(["1", "2", "3"], ledger, ({ id }) => {
      if (id === "2") throw new Error("unreadable");
      return id;
    });
    expect(calls.committed).toEqual(["1", "3"]);
    expect(calls.parked[0]?.[0]).toBe("2");
    expect(calls.parked[0]?.[1]).toContain("unreadable");
    expect(outcome.parked).toBe(1);
  });

  it("works apart on rows whose batch ended badly several times", async () => {
    const { ledger, calls } = ledgerOf([row("1"), row("2", 3), row("3"), row("4", 20)]);
    const outcome = await runStage(["1", "2", "3", "4"], ledger, ({ id }) => id);
    expect(calls.released).toEqual([["2", "4"]]);
    expect(calls.commits).toEqual([2, 1, 1]);
    expect(calls.committed).toEqual(["1", "3", "2", "4"]);
    expect(outcome).toMatchObject({ taken: 4, parked: 0 });
  });

  it("takes more and more of those rows together while all goes well, but for those that ended badly too often", async () => {
    const often = ["a", "b"].map((id) => row(id, 10));
    const several = ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((id) => row(id, 9));
    const { ledger, calls } = ledgerOf([...often, ...several]);
    const ids = [...often, ...several].map(({ id }) => id);
    const outcome = await runStage(ids, ledger, ({ id }) => id);
    expect(calls.commits).toEqual([0, 1, 2, 4, 2, 1, 1]);
    expect(calls.committed).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b"]);
    expect(outcome).toMatchObject({ taken: 11, parked: 0 });
  });

  it("takes a row that comes alone without giving it back first", async () => {
    const { ledger, calls } = ledgerOf([row("1", 9)]);
    await runStage(["1"], ledger, ({ id }) => id);
    expect(calls.released).toEqual([]);
    expect(calls.committed).toEqual(["1"]);
  });

  it("gives all rows back when the ledger fails, and lets the queue try again", async () => {
    const { ledger, calls } = ledgerOf([row("1"), row("2")], new Error("connection lost"));
    await expect(runStage(["1", "2"], ledger, ({ id }) => id)).rejects.toThrow("connection lost");
    expect(calls.failed).toEqual([["1", "2"]]);
    expect(calls.parked).toEqual([]);
  });

  it.each([
    ["a full disk", "53100", false],
    ["a failover", "57P01", false],
    ["a deadlock", "40P01", false],
    ["a thread that does not start", "ENOTHREAD", false],
    ["a value that the ledger refuses", "22P05", true],
    ["an error within the ledger", "XX000", true],
  ])("holds %s against no row unless it may be one's doing", async (_what, code, counted) => {
    const { ledger, calls } = ledgerOf([row("1")], Object.assign(new Error("no"), { code }));
    await expect(runStage(["1"], ledger, ({ id }) => id)).rejects.toThrow("no");
    expect(calls.counted).toEqual([counted]);
  });

  it("blames no row for an error of the store while it is decided", async () => {
    const { ledger, calls } = ledgerOf([row("1")]);
    const lost = Object.assign(new Error("terminating connection"), { code: "57P01" });
    await expect(runStage(["1"], ledger, () => Promise.reject(lost))).rejects.toBe(lost);
    expect(calls.parked).toEqual([]);
  });

  it("takes a row out of the way that was begun over and over", async () => {
    const { ledger, calls } = ledgerOf([row("1", 30), row("2", 10)]);
    await runStage(["1", "2"], ledger, ({ id }) => id);
    expect(calls.parked.map(([id]) => id)).toEqual(["1"]);
    expect(calls.committed).toEqual(["2"]);
  });

  it("finds nothing to do when the job comes twice", async () => {
    const { ledger } = ledgerOf([]);
    expect(await runStage(["1"], ledger, ({ id }) => id)).toEqual({ taken: 0, moved: [], parked: 0 });
  });
});
