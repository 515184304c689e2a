import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { freePort } from "../../src/ledger/embedded-postmaster.ts";
import { subscribersForTests } from "../e2e/readme-subscriber.ts";
import { report, scaled } from "./fault-report.ts";

const AWAY_MS = 600_000;
const EVERY_MS = 10_000;

const subscribers = subscribersForTests();

interface Made {
  readonly id: string;
  readonly secret: string;
}
interface Shown {
  readonly heldUntil: string | null;
}

test("a subscriber written from the README is away for ten minutes without a word, comes back, and recovers all", async () => {
  const world = subscribers.world();
  const port = await freePort();
  const { id, secret } = await world.ask<Made>("/api/v1/endpoints", { url: `http://127.0.0.1:${port}/` });
  const first = await subscribers.start(secret, port);
  world.publish(5);
  await expect.poll(() => first.lines().length, { timeout: 60_000 }).toBe(5);
  await first.stop();

  const since = new Date().toISOString();
  const begun = Date.now();
  const away = scaled(AWAY_MS, 20_000);
  for (; Date.now() - begun < away; await pause(Math.min(EVERY_MS, away / 10))) world.publish(1);
  await expect.poll(() => world.received.size, { timeout: 60_000 }).toBe(world.published());
  const missed = world.published() - 5;
  const { heldUntil } = await world.ask<Shown>(`/api/v1/endpoints/${id}`);
  const heldMs = heldUntil === null ? 0 : Math.max(0, Date.parse(heldUntil) - Date.now());

  const back = await subscribers.start(secret, port);
  const asked = Date.now();
  await world.ask(`/api/v1/endpoints/${id}/recover`, { since });
  await expect.poll(() => back.lines().length, { timeout: 60_000 }).toBe(missed);
  const recoveredMs = Date.now() - asked;
  await world.settled(60_000);
  expect(back.lines()).toHaveLength(missed);
  report("away", { awayMs: away, missed, heldMs, recoveredMs });
  expect(missed).toBeGreaterThanOrEqual(2);
});
