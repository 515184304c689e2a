import { type AddressInfo, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { endingOf } from "../../src/commands/ending.ts";
import { freePort } from "../../src/ledger/embedded-postmaster.ts";
import { openRedisConnection } from "../../src/queues/redis-connection.ts";

test("a Redis that cannot be reached is named, without the password", async () => {
  const port = await freePort();
  const opening = openRedisConnection(`redis://:hush@127.0.0.1:${port}`, { onError: () => {} });
  await expect(opening).rejects.toThrow(`Redis at 127.0.0.1:${port} cannot be reached: connect ECONNREFUSED`);
  await expect(opening).rejects.not.toThrow("hush");
  expect(endingOf(await opening.catch((error: unknown) => error))).toMatchObject({ exitCode: 1 });
});

test("a connection that could not be opened is not tried again, for it would keep the process", async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => {});
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await expect(openRedisConnection(`redis://127.0.0.1:${port}`, { onError: () => {} })).rejects.toThrow("Redis at");
  await pause(300);
  expect(connections).toBe(1);
});
