// Takes every page of the dashboard into docs/screenshots: `npm run screenshots`, after `npm run build`.
// With names of pages as arguments it takes those alone.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { loaded } from "../test/e2e/accessibility.ts";
import { hasBrowser } from "../test/e2e/browser.ts";
import {
  type DashboardWorld,
  type OpenPage,
  type PageOptions,
  startDashboardWorld,
} from "../test/e2e/dashboard-world.ts";

interface Shot {
  readonly name: string;
  readonly path: string;
  /** What a person would do before looking. */
  readonly before?: (page: Page) => Promise<unknown>;
  readonly signedIn?: boolean;
}

const folder = process.env.SCREENSHOTS ?? fileURLToPath(new URL("../docs/screenshots", import.meta.url));
const QUALITY = 55;
/** A window's height ends here: what is below is like what is above. */
const MOST_HEIGHT = { 1280: 1300, 360: 1500 } as const;
const LOOKS = [
  { language: "en", theme: "light", width: 1280 },
  { language: "ar", theme: "dark", width: 1280 },
  { language: "en", theme: "dark", width: 360 },
  { language: "ar", theme: "light", width: 360 },
] as const satisfies readonly PageOptions[];
const STORY = "armenia-azerbaijan";
const MILL = `<?xml version="1.0"?><rss version="2.0"><channel><title>Old Mill Herald</title><link>https://mill.example/</link>
<item><title>The mill opens its doors</title><guid isPermaLink="false">mill-1</guid><pubDate>Tue, 13 Sep 2022 08:00:00 GMT</pubDate>
<description>The old mill by the river opens its doors to visitors on Saturday.</description></item></channel></rss>`;

if (!hasBrowser) {
  console.error("there is no Chromium: install it, or name it in CHROMIUM_PATH");
  process.exit(1);
}
const world = await startDashboardWorld();
try {
  await prepare(world);
  const wanted = process.argv.slice(2);
  const shots = (await shotsOf(world)).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  mkdirSync(folder, { recursive: true });
  await take(world, shots);
  await takeFirstRun(wanted);
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  console.log(
    `${sizes.length} files, ${Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024)} KB in ${folder}`,
  );
} finally {
  await world.close();
}

/** The demo's week, an endpoint that works, one that fails, a feed that does not answer, and keys. */
async function prepare({ ask, receiver, publishWeek, settled }: DashboardWorld): Promise<void> {
  let millStands = true;
  receiver.answer = ({ path }, response) => {
    if (path === "/mill" && millStands) response.writeHead(200, { "content-type": "application/rss+xml" }).end(MILL);
    else response.writeHead(path === "/alerts" ? 204 : 503).end();
  };
  await ask("POST", "/api/v1/endpoints", { url: `${receiver.url}/alerts`, description: "The desk's channel" });
  await ask("POST", "/api/v1/endpoints", {
    url: `${receiver.url}/down`,
    description: "The archive",
    filters: { minSeverity: "high" },
  });
  for (const [name, scope] of [
    ["The reading desk", "read"],
    ["Feed keeper", "write"],
  ])
    await ask("POST", "/api/v1/keys", { name, scopes: [scope] });
  const { id } = await ask<{ id: string }>("POST", "/api/v1/keys", { name: "An old script", scopes: ["read"] });
  await ask("DELETE", `/api/v1/keys/${id}`);
  const url = `${receiver.url}/mill`;
  await ask("POST", "/api/v1/feeds", { url, source: "Old Mill Herald", lang: "en", tier: 3 });
  await settled();
  millStands = false;
  await publishWeek();
  // The rhythm of feeds and the tries of deliveries come to rest.
  await pause(3000);
}

interface Found {
  readonly alerts: readonly {
    readonly id: string;
    readonly body: { readonly type: string; readonly data: { readonly event?: string } };
  }[];
  readonly observations: readonly {
    readonly id: string;
    readonly lang: string;
    readonly item: string;
    readonly kind: string;
  }[];
  readonly endpoints: readonly { readonly id: string }[];
  readonly deliveries: readonly { readonly id: string; readonly state: string }[];
}

