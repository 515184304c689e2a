import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { fleetOpener } from "./backends.ts";
import { report, scaled } from "./fault-report.ts";
import { hasRedis } from "./redis-server.ts";
import type { RoleProcess } from "./role-process.ts";
import { accountOf, KEPT } from "./toll-agency.ts";

/** `dist/cli.js` of the release before: built apart, since a test must not depend on how this copy came about. */
const previous = process.env.RASID_PREVIOUS_ENTRY;

const FRONT = "api,fetch,reconcile";
const BACK = "deduplicate,classify,match,deliver";

const open = fleetOpener();

/** What a process of before says of a ledger that it does not understand. */
const complaints = (one: RoleProcess) =>
  one
    .log()
    .split("\n")
    .filter((line) => /"level":(50|60)/.test(line) && !/"parked":0/.test(line));

async function query<T extends object>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

describe.skipIf(previous === undefined)("with RASID_PREVIOUS_ENTRY, the release before", () => {
  for (const backend of ["postgres", "redis"] as const)
    test.skipIf(backend === "redis" && !hasRedis())(`both versions work on one ledger, on ${backend}`, async () => {
      const { fleet: running, databaseUrl } = await open(backend);
      const { agency } = running;
      const old = { version: previous ?? "" };
      const publish = async (count: number) => {
        for (let left = count; left > 0; left -= 5) {
          agency.publish(Math.min(5, left));
          await pause(200);
        }
      };
      const oldFront = await running.start(FRONT, old);
      const oldBacks = [await running.start(BACK, old), await running.start(BACK, old)];
      await publish(scaled(400));
      const before = await query<{ name: string }>(databaseUrl, "select name from migrations");

      // The new version comes to stand beside, and migrates while the old one works.
      const publishing = publish(scaled(2000));
      const newBack = await running.start(BACK);
      await publishing;
      const after = await query<{ name: string }>(databaseUrl, "select name from migrations");
      await publish(scaled(2000));
      await running.settled(120_000);

      // The old one goes, a process at a time; each stage is worked by either meanwhile.
      const newFront = await running.start(FRONT);
      for (const one of [oldBacks[0], oldFront, oldBacks[1]]) {
        await Promise.all([one?.stop(15_000), publish(scaled(400))]);
      }
      await running.settled(120_000);
      const account = await accountOf(running);
      const parked = await query(databaseUrl, "select last_error from revisions where stage = 'parked'");
      const worked = (one: RoleProcess) => one.log().split('"stage done"').length - 1;
      report("two versions", {
        backend,
        migrations: after.length - before.length,
        jobsOld: oldBacks.map(worked),
        jobsNew: worked(newBack),
        ...account,
      });
      expect(account).toMatchObject({ ...KEPT, alerts: agency.published() });
      expect(parked).toEqual([]);
      expect([oldFront, ...oldBacks, newFront, newBack].flatMap(complaints)).toEqual([]);
      for (const one of [...oldBacks, newBack]) expect(worked(one)).toBeGreaterThan(0);
    });
});
