import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { freePort } from "../../src/ledger/embedded-postmaster.ts";
import { environmentWith } from "../../src/settings.ts";
import { subscribersForTests } from "./readme-subscriber.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const entry = process.env.RASID_FAULTS_ENTRY ?? join(root, "dist", "cli.js");

const subscribers = subscribersForTests();

/** Runs the command line beside the running daemon. */
async function rasid(...words: string[]): Promise<string> {
  const environment = environmentWith({
    RASID_DATA: subscribers.world().dataDir,
    DATABASE_URL: "",
    REDIS_URL: "",
    RASID_ALLOW_ADDRESSES: "127.0.0.1/32",
  });
  return (await promisify(execFile)(process.execPath, [entry, ...words], { env: environment })).stdout;
}

describe("a subscriber written from the README alone", () => {
  test("receives, verifies, handles once, and recovers what it missed while it was away", async () => {
    const world = subscribers.world();
    const port = await freePort();
    const made = JSON.parse(
      await rasid("endpoint", "create", `http://127.0.0.1:${port}/`, "--min-severity", "low", "--json"),
    );
    const first = await subscribers.start(made.secret, port);
    const since = new Date().toISOString();
    world.publish(3);
    await expect.poll(() => first.lines().length, { timeout: 20_000 }).toBe(3);
    await first.stop();
    await rasid("endpoint", "disable", made.id);
    world.publish(4);
    await expect.poll(() => world.received.size, { timeout: 20_000 }).toBe(7);
    const again = await subscribers.start(made.secret, port);
    await rasid("endpoint", "enable", made.id);
    expect(await rasid("endpoint", "recover", made.id, "--since", since)).toContain("4 deliveries");
    await expect.poll(() => again.lines().length, { timeout: 20_000 }).toBe(4);
    expect(await rasid("endpoint", "deliveries", made.id, "--states", "delivered")).toContain("alt_");

    // Away without a word: what failed meanwhile comes at once when it asks, however long it is held back. One of the two
    // may come by itself before.
    await again.stop();
    world.publish(2);
    const failed = async () =>
      JSON.parse(await rasid("endpoint", "deliveries", made.id, "--states", "failed", "--json")).deliveries;
    await expect.poll(failed, { timeout: 30_000 }).toHaveLength(2);
    const back = await subscribers.start(made.secret, port);
    expect(await rasid("endpoint", "recover", made.id, "--since", since)).toMatch(/deliver(y is|ies are) sent again/);
    await expect.poll(() => back.lines().length, { timeout: 30_000 }).toBe(2);
  }, 240_000);
});

describe("the command line beside a running daemon", () => {
  test("lists and explains alerts, and rotates, tests and shows attempts", async () => {
    const world = subscribers.world();
    world.publish(2);
    await expect.poll(() => world.received.size, { timeout: 20_000 }).toBe(2);
    const table = await rasid("alerts");
    expect(table).toContain("figure.revised: armenian-deaths 105 → ≥ 111 (pashinyan)");
    const bodies = (await rasid("alerts", "--json", "--kinds", "figure.revised"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(bodies).toHaveLength(2);
    const explained = await rasid("explain", bodies[1].data.alert);
    for (const part of [
      "because",
      "item ",
      "revision 1",
      "cluster ",
      "standings",
      "≥ 111 → ≥ 112",
      "deliveries",
      "delivered",
    ])
      expect(explained).toContain(part);
    const json = JSON.parse(await rasid("explain", bodies[1].data.alert, "--json"));
    expect(json.span).toMatchObject({ holds: true });
    expect(json.rules.length).toBeGreaterThan(0);
    for (const { rule, because } of json.rules) expect(explained).toContain(`${rule}: ${because}`);
    const [{ id }] = JSON.parse(await rasid("endpoint", "list", "--json")).endpoints;
    expect(await rasid("endpoint", "rotate", id)).toMatch(/^whsec_/);
    const delivery = /delivery (\d+)/.exec(await rasid("endpoint", "test", id))?.[1] ?? "";
    await expect
      .poll(async () => JSON.parse(await rasid("endpoint", "attempts", delivery, "--json")).state, { timeout: 20_000 })
      .not.toBe("pending");
    await expect(rasid("explain", "alt_none")).rejects.toThrow("there is no alert alt_none");
    await expect(rasid("endpoint", "create", "ftp://x")).rejects.toThrow("must be an http or https URL");
  }, 240_000);

  test("makes keys that the daemon knows at once, and revokes them", async () => {
    const status = async (key?: string) =>
      (
        await fetch(
          `${subscribers.world().daemon().address}/api/v1/alerts`,
          key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } },
        )
      ).status;
    expect(await status()).toBe(200);
    const admin = JSON.parse(await rasid("key", "create", "desk", "--scopes", "admin", "--json"));
    expect([await status(), await status(admin.key)]).toEqual([401, 200]);
    const reader = JSON.parse(await rasid("key", "create", "reader", "--json"));
    expect(await status(reader.key)).toBe(200);
    await rasid("key", "revoke", reader.id);
    expect(await status(reader.key)).toBe(401);
    expect(await rasid("key", "list")).toMatch(/reader\s+read/);
    await expect(rasid("key", "revoke", admin.id)).rejects.toThrow("last key");
    expect(await rasid("key", "revoke", admin.id, "--last")).toContain("revoked");
  }, 240_000);
});
