import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../../src/ledger/embedded.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Connection string of the embedded PostgreSQL that all integration tests share. */
    databaseServer: string;
  }
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Starts one embedded PostgreSQL for all integration tests of a run; every test file makes its own database in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "rasid-tests-"));
  chmodSync(dataDir, 0o711);
  const server = await startEmbedded({
    dataDir,
    log: silent,
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" },
  });
  project.provide("databaseServer", server.url);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
