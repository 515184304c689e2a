import { type AddressInfo, createServer } from "node:net";
import { expect, it } from "vitest";
import { reasonIn } from "../../src/demo/daemon-process.ts";
import { portOrAny } from "../../src/demo/port-or-any.ts";

it("takes another port where its own is taken", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  expect(await portOrAny(port)).toBe(0);
  await new Promise((resolve) => other.close(resolve));
  expect(await portOrAny(port)).toBe(port);
});

it("tells why a daemon did not start by the reason that it gave last, or all that it said", () => {
  const lines = [
    '{"level":30,"msg":"begun"}',
    '{"level":60,"reason":"the disk is full","msg":"the daemon cannot start"}',
  ];
  expect(reasonIn(`${lines.join("\n")}\n`)).toBe("the disk is full");
  expect(reasonIn("environment variable PORT: must be a port number\n")).toBe(
    "environment variable PORT: must be a port number",
  );
});
