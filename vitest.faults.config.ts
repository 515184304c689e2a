import { defineConfig } from "vitest/config";

/** The long tests that kill processes; apart from `npm test`. See docs/faults.md. */
export default defineConfig({
  test: {
    include: ["test/faults/**/*.test.ts"],
    globalSetup: ["test/integration/embedded-server.ts"],
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
  },
});
