// Runs the tests, fast ones first, and says in one line what was left out for want of a Redis server.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const extra = process.argv.slice(2);
// The end-to-end tests run the compiled command line.
const built = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" });
if (built.status !== 0) process.exit(built.status ?? 1);
const run = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...extra], {
  cwd: root,
  stdio: "inherit",
});
if (!process.env.RASID_TEST_REDIS_URL)
  console.log(
    "left out: the tests on the Redis backend (set RASID_TEST_REDIS_URL to a spare Redis server to run them)",
  );
if (!existsSync(process.env.CHROMIUM_PATH ?? "/usr/bin/chromium"))
  console.log("left out: the tests in a browser (install Chromium, or name it in CHROMIUM_PATH)");
process.exit(run.status ?? 1);
