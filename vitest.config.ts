import { defineConfig } from "vitest/config";

/** Kills and long loads: `npm run test:faults`. The dashboard in Chromium: `npm run test:browser`. */
const LONG_TESTS = ["test/faults/**", "test/e2e/dashboard-*.test.ts"];
const DATABASE_TESTS = ["test/integration/**/*.test.ts", "test/e2e/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["test/**/*.test.ts"], exclude: [...DATABASE_TESTS, ...LONG_TESTS] },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: DATABASE_TESTS,
          exclude: LONG_TESTS,
          // They start real processes, which on a busy machine takes its time; what must be quick is measured elsewhere.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: ["test/integration/embedded-server.ts"],
        },
      },
    ],
  },
});
