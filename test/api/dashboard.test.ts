import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { addDashboard } from "../../src/api/dashboard.ts";
import { buildServer } from "../../src/api/server.ts";

const keys = { anyKey: async () => false, findBySession: async () => null, findByHash: async () => null };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rasid-dashboard-"));
  mkdirSync(join(folder, "assets"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A build of the dashboard whose one file has this name. */
function build(name: string): void {
  writeFileSync(join(folder, "index.html"), `<html><script src="/assets/${name}.js"></script></html>`);
  writeFileSync(join(folder, "assets", `${name}.js`), name);
}

it("serves the document of a build that was made under the running process, and its files", async () => {
  build("first");
  const log = pino({ level: "silent" });
  const routes = (app: Parameters<typeof addDashboard>[0]) => addDashboard(app, folder);
  const app = await buildServer({ host: "127.0.0.1", port: 0, hosts: [], keys, log, routes });
  const page = (url: string) => app.inject({ url, headers: { host: "localhost", accept: "text/html" } });
  expect((await page("/alerts")).body).toContain("/assets/first.js");
  rmSync(join(folder, "assets", "first.js"));
  build("second");
  for (const url of ["/alerts", "/mistyped"]) expect((await page(url)).body).toContain("/assets/second.js");
  expect((await page("/assets/second.js")).body).toBe("second");
  await app.close();
});
