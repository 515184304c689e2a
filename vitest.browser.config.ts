import { defineConfig } from "vitest/config";

/** The dashboard in a real Chromium; apart from `npm test`, which must stay short. */
export default defineConfig({
  test: {
    include: ["test/e2e/dashboard-*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
