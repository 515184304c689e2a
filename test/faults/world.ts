import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DaemonProcess, startDaemonProcess } from "../../src/demo/daemon-process.ts";
import { environmentWith } from "../../src/settings.ts";
import { ask, feedsYamlOf, type Service, settled, startTollAgency, subscribe } from "./toll-agency.ts";

export const entry = process.env.RASID_FAULTS_ENTRY ?? fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** One daemon with all roles between the agency's feed and its endpoint. Close it. */
export interface World extends Service {
  readonly dataDir: string;
  readonly daemon: () => DaemonProcess;
  /** The daemon's log since the begin, a JSON object a line. */
  readonly log: () => string;
  publish(count: number): void;
  readonly published: () => number;
  readonly received: ReadonlyMap<string, string>;
  onWebhook: (id: string, response: ServerResponse) => void;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Waits until nothing is owed, seen twice. Returns after how many milliseconds. */
  settled(withinMs: number): Promise<number>;
  /** Pids of the embedded PostgreSQL, the latest last. */
  readonly postgres: readonly number[];
  close(): Promise<void>;
}

/** Sets up a world, with further environment variables of the daemon; `start` starts the daemon. */
export async function startWorld(variables: Record<string, string>): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), "rasid-faults-"));
  // PostgreSQL's account must pass through, or else its data lies elsewhere and outlives the folder.
  chmodSync(dir, 0o711);
  const agency = await startTollAgency();
  const postgres: number[] = [];
  let daemon: DaemonProcess | null = null;
  let log = "";
  const dataDir = variables.RASID_DATA ?? join(dir, "data");
  const feedsFile = join(dir, "feeds.yaml");
  writeFileSync(feedsFile, feedsYamlOf(agency));
  const environment = environmentWith({
    RASID_DATA: dataDir,
    RASID_FEEDS: feedsFile,
    RASID_ALLOW_ADDRESSES: "127.0.0.1/32",
    PORT: "0",
    DATABASE_URL: "",
    REDIS_URL: "",
    ...variables,
  });
  const onLog = (text: string): void => {
    log += text;
    if (process.env.RASID_FAULTS_LOG) appendFileSync(process.env.RASID_FAULTS_LOG, text);
    for (const [, pid] of text.matchAll(/"pid":(\d+),[^\n]*embedded PostgreSQL runs/g)) postgres.push(Number(pid));
  };
  const world: World = {
    agency,
    dataDir,
    daemon: () => daemon as DaemonProcess,
    log: () => log,
    publish: agency.publish,
    published: agency.published,
    received: agency.received,
    get onWebhook() {
      return agency.onWebhook;
    },
    set onWebhook(answer) {
      agency.onWebhook = answer;
    },
    postgres,
    start: async () => {
      daemon = await startDaemonProcess({ entry, environment, onLog });
      await subscribe(world);
    },
    kill: async () => daemon?.kill(),
    ask: (path, body) => ask(() => daemon?.address, path, body),
    settled: (withinMs) => settled(world, withinMs),
    close: async () => {
      await daemon?.stop(15_000);
      await agency.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return world;
}
