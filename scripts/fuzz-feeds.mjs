// Fuzzes the feed parser: `node scripts/fuzz-feeds.mjs [runs]`, 100,000 unless said otherwise.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const runs = process.argv[2] ?? "100000";
const run = spawnSync(
  process.execPath,
  ["--expose-gc", "node_modules/vitest/vitest.mjs", "run", "test/parsing/fuzz.test.ts", "--execArgv=--expose-gc"],
  {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { ...process.env, RASID_FUZZ_RUNS: runs },
    stdio: "inherit",
  },
);
process.exit(run.status ?? 1);
