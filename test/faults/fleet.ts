import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentWith } from "../../src/settings.ts";
import { type RoleProcess, startRoleProcess } from "./role-process.ts";
import { ask, feedsYamlOf, type Service, settled, startTollAgency, subscribe } from "./toll-agency.ts";
import { entry } from "./world.ts";

export interface StartOptions {
  readonly under?: readonly string[];
  readonly variables?: Record<string, string>;
  /** The command line of another version. */
  readonly version?: string;
}

/** The service split over several processes that share a database and, with a URL, Redis. Close it. */
export interface Fleet extends Service {
  /** Starts a process with these roles; `under` is the command it runs under. */
  start(roles: string, more?: StartOptions): Promise<RoleProcess>;
  settled(withinMs: number): Promise<number>;
  close(): Promise<void>;
}

export interface FleetOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  /** The address on which the agency's feed and endpoint stand. */
  readonly agencyHost?: string;
}

/** Sets up the agency; processes are started one by one. The endpoint is made when the first process with `api` runs. */
export async function startFleet({ databaseUrl, redisUrl, agencyHost = "127.0.0.1" }: FleetOptions): Promise<Fleet> {
  const dir = mkdtempSync(join(tmpdir(), "rasid-fleet-"));
  // PostgreSQL's account must pass through, or else its data lies elsewhere and outlives the folder.
  chmodSync(dir, 0o711);
  const agency = await startTollAgency(agencyHost);
  const feedsFile = join(dir, "feeds.yaml");
  writeFileSync(feedsFile, feedsYamlOf(agency));
  const processes: RoleProcess[] = [];
  const key = `rsd_${randomBytes(32).toString("base64url")}`;
  const keyFile = join(dir, "admin-key");
  writeFileSync(keyFile, key, { mode: 0o600 });
  const environment = environmentWith({
    RASID_DATA: join(dir, "data"),
    RASID_FEEDS: feedsFile,
    RASID_ALLOW_ADDRESSES: `${agencyHost}/32`,
    RASID_SECRET_KEY: randomBytes(32).toString("base64"),
    RASID_ADMIN_KEY_FILE: keyFile,
    PORT: "0",
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl ?? "",
  });
  const apiAddress = (): string | undefined =>
    processes.find(({ address, alive }) => address !== null && alive())?.address ?? undefined;
  const fleet: Fleet = {
    agency,
    ask: (path, body) => ask(apiAddress, path, body, key),
    start: async (roles, { under, variables, version } = {}) => {
      const started = await startRoleProcess({
        entry: version ?? entry,
        roles,
        environment: { ...environment, ...variables },
        ...(under && { under }),
      });
      processes.push(started);
      if (started.address !== null) await subscribe(fleet);
      return started;
    },
    settled: (withinMs) => settled(fleet, withinMs),
    close: async () => {
      for (const one of processes) one.thaw();
      await Promise.all(processes.filter(({ alive }) => alive()).map((one) => one.stop(15_000)));
      await agency.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return fleet;
}
