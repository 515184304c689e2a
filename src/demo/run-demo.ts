import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stringify } from "yaml";
import type { AlertBody } from "../api/alert-body-schema.ts";
import { newApiKey } from "../api/authentication.ts";
import { type AgencyServer, startAgencyServer } from "./agency-server.ts";
import type { Course } from "./course.ts";
import { type DaemonApi, daemonApi } from "./daemon-api.ts";
import { startDaemonProcess } from "./daemon-process.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

export interface DemoOptions {
  readonly course: Course;
  /** The command line's entry file: the daemon is started from it as a process of its own. */
  readonly entry: string;
  /** Gives the daemon's process its environment. */
  readonly environment: (variables: Readonly<Record<string, string>>) => NodeJS.ProcessEnv;
  /** After this step (counted from 1) the daemon is killed in mid-work and started anew. */
  readonly killAt: number | null;
  readonly onStep: (step: string, number: number) => void;
  readonly onAlert: (alert: AlertBody) => void;
  readonly onLog: ((line: string) => void) | null;
  readonly onCrash: (how: string) => void;
}

/** The demo's servers and daemon. An owned resource: stop it. */
export interface Demo {
  readonly address: () => string;
  readonly key: string;
  readonly api: () => DaemonApi;
  readonly receiver: Receiver;
  readonly dataDir: string;
  /** Publishes the whole course, each step when the one before was fetched by everybody and worked off. */
  play(): Promise<void>;
  stop(): Promise<void>;
}

const SETTLED_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 8_000;

/** Starts agencies, receiver and daemon, and registers the receiver as an endpoint. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const dataDir = mkdtempSync(join(tmpdir(), "rasid-demo-"));
    closers.push(async () => rmSync(dataDir, { recursive: true, force: true }));
    // Where root tries it, PostgreSQL's own account must pass through, or its files lie elsewhere and are left behind.
    chmodSync(dataDir, 0o711);
    const agencies = await Promise.all(options.course.agencies.map(startAgencyServer));
    closers.push(() => Promise.all(agencies.map((agency) => agency.close())));
    const receiver = await startReceiver(options.onAlert);
    closers.push(() => receiver.close());
    const { key } = newApiKey();
    const environment = options.environment(writeSettings(dataDir, agencies, key));
    const start = () => startDaemonProcess({ entry: options.entry, environment, onLog: options.onLog });
    let daemon = await start();
    void daemon.died.then(options.onCrash);
    closers.push(() => daemon.stop(STOP_WITHIN_MS));
    const api = () => daemonApi(daemon.address, key);
    receiver.trust((await api().createEndpoint(receiver.url)).secret);
    const restart = async (): Promise<void> => {
      await daemon.kill();
      daemon = await start();
      void daemon.died.then(options.onCrash);
    };
    return {
      address: () => daemon.address,
      key,
      api,
      receiver,
      dataDir,
      play: () => play(options, agencies, { api, restart }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Nothing is taken over from a daemon that this machine is set up for: database, queues, roles and configuration. */
const OWN = {
  DATABASE_URL: "",
  DATABASE_URL_FILE: "",
  REDIS_URL: "",
  REDIS_URL_FILE: "",
  RASID_SECRET_KEY: "",
  RASID_SECRET_KEY_FILE: "",
  RASID_CONFIG: "",
  RASID_ROLES: "",
  HOST: "",
};

/** Writes feeds and key for the daemon and returns the variables that name them. */
function writeSettings(dataDir: string, agencies: readonly AgencyServer[], key: string): Record<string, string> {
  const feeds = agencies.map(({ agency, feedUrl }) => ({
    id: agency.id,
    url: feedUrl,
    source: agency.source,
    lang: agency.lang,
    tier: agency.tier,
    timezone: agency.timezone,
    ...(agency.side === undefined ? {} : { side: agency.side }),
  }));
  const polling = {
    hostGapSeconds: 0.05,
    minimumIntervalSeconds: 0.25,
    maximumIntervalSeconds: 1,
    firstIntervalSeconds: 0.25,
  };
  const feedsFile = join(dataDir, "feeds.yaml");
  const keyFile = join(dataDir, "admin-key");
  writeFileSync(feedsFile, stringify({ polling, feeds }));
  writeFileSync(keyFile, `${key}\n`, { mode: 0o600 });
  return {
    RASID_DATA: join(dataDir, "data"),
    RASID_FEEDS: feedsFile,
    RASID_ADMIN_KEY_FILE: keyFile,
    RASID_ALLOW_ADDRESSES: "127.0.0.1/32",
    ...OWN,
  };
}

interface PlayedDaemon {
  readonly api: () => DaemonApi;
  readonly restart: () => Promise<void>;
}

async function play(
  { course, killAt, onStep }: DemoOptions,
  agencies: readonly AgencyServer[],
  daemon: PlayedDaemon,
): Promise<void> {
  for (const [index, step] of course.steps.entries()) {
    onStep(step.step, index + 1);
    const touched = agencies.filter(({ agency }) => step.items.some((item) => item.agency === agency.id));
    for (const server of touched) server.publish(step.items.filter((item) => item.agency === server.agency.id));
    if (killAt === index + 1) {
      // In mid-work: as soon as one feed was fetched, before what it brought can be worked off.
      await Promise.race(touched.map((server) => server.fetched()));
      await daemon.restart();
    }
    await Promise.all(touched.map((server) => server.fetched()));
    await workedOff(daemon.api());
  }
}

/** Waits until the ledger owes nothing, seen twice: what was just fetched may not be stored yet. */
async function workedOff(api: DaemonApi): Promise<void> {
  const until = Date.now() + SETTLED_WITHIN_MS;
  for (let quiet = 0; quiet < 2; ) {
    if (Date.now() > until) throw new Error(`the daemon still owes work after ${SETTLED_WITHIN_MS / 1000} s`);
    await pause(150);
    quiet = (await api.owed()) === 0 ? quiet + 1 : 0;
  }
}
