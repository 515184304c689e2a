import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { type AlertBody, alertBodySchema } from "../../src/api/alert-body-schema.ts";
import { loadCourse } from "../../src/demo/course.ts";
import { compareAlerts } from "../../src/demo/expected-alerts.ts";
import { type Demo, startDemo } from "../../src/demo/run-demo.ts";
import { environmentWith } from "../../src/settings.ts";

const entry = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const course = loadCourse(fileURLToPath(new URL("../../demo", import.meta.url)));
const redisUrl = process.env.RASID_TEST_REDIS_URL;

let demo: Demo | null = null;
afterEach(async () => {
  await demo?.stop();
  demo = null;
});

/** A demo that says nothing. */
const quiet = { course, entry, killAt: null, onStep: () => {}, onAlert: () => {}, onLog: null, onCrash: () => {} };

/** Plays the course through a daemon of its own and gives the alerts of its ledger. */
async function play(options: { killAt: number | null; environment?: Record<string, string> }) {
  const crashes: string[] = [];
  demo = await startDemo({
    ...quiet,
    environment: (variables) => environmentWith({ ...variables, PORT: "0", REDIS_URL: "", ...options.environment }),
    killAt: options.killAt,
    onCrash: (how) => crashes.push(how),
  });
  await demo.play();
  return {
    alerts: await demo.api().alerts(),
    received: demo.receiver.received,
    refused: demo.receiver.refused,
    crashes,
  };
}

function expectAll({ alerts, received, refused, crashes }: Awaited<ReturnType<typeof play>>): void {
  const { missing, unexpected } = compareAlerts(course.expected, alerts);
  expect({ missing, unexpected, refused, crashes }).toEqual({ missing: [], unexpected: [], refused: [], crashes: [] });
  const ids = alerts.map(({ data }) => data.alert);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...received.values()].map(({ data }) => data.alert).sort()).toEqual([...ids].sort());
}

/** The course as an offline command reads it. */
function itemLines(): string {
  const sourceOf = new Map(course.agencies.map(({ id, source, lang }) => [id, { source, lang }]));
  const lines = course.steps.flatMap(({ items }) =>
    items.map(({ agency, guid, title, text, published, updated }) =>
      JSON.stringify({ id: guid, title, text: text.trim(), published: updated ?? published, ...sourceOf.get(agency) }),
    ),
  );
  return `${lines.join("\n")}\n`;
}

async function replayed(): Promise<AlertBody[]> {
  const dir = mkdtempSync(join(tmpdir(), "rasid-replay-"));
  try {
    const feeds = course.agencies.map(({ id, source, lang, tier, timezone }) => ({
      id,
      url: `http://${id}.example/feed`,
      source,
      lang,
      tier,
      timezone,
    }));
    writeFileSync(join(dir, "feeds.yaml"), stringify({ feeds }));
    writeFileSync(join(dir, "items.jsonl"), itemLines());
    const { stdout } = await promisify(execFile)(process.execPath, [entry, "replay", join(dir, "items.jsonl")], {
      env: environmentWith({ RASID_FEEDS: join(dir, "feeds.yaml") }),
      maxBuffer: 16 * 1024 * 1024,
    });
    return stdout
      .trim()
      .split("\n")
      .map((line) => alertBodySchema.parse(JSON.parse(line)));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const told = (alerts: readonly AlertBody[]) =>
  alerts
    .map(({ type, data }) =>
      [type, data.event, data.topic ?? data.measure, data.party, data.after?.value ?? data.after?.position].join(" "),
    )
    .sort();

it("keeps its database in the folder that it takes away at the end, as root too", async () => {
  let data = "";
  demo = await startDemo({
    ...quiet,
    environment: (variables) => {
      data = variables.RASID_DATA ?? "";
      expect(variables).toMatchObject({ DATABASE_URL: "", REDIS_URL: "", RASID_ROLES: "", RASID_CONFIG: "", HOST: "" });
      return environmentWith({ ...variables, PORT: "0", REDIS_URL: "" });
    },
  });
  expect(existsSync(join(data, "postgres"))).toBe(true);
  await demo.stop();
  expect(existsSync(data)).toBe(false);
}, 60_000);

describe("the demo", () => {
  it("raises exactly the expected alerts, once, and each is received; a replay of its items gives the same", async () => {
    const run = await play({ killAt: null });
    expectAll(run);
    expect(told(await replayed())).toEqual(told(run.alerts));
  }, 120_000);

  it("gives the same alerts when the daemon is killed in the middle and started anew", async () => {
    expectAll(await play({ killAt: 6 }));
  }, 180_000);

  it.skipIf(redisUrl === undefined)(
    "gives the same alerts on Redis, killed in the middle too",
    async () => {
      expectAll(await play({ killAt: 8, environment: { REDIS_URL: redisUrl as string } }));
    },
    180_000,
  );

  it("has at least 80 items on 8 feeds in five languages and all formats", () => {
    const items = new Set(course.steps.flatMap(({ items: published }) => published.map(({ guid }) => guid)));
    expect(items.size).toBeGreaterThanOrEqual(80);
    expect(course.agencies.length).toBeGreaterThanOrEqual(8);
    expect(new Set(course.agencies.map(({ lang }) => lang))).toEqual(new Set(["ar", "en", "ru", "tr", "fr"]));
    expect(new Set(course.agencies.map(({ format }) => format))).toEqual(new Set(["rss", "atom", "json"]));
    expect(course.agencies.map(({ charset }) => charset)).toEqual(
      expect.arrayContaining(["windows-1251", "windows-1256"]),
    );
  });
});
