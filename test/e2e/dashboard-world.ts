import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Cookie, Page } from "playwright-core";
import { stringify } from "yaml";
import { newApiKey } from "../../src/api/authentication.ts";
import { type AgencyServer, startAgencyServer } from "../../src/demo/agency-server.ts";
import { loadCourse, type Publication } from "../../src/demo/course.ts";
import { startDaemonProcess } from "../../src/demo/daemon-process.ts";
import { environmentWith } from "../../src/settings.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../net/webhook-receiver.ts";
import { launchBrowser } from "./browser.ts";

export interface WorldOptions {
  /**
   * `agencies` (default): the demo's local agencies as feeds, nothing published yet; `none`: no feed at all.
   */
  readonly feeds?: "agencies" | "none";
  /** Whether there is an API key, so that a browser must sign in. Default true. */
  readonly key?: boolean;
}

export interface PageOptions {
  readonly language?: "en" | "ar";
  readonly theme?: "light" | "dark";
  /** The window's width in CSS pixels; default 1280. */
  readonly width?: number;
  /** Signs in first where there is a key. Default true. */
  readonly signedIn?: boolean;
}

/** A page of a browser, watched. */
export interface OpenPage {
  readonly page: Page;
  /** Errors of the console, uncaught ones, and requests that left the machine; a test expects none. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** The real daemon with local feeds, a local webhook receiver and a browser. An owned resource: close it. */
export interface DashboardWorld {
  readonly address: string;
  readonly key: string;
  /** A copy of `config/` that the daemon works on: what is saved there is seen by nobody else. */
  readonly configDir: string;
  readonly browser: Browser;
  readonly receiver: WebhookReceiver;
  readonly agencies: readonly AgencyServer[];
  /** Publishes items: each names its agency of `demo/agencies.yaml`. */
  publish(items: readonly Publication[]): void;
  /** Publishes the demo's week, step by step, and waits until it is worked off. About half a minute. */
  publishWeek(): Promise<void>;
  /** Waits until everything published was fetched and worked off. */
  settled(): Promise<void>;
  /** Asks the API with the key. */
  ask<T>(method: string, path: string, body?: object): Promise<T>;
  /** A page of the dashboard in a browser context of its own. */
  open(path: string, options?: PageOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const entry = process.env.RASID_FAULTS_ENTRY ?? join(root, "dist", "cli.js");
const SETTLED_WITHIN_MS = 60_000;
const POLLING = {
  hostGapSeconds: 0.05,
  minimumIntervalSeconds: 0.25,
  maximumIntervalSeconds: 1,
  firstIntervalSeconds: 0.25,
};

export async function startDashboardWorld({
  feeds = "agencies",
  key: withKey = true,
}: WorldOptions = {}): Promise<DashboardWorld> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const dir = mkdtempSync(join(tmpdir(), "rasid-dashboard-"));
    // PostgreSQL's account must pass through, or else its data lies elsewhere and outlives the folder.
    chmodSync(dir, 0o711);
    closers.push(async () => rmSync(dir, { recursive: true, force: true }));
    const course = loadCourse(join(root, "demo"));
    const agencies = await Promise.all((feeds === "none" ? [] : course.agencies).map(startAgencyServer));
    closers.push(() => Promise.all(agencies.map((agency) => agency.close())));
    const receiver = await startWebhookReceiver();
    closers.push(() => receiver.stop());
    const { key } = newApiKey();
    const daemon = await startDaemonProcess({
      entry,
      environment: environmentOf(dir, agencies, withKey ? key : null),
      onLog: null,
    });
    closers.push(() => daemon.stop(10_000));
    const browser = await launchBrowser();
    closers.push(() => browser.close());
    const given = withKey ? key : null;
    const session: Session = { cookie: null };
    const settled = () => workedOff(() => ask(daemon.address, given, "GET", "/api/v1/pipeline"), agencies);
    const publish = (items: readonly Publication[]) => {
      for (const { agency, publish: tell } of agencies) {
        const own = items.filter((item) => item.agency === agency.id);
        if (own.length > 0) tell(own);
      }
    };
    return {
      address: daemon.address,
      key,
      configDir: join(dir, "config"),
      browser,
      receiver,
      agencies,
      publish,
      publishWeek: async () => {
        for (const { items } of course.steps) {
          publish(items);
          await settled();
        }
      },
      settled,
      ask: (method, path, body) => ask(daemon.address, given, method, path, body),
      open: (path, options = {}) => openPage({ browser, address: daemon.address, key: given, session }, path, options),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function environmentOf(dir: string, agencies: readonly AgencyServer[], key: string | null): NodeJS.ProcessEnv {
  const config = join(dir, "config");
  cpSync(join(root, "config"), config, { recursive: true });
  const feeds = agencies.map(({ agency: { id, source, lang, tier, timezone, side }, feedUrl: url }) => ({
    ...{ id, url, source, lang, tier, timezone },
    ...(side === undefined ? {} : { side }),
  }));
  writeFileSync(join(config, "feeds.yaml"), stringify({ polling: POLLING, feeds }));
  if (key !== null) writeFileSync(join(dir, "key"), key, { mode: 0o600 });
  return environmentWith({
    RASID_DATA: join(dir, "data"),
    RASID_CONFIG: config,
    RASID_FEEDS: "",
    RASID_ADMIN_KEY_FILE: key === null ? "" : join(dir, "key"),
    RASID_ALLOW_ADDRESSES: "127.0.0.1/32",
    PORT: "0",
    DATABASE_URL: "",
    DATABASE_URL_FILE: "",
    REDIS_URL: "",
  });
}

/** Everything was fetched and the ledger owes nothing, seen twice: what was just fetched may not be stored yet. */
async function workedOff(pipeline: () => Promise<Pipeline>, agencies: readonly AgencyServer[]): Promise<void> {
  const until = Date.now() + SETTLED_WITHIN_MS;
  await Promise.all(agencies.map((agency) => agency.fetched()));
  for (let quiet = 0; quiet < 2; ) {
    if (Date.now() > until) throw new Error(`the daemon still owes work after ${SETTLED_WITHIN_MS / 1000} s`);
    await pause(150);
    quiet = owedIn(await pipeline()) === 0 ? quiet + 1 : 0;
  }
}

interface Pipeline {
  readonly stages: Readonly<Record<string, number>>;
  readonly deliveries: Readonly<Record<string, number>>;
}

function owedIn({ stages, deliveries }: Pipeline): number {
  const counts = [stages.deduplicate, stages.classify, stages.match, deliveries.pending, deliveries.delivering];
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

async function ask<T>(address: string, key: string | null, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${address}${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** The session that the first page got: sign-ins are counted, and so many in a minute are refused. */
interface Session {
  cookie: Cookie | null;
}

interface Opener {
  readonly browser: Browser;
  readonly address: string;
  readonly key: string | null;
  readonly session: Session;
}

async function openPage(
  { browser, address, key, session }: Opener,
  path: string,
  { language = "en", theme = "light", width = 1280, signedIn = true }: PageOptions,
): Promise<OpenPage> {
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ viewport, locale: "en-GB", timezoneId: "Europe/Berlin" });
  await context.addCookies([
    { name: "rasid_language", value: language, url: address },
    { name: "rasid_theme", value: theme, url: address },
    ...(signedIn && session.cookie !== null ? [session.cookie] : []),
  ]);
  const page = await context.newPage();
  const complaints = watch(page, address);
  if (signedIn && key !== null && session.cookie === null) {
    await signIn(page, address, key, path);
    session.cookie = (await context.cookies()).find(({ name }) => name === "rasid_session") ?? null;
  } else await page.goto(`${address}${path}`);
  return { page, complaints, close: () => context.close() };
}

/** As a person does it: led to the sign-in, gives the key, is led back. */
export async function signIn(page: Page, address: string, key: string, path: string): Promise<void> {
  await page.goto(`${address}${path}`);
  await page.fill("input[type=password]", key);
  await page.click("main button[type=submit]");
  await page.waitForURL(`${address}${path}`);
}

function watch(page: Page, address: string): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${address}/`) && !/^(data|blob|about):/.test(url)) complaints.push(`outside: ${url}`);
  });
  return complaints;
}
