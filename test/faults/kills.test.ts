import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { onEachBackend, worldOpener } from "./backends.ts";
import { report, scaled } from "./fault-report.ts";
import { accountOf, KEPT, keptUp } from "./toll-agency.ts";
import type { World } from "./world.ts";

const open = worldOpener();

/** Waits until one more alert came; not for ever, as one life may have nothing left to tell. */
async function delivered(running: World): Promise<void> {
  const before = running.received.size;
  for (let tries = 0; tries < 200 && running.received.size === before; tries += 1) await pause(50);
}

onEachBackend((backend) => {
  test("no alert is lost or doubled when the daemon is killed again and again while a feed publishes", async () => {
    const kills = scaled(200, 3);
    const each = Math.ceil(scaled(10_000, 60) / kills);
    const { world: running } = await open(backend);
    for (let kill = 0; kill < kills; kill += 1) {
      await keptUp(running);
      running.publish(each);
      // Every other time anywhere after the start, else anywhere after the first alert that this life delivers.
      if (kill % 2 === 1) await delivered(running);
      await pause(200 + Math.random() * 1800);
      await running.kill();
      await running.start();
    }
    const settledMs = await running.settled(300_000);
    const account = await accountOf(running);
    report("kill loop", { backend, kills, ...account, settledMs });
    expect(account).toMatchObject({ ...KEPT, alerts: running.published() });
  });

  test("a delivery keeps its webhook-id when the daemon is killed between send and acknowledgement", async () => {
    const kills = scaled(100, 3);
    const { world: running } = await open(backend);
    let equal = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const sent = new Promise<string>((resolve) => {
        running.onWebhook = (id) => resolve(id);
      });
      running.publish(1);
      const first = await sent;
      await running.kill();
      const again = new Promise<string>((resolve) => {
        running.onWebhook = (id, response) => {
          response.writeHead(204).end();
          resolve(id);
        };
      });
      await running.start();
      if ((await again) === first) equal += 1;
      await running.settled(60_000);
    }
    report("kill between send and acknowledgement", { backend, kills, equal, ...(await accountOf(running)) });
    expect(equal).toBe(kills);
    expect(await accountOf(running)).toMatchObject(KEPT);
  });
});
