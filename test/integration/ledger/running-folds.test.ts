import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { foldIncrement, type Increment } from "../../../src/domain/baseline/increment-fold.ts";
import type { Observation } from "../../../src/domain/baseline/observation.ts";
import { lockStory } from "../../../src/ledger/locks.ts";
import { insertObservations, loadHistory } from "../../../src/ledger/observations.ts";
import { openRunningFolds, type RunningFolds } from "../../../src/ledger/running-folds.ts";
import { figure, frame } from "../../domain/baseline/course.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { storedRevision } from "./sample-claims.ts";
import { NOW } from "./sample-feeds.ts";

const ledger = ledgerForTests({ emptied: "feeds, hosts, items, revisions, clusters, observations, standings, alerts" });
let origin: { itemId: string; revisionId: string; clusterId: null; feedId: string };
beforeEach(async () => {
  origin = { ...(await storedRevision(ledger.db)), clusterId: null, feedId: "tass" };
});

const { story } = frame;
const toll = (hours: number, value: number, parts: Partial<Observation> = {}) =>
  figure(new Date(Date.parse("2022-09-17T00:00:00Z") + hours * 3_600_000).toISOString(), {
    value,
    cluster: `c${value}`,
    ...(parts as object),
  });

/** Judges a batch as a match does, and as folding all anew does; gives both. Rolls back when told to. */
async function judged(folds: RunningFolds, batch: readonly Observation[], end: "commit" | "rollback" = "commit") {
  const observations = batch.map((observation) => ({ observation, ...origin }));
  let keep = (): void => {};
  let read = 0;
  const done = ledger.db.transaction().execute(async (trx) => {
    await lockStory(trx, story);
    const subjects = [...new Set(batch.map(({ subject }) => subject))];
    const anew = foldIncrement(frame, await loadHistory(trx, { story, subjects }), batch, () => false);
    const on = await folds.judge(trx, { frame, observations });
    await insertObservations(trx, { story, observations, now: NOW });
    await on.inserted(trx);
    keep = on.keep;
    read = anew.taken.length;
    if (end === "rollback") throw new Error("the transaction fails");
    return { on: { alerts: on.alerts, standings: on.standings, taken: on.taken }, anew };
  });
  const both = await done;
  keep();
  expect(read).toBe(both.on.taken.length);
  return both;
}

const shown = ({ standings, ...rest }: Increment) => ({
  ...rest,
  standings: standings.map((one) => ({ ...one, history: one.history() })),
});

async function expectSame(folds: RunningFolds, batch: readonly Observation[]): Promise<number> {
  const { on, anew } = await judged(folds, batch);
  expect(shown(on)).toEqual(shown(anew));
  return on.alerts.length;
}

test("folding on in a process gives what folding all anew gives, late items and repeats included", async () => {
  const folds = openRunningFolds();
  const first = toll(1, 131);
  expect(await expectSame(folds, [first])).toBe(1);
  expect(await expectSame(folds, [toll(2, 136), toll(3, 147)])).toBe(2);
  await expectSame(folds, [toll(2.5, 141)]);
  expect(await expectSame(folds, [first])).toBe(0);
  await expectSame(folds, [toll(9, 152), toll(8, 149, { correction: true } as never)]);
  await expectSame(folds, [{ ...toll(10, 153), item: first.item, revision: 2 }]);
  await expectSame(folds, [{ ...toll(11, 133), item: first.item, revision: 1 }]);
});

test("what a failed transaction folded is not found again", async () => {
  const folds = openRunningFolds();
  await expectSame(folds, [toll(1, 131)]);
  const next = toll(2, 136);
  await expect(judged(folds, [next], "rollback")).rejects.toThrow("the transaction fails");
  expect(await expectSame(folds, [next])).toBe(1);
});

test("what another process commits counts here too, also between two of ours and also late", async () => {
  const [one, other] = [openRunningFolds(), openRunningFolds()];
  await expectSame(one, [toll(1, 131)]);
  await expectSame(other, [toll(2, 136)]);
  expect(await expectSame(one, [toll(3, 136, { cluster: "another" })])).toBe(0);
  await expectSame(other, [toll(1.5, 133)]);
  await expectSame(one, [toll(4, 142)]);
});

test("a ledger that was restored is read anew, and little memory only means to read more", async () => {
  const folds = openRunningFolds({ keep: 1 });
  await expectSame(folds, [toll(1, 131)]);
  await expectSame(folds, [toll(2, 136)]);
  await sql`truncate observations cascade`.execute(ledger.db);
  expect(await expectSame(folds, [toll(3, 136)])).toBe(1);
});
