import { type ChildProcess, fork } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { type DaemonProcess, startDaemonProcess } from "../../src/demo/daemon-process.ts";
import { freePort } from "../../src/ledger/embedded-postmaster.ts";
import { environmentWith } from "../../src/settings.ts";
import { namesOf } from "../deployment/promql-names.ts";
import { freshDatabase } from "../integration/fresh-ledger.ts";

const root = new URL("../../", import.meta.url);
const entry = fileURLToPath(new URL("dist/cli.js", root));
const ask = z.looseObject({ expr: z.string() });
const rules = z.object({ groups: z.array(z.object({ rules: z.array(ask) })) });
const dashboard = z.object({ panels: z.array(z.looseObject({ targets: z.array(ask).optional() })) });

/** Prometheus makes these itself. */
const FROM_PROMETHEUS = new Set(["up"]);
const ADDED_LABELS = new Set(["job", "instance", "le"]);

let dir: string;
let daemon: DaemonProcess;
let text: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "rasid-metrics-"));
  // PostgreSQL's account must pass through, or else its data lies elsewhere and outlives the folder.
  chmodSync(dir, 0o711);
  writeFileSync(
    join(dir, "feeds.yaml"),
    'feeds:\n  - { id: nobody, url: "http://127.0.0.1:9/feed", source: Nobody, lang: en, tier: 3 }\n',
  );
  const environment = environmentWith({
    RASID_DATA: join(dir, "data"),
    RASID_FEEDS: join(dir, "feeds.yaml"),
    PORT: "0",
    REDIS_URL: "",
    DATABASE_URL: "",
  });
  daemon = await startDaemonProcess({ entry, environment, onLog: null });
  text = await (await fetch(`${daemon.address}/metrics`)).text();
});
afterAll(async () => {
  await daemon?.stop(10_000);
  rmSync(dir, { recursive: true, force: true });
});

/** Metric names as Prometheus stores them: a histogram is three. */
function measured(): Set<string> {
  const names = new Set<string>();
  for (const [, name = "", type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm))
    for (const suffix of type === "histogram" ? ["_bucket", "_sum", "_count"] : [""]) names.add(`${name}${suffix}`);
  return names;
}

function expressions(): string[] {
  const read = (path: string) => readFileSync(new URL(path, root), "utf8");
  const fromRules = rules.parse(parse(read("ops/prometheus/rules.yaml"))).groups.flatMap((group) => group.rules);
  const fromPanels = dashboard
    .parse(JSON.parse(read("ops/grafana/rasid.json")))
    .panels.flatMap(({ targets }) => targets ?? []);
  return [...fromRules, ...fromPanels].map(({ expr }) => expr);
}

describe("/metrics of the real daemon", () => {
  it("has every metric that the alert rules and the dashboard ask for", () => {
    const asked = new Set(expressions().flatMap((expression) => [...namesOf(expression).metrics]));
    expect(asked.size).toBeGreaterThan(25);
    const known = measured();
    expect([...asked].filter((name) => !known.has(name) && !FROM_PROMETHEUS.has(name))).toEqual([]);
  });

  it("names counters, and them alone, as counters are named", () => {
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    expect(types.length).toBeGreaterThan(40);
    for (const [, name = "", type] of types)
      expect([name, name.endsWith("_total")]).toEqual([name, type === "counter"]);
    for (const [, name = ""] of types) expect(text).toContain(`# HELP ${name} `);
  });

  it("has every label that they select or group by", () => {
    const known = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
    const asked = new Set(expressions().flatMap((expression) => [...namesOf(expression).labels]));
    expect([...asked].filter((label) => !known.has(label) && !ADDED_LABELS.has(label))).toEqual([]);
  });

  it("says of every metric what it is, in names and units as Prometheus wants them", () => {
    const types = [...text.matchAll(/^# TYPE (rasid_\S+) (\S+)$/gm)];
    expect(types.length).toBeGreaterThan(25);
    for (const [, name = "", type] of types) {
      expect(text).toMatch(new RegExp(`^# HELP ${name} \\S`, "m"));
      expect(name.endsWith("_total"), name).toBe(type === "counter");
      if (type === "histogram") expect(name).toMatch(/_seconds$/);
      expect(name).not.toMatch(/_(ms|milliseconds|kb|mb|percent)$/);
    }
  });

  it("stays small: no label has as many values as there are feeds, endpoints or items", () => {
    const series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    expect(series.length).toBeLessThan(400);
    expect(text).not.toContain("nobody");
  });

  it("tells the state of feeds, queues, backend and ledger", async () => {
    await expect
      .poll(async () => (await fetch(`${daemon.address}/metrics`)).text(), { timeout: 15_000, interval: 500 })
      .toContain('rasid_feeds{state="failing"} 1');
    for (const line of [
      'rasid_queue_backend_up{backend="postgres"} 1',
      "rasid_ledger_up 1",
      'rasid_queue_depth{stage="match"} 0',
      'rasid_deliveries{state="dead"} 0',
      "rasid_database_pool_max 10",
    ])
      expect(text).toContain(line);
    expect(text).toMatch(/rasid_ledger_size_bytes [1-9]\d+/);
    expect(text).toMatch(/rasid_data_free_bytes [1-9]\d+/);
    expect(text).toMatch(/rasid_build_info\{version="\d[^"]*",node_version="v\d[^"]*",backend="postgres",roles="api,/);
  });
});

describe("a worker without the API", () => {
  let database: { url: string; drop: () => Promise<void> };
  let child: ChildProcess | null = null;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => {
    child?.kill("SIGKILL");
    await database.drop();
  });

  it("answers at its own port for supervisors, and for Prometheus with a key, by the address that was asked", async () => {
    const port = await freePort();
    const variables = {
      DATABASE_URL: database.url,
      REDIS_URL: "",
      RASID_SECRET_KEY: Buffer.alloc(32, 3).toString("base64"),
      RASID_FEEDS: join(dir, "feeds.yaml"),
      RASID_ADMIN_KEY_FILE: join(dir, "admin-key"),
      RASID_METRICS_PORT: String(port),
      RASID_ROLES: "deliver",
      HOST: "0.0.0.0",
    };
    const key = `rsd_${Buffer.alloc(32, 9).toString("base64url")}`;
    writeFileSync(join(dir, "admin-key"), `${key}\n`, { mode: 0o600 });
    child = fork(entry, ["start"], { env: environmentWith(variables), stdio: ["ignore", "ignore", "ignore", "ipc"] });
    await new Promise((resolve) => child?.once("message", resolve));
    const host = "127.0.0.3";
    expect((await get({ host, port, path: "/readyz" })).status).toBe(200);
    expect((await get({ host, port, path: "/metrics" })).status).toBe(401);
    const answer = await get({ host, port, path: "/metrics", headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('roles="deliver"');
    expect((await get({ host, port, path: "/readyz", headers: { host: "10.9.8.7" } })).status).toBe(421);
    expect((await get({ host, port, path: "/api/v1/alerts" })).status).toBe(401);
  });
});

function get(options: { host: string; port: number; path: string; headers?: Record<string, string> }) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    request(options, async (response) => {
      let body = "";
      for await (const part of response.setEncoding("utf8")) body += part;
      resolve({ status: response.statusCode ?? 0, text: body });
    })
      .on("error", reject)
      .end();
  });
}