/** Every page, with the ids that this ledger gave. */
async function shotsOf({ ask }: DashboardWorld): Promise<readonly Shot[]> {
  const read = (path: string) => ask<Found>("GET", `/api/v1/${path}`);
  const { alerts } = await read("alerts?order=newest");
  const { observations } = await read("observations?limit=500");
  const { endpoints } = await read("endpoints");
  const { deliveries } = await read("deliveries");
  const arabic = observations.find(({ lang, kind }) => lang === "ar" && kind === "figure") ?? observations[0];
  const revised = alerts.find(({ body }) => body.type === "figure.revised") ?? alerts[0];
  const failed = deliveries.find(({ state }) => state === "failed") ?? deliveries[0];
  return [
    { name: "sign-in", path: "/sign-in", signedIn: false },
    { name: "story", path: "/" },
    { name: "event", path: `/stories/${STORY}/events/armenian-deaths` },
    { name: "evidence", path: `/evidence/${STORY}/${encodeURIComponent(arabic?.id ?? "")}` },
    { name: "alerts", path: "/alerts" },
    { name: "alert", path: `/alerts/${revised?.id}` },
    { name: "items", path: "/items" },
    { name: "item", path: `/items/${arabic?.item}` },
    { name: "read", path: "/read", before: readExample },
    { name: "feeds", path: "/feeds" },
    { name: "feed", path: "/feeds/world-wire" },
    { name: "endpoints", path: "/endpoints" },
    { name: "endpoint", path: `/endpoints/${endpoints[0]?.id}` },
    { name: "delivery", path: `/deliveries/${failed?.id}` },
    { name: "baseline", path: "/baseline" },
    { name: "export", path: "/export" },
    { name: "operation", path: "/operation", before: queuesShown },
    { name: "keys", path: "/keys" },
  ];
}

/** The queues' own page loads in its frame. */
async function queuesShown(page: Page): Promise<void> {
  await page.frameLocator("iframe").getByText("deduplicate").filter({ visible: true }).first().waitFor();
}

async function readExample(page: Page): Promise<void> {
  await page.locator("main form button[type=button]").first().click();
  await page.locator("main form button[type=submit]").click();
  await page.locator(".reading-legend").first().waitFor();
}

/** Takes the pages in every look, each look in one window that signs in once. */
async function take(from: DashboardWorld, shots: readonly Shot[]): Promise<void> {
  for (const look of LOOKS) {
    const signedIn = shots.filter((shot) => shot.signedIn !== false);
    await takeIn(
      await from.open("/sign-in", { ...look, signedIn: false }),
      from,
      look,
      shots.filter((shot) => shot.signedIn === false),
    );
    if (signedIn.length > 0) await takeIn(await from.open(signedIn[0]?.path ?? "/", look), from, look, signedIn);
    console.log(`${look.language} ${look.theme} ${look.width}`);
  }
}

async function takeIn(
  { page, complaints, close }: OpenPage,
  { address }: DashboardWorld,
  { width, language, theme }: (typeof LOOKS)[number],
  shots: readonly Shot[],
): Promise<void> {
  for (const { name, path, before } of shots) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${address}${path}`);
    await page.locator("main h1").first().waitFor();
    await loaded(page);
    await before?.(page);
    await pause(500);
    await photograph(page, width, `${name}-${width === 1280 ? "wide" : "narrow"}-${language}-${theme}`);
    for (const complaint of complaints.splice(0)) console.error(`${name}: ${complaint}`);
  }
  await close();
}

/** As high as the page, within bounds, so that nothing scrolls in the picture. */
async function photograph(page: Page, width: 1280 | 360, name: string): Promise<void> {
  await page.evaluate("window.scrollTo(0, 0)");
  const { height: tall, wide } = await page.evaluate(() => ({
    height: document.documentElement.scrollHeight,
    wide: document.documentElement.scrollWidth,
  }));
  if (wide > width) console.error(`${name} is ${wide} px wide`);
  const height = Math.min(Math.max(tall, width === 1280 ? 720 : 640), MOST_HEIGHT[width]);
  await page.setViewportSize({ width, height });
  await loaded(page);
  await pause(500);
  if (process.env.SCREENSHOTS_PNG) {
    await page.screenshot({ path: join(folder, `${name}.png`) });
    return;
  }
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  rmSync(join(folder, `${name}.webp`), { force: true });
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, "base64"));
}

/** A fresh install without feeds and without a key. */
async function takeFirstRun(wanted: readonly string[]): Promise<void> {
  if (wanted.length > 0 && !wanted.includes("start")) return;
  const fresh = await startDashboardWorld({ feeds: "none", key: false });
  try {
    await take(fresh, [{ name: "start", path: "/start" }]);
  } finally {
    await fresh.close();
  }
}
