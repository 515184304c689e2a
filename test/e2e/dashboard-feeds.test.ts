import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalServer, startLocalServer } from "../net/local-server.ts";
import { checkAccessibility, findingsOn } from "./accessibility.ts";
import { hasBrowser } from "./browser.ts";
import { dashboardForTests } from "./dashboard-for-tests.ts";

const RSS = `<rss version="2.0"><channel><title>Border Post</title><language>en</language>
  <item><guid>1</guid><title>Road open again</title><description>Cars pass since the morning.</description></item></channel></rss>`;

describe.skipIf(!hasBrowser)("the feeds in a browser", () => {
  const world = dashboardForTests();
  let site: LocalServer;
  let works = true;
  beforeAll(async () => {
    site = await startLocalServer((request, response) => {
      if (request.url === "/border.xml") return void response.writeHead(works ? 200 : 404).end(works ? RSS : "");
      if (request.url === "/news")
        return void response.end('<link rel="alternate" type="application/rss+xml" href="/border.xml"><p>News</p>');
      response.writeHead(404).end();
    });
  });
  afterAll(async () => {
    await site?.stop();
  });

  it("are listed with their state, searched and sorted", async () => {
    const { page, complaints, close } = await world.open("/feeds");
    const rows = page.locator("tbody tr");
    await rows.first().waitFor();
    expect(await rows.count()).toBe(world.agencies.length);
    await page.getByPlaceholder("Name, id, address").fill("volga ru");
    await rows.nth(1).waitFor({ state: "detached" });
    expect(await rows.count()).toBe(1);
    await page.getByPlaceholder("Name, id, address").fill("nowhere");
    await page.getByText("No feed fits").waitFor();
    await page.getByPlaceholder("Name, id, address").fill("");
    expect(await checkAccessibility(page, "tbody tr")).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  }, 90_000);

  it("one is found from its site's page, added, read, and told of in words when it fails", async () => {
    const { page, complaints, close } = await world.open("/feeds");
    await page.getByRole("button", { name: "Add a feed" }).click();
    await page.getByRole("dialog").getByLabel("Address").fill(`${site.url}/news`);
    await page.getByRole("button", { name: "Look", exact: true }).click();
    await page.getByText("Road open again").waitFor();
    expect(await page.getByRole("dialog").getByLabel("Publisher").inputValue()).toBe("Border Post");
    expect(await findingsOn(page)).toEqual([]);
    await page.getByRole("dialog").getByLabel("Tier").selectOption("2");
    await page.getByRole("button", { name: "Add this feed" }).click();
    await page.waitForURL(/\/feeds\/border-post-en$/);
    await page.locator("main").getByRole("link", { name: "Road open again" }).waitFor({ timeout: 20_000 });
    expect(readFileSync(join(world.configDir, "feeds.yaml"), "utf8")).toContain("border-post-en");

    works = false;
    await page.getByText("There is nothing at the address (404).").waitFor({ timeout: 30_000 });
    expect(await page.locator(".feed-trouble-full").textContent()).toContain("Look on the site for it");
    expect(await checkAccessibility(page, ".feed-trouble-full")).toEqual([]);
    await page.goto(`${world.address}/feeds`);
    const row = page.locator("tbody tr", { hasText: "Border Post" });
    await row.getByText("Failing").waitFor();
    await row.getByText("There is nothing at the address (404).").waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);

  it("one that does not answer is told of before it is added, and can be added unseen", async () => {
    const { page, close } = await world.open("/feeds", { language: "ar" });
    await page.getByRole("button", { name: "أضف مصدرًا" }).click();
    await page.getByRole("dialog").getByLabel("العنوان").fill(`${site.url}/none`);
    await page.getByRole("button", { name: "اعرض", exact: true }).click();
    await page.getByText("أجاب الخادم بالرمز").waitFor();
    await page.getByRole("button", { name: "أضفه من دون معاينة" }).click();
    await page.getByRole("dialog").getByLabel("الناشر").fill("وكالة الجبل");
    await page.getByRole("dialog").getByLabel("اللغة").fill("ar");
    await page.getByRole("button", { name: "أضف هذا المصدر" }).click();
    await page.waitForURL(/\/feeds\/feed-ar$/);
    await page.getByRole("heading", { name: "وكالة الجبل", level: 1 }).waitFor();
    await close();
  }, 60_000);

  it("one is paused, resumed, tested and removed", async () => {
    const { page, complaints, close } = await world.open("/feeds/world-wire");
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("It is not polled until somebody resumes it.").waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await page.getByRole("button", { name: "Test" }).click();
    await page.locator(".probe").waitFor();
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.waitForURL(`${world.address}/feeds`);
    expect(readFileSync(join(world.configDir, "feeds.yaml"), "utf8")).not.toContain("world-wire");
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  it("a list of a foreign reader is taken in, and the own one goes out", async () => {
    const { page, complaints, close } = await world.open("/feeds");
    await page.getByRole("button", { name: "Import OPML" }).click();
    const opml = `<opml version="2.0"><body><outline text="A" xmlUrl="${site.url}/a.xml"/><outline text="B" xmlUrl="feed:b"/></body></opml>`;
    const file = { name: "list.opml", mimeType: "text/xml", buffer: Buffer.from(opml) };
    await page.getByLabel("OPML file").setInputFiles(file);
    await page.getByLabel("Language of feeds").fill("en");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("1 feed was added.").waitFor();
    await page.getByText("no http or https address").waitFor();
    await page.getByRole("button", { name: "Done" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByText("Export OPML").click()]);
    expect(readFileSync(await download.path(), "utf8")).toContain(`${site.url}/a.xml`);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});
