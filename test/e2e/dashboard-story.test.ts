import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Publication } from "../../src/demo/course.ts";
import { checkAccessibility, chooseLook } from "./accessibility.ts";
import { hasBrowser } from "./browser.ts";
import { dashboardForTests, forgiveMissing, openedForTests } from "./dashboard-for-tests.ts";

const EVENTS = "/api/v1/stories/armenia-azerbaijan/events";

interface Series {
  readonly points: readonly { readonly id: string; readonly lang: string; readonly value?: number }[];
}

/** Tolls as agencies of the demo would tell them, in words of our own. */
function english(guid: string, count: number, at: string): Publication {
  return {
    agency: "ararat-bulletin",
    guid,
    title: "Count goes on",
    text: `At least ${count} Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan told the cabinet.`,
    published: at,
  };
}
const ARABIC: Publication = {
  agency: "gulf-wire",
  guid: "arabic-toll",
  title: "الحكومة تتحدث عن الحصيلة",
  text: "ناقشت الحكومة في يريفان أوضاع الحدود.\n\nوقال رئيس الوزراء الأرميني نيكول باشينيان إن 135 جنديا أرمينيا على الأقل قتلوا في المعارك مع أذربيجان هذا الأسبوع.",
  published: "2022-09-16T09:20:00Z",
};

describe.skipIf(!hasBrowser)("the pages of the story", () => {
  const world = dashboardForTests();
  const openPage = openedForTests(world);
  const open = async (...asked: Parameters<typeof openPage>): Promise<Page> => (await openPage(...asked)).page;
  const card = (page: Page, event: string) => page.locator(`article[id="${event}"]`);

  /** Where the marks of a chart lead: those that stand for several are opened. */
  const evidenceOf = async (chart: Locator): Promise<string[]> => {
    const hrefs = (links: Locator) => links.evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
    const found = await hrefs(chart.locator("a.chart-point"));
    for (const many of await chart.locator("button.chart-point").all()) {
      await many.press("Enter");
      const listed = await hrefs(chart.locator(".chart-group li a"));
      expect(Number(await many.locator("[aria-hidden]").innerText())).toBe(listed.length);
      found.push(...listed);
      await chart.page().keyboard.press("Escape");
      expect(await many.evaluate((element) => element === document.activeElement)).toBe(true);
    }
    return found.sort();
  };

  /** Every page of the story, with something to show. */
  const paths = async (): Promise<string[]> => {
    const { points } = await world.ask<Series>("GET", `${EVENTS}/armenian-deaths/series`);
    const evidence = `/evidence/armenia-azerbaijan/${encodeURIComponent(points[0]?.id ?? "")}`;
    return ["/", "/stories/armenia-azerbaijan/events/armenian-deaths", evidence, "/export"];
  };

  it("show the whole baseline while nothing is reported, and a change the moment a feed publishes it", async () => {
    const page = await open("/");
    const deaths = card(page, "armenian-deaths");
    await deaths.getByText("Nothing newer was reported.").waitFor();
    expect(await deaths.locator(".baseline-note").innerText()).toContain("105 Nikol Pashinyan, 14 Sept 2022");
    expect(await page.getByText("No feed has brought anything on this story yet").count()).toBe(1);
    world.publish([english("one", 135, "2022-09-16T08:10:00Z")]);
    await deaths.getByText("above the baseline").waitFor();
    expect(await deaths.locator(".standing-value").innerText()).toBe("at least 135");
    expect(await deaths.locator(".standing-facts").innerText()).toContain("1 independent source");
    await deaths.getByText("just now").waitFor();
    const glance = page.getByRole("region", { name: "Changed since the article" }).getByRole("listitem");
    expect((await glance.innerText()).replace(/\s+/g, " ")).toBe(
      "Armenian deaths 105 → now at least 135 Nikol Pashinyan · 16 Sept 2022 · Ararat Bulletin",
    );
    expect(await glance.getByTitle("Evidence").getAttribute("href")).toMatch(/^\/evidence\/armenia-azerbaijan\//);
    await page.locator(".news").getByText("1 alert", { exact: true }).waitFor();
    await world.settled();
  });

  it("draw every observation as a point that leads to its evidence, by mouse and by keyboard", async () => {
    world.publish([ARABIC, english("two", 207, "2022-09-19T12:00:00Z")]);
    await world.settled();
    const { points } = await world.ask<Series>("GET", `${EVENTS}/armenian-deaths/series`);
    expect(points.length).toBeGreaterThanOrEqual(3);
    const page = await open("/");
    const deaths = card(page, "armenian-deaths");
    const marks = deaths.locator("[data-mark]");
    await marks.first().waitFor({ state: "attached" });
    expect(await evidenceOf(deaths)).toEqual(
      points.map(({ id }) => `/evidence/armenia-azerbaijan/${encodeURIComponent(id)}`).sort(),
    );
    // One stop for the tabulator, arrow keys inside.
    expect(await deaths.locator("[data-mark][tabindex='0']").count()).toBe(1);
    await marks.first().focus();
    await page.keyboard.press("End");
    const last = page.locator("a.chart-point:focus");
    expect(await last.innerText()).toMatch(/at least 207 · Nikol Pashinyan · \u2068?Ararat Bulletin/);
    expect(await deaths.locator(".chart-tip").innerText()).toContain("207");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/evidence\//);
    await page.getByRole("heading", { level: 1, name: "at least 207 – Nikol Pashinyan" }).waitFor();
    await page.goBack();
    await deaths.getByText("As a table").click();
    expect(await deaths.locator(".series-table tbody tr").count()).toBe(points.length);
  });

  it("draw what several report at one time as one mark at its true value, with their number and their list", async () => {
    const same = ["four", "five", "six"].map((guid) => english(guid, 135, "2022-09-16T08:20:00Z"));
    world.publish(same);
    await world.settled();
    const page = await open("/stories/armenia-azerbaijan/events/armenian-deaths");
    const many = page.locator("button.chart-point").first();
    await many.waitFor();
    const step = await page.locator("[data-mark]").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
    const alone = page.locator("a.chart-point", { hasText: "at least 207" });
    const up = (await alone.boundingBox())?.y ?? 0;
    expect(Math.min(...step.map(({ y }) => y))).toBe(up);
    const middle = () =>
      many.evaluate((one) => Math.round(one.getBoundingClientRect().y + one.getBoundingClientRect().height / 2));
    const height = await middle();
    await many.click();
    // It grows at hand, and stays where it is.
    expect(Math.abs((await middle()) - height)).toBeLessThanOrEqual(1);
    const list = page.locator(".chart-group");
    const labels = await list.locator("li").allInnerTexts();
    expect(labels.length).toBeGreaterThanOrEqual(2);
    for (const label of labels) expect(label).toContain("135");
    expect(await page.evaluate(() => document.activeElement?.closest(".chart-group") !== null)).toBe(true);
    await page.getByRole("heading", { level: 1 }).click();
    await list.waitFor({ state: "detached" });
    await many.click();
    await list.getByRole("link").first().click();
    await page.waitForURL(/\/evidence\//);
  });

  it("show Arabic words from right to left in an English page, the span marked in its paragraph", async () => {
    const { points } = await world.ask<Series>("GET", `${EVENTS}/armenian-deaths/series`);
    const arabic = points.find(({ lang }) => lang === "ar");
    const page = await open(`/evidence/armenia-azerbaijan/${encodeURIComponent(arabic?.id ?? "")}`);
    const quote = page.locator(".evidence-quote");
    await quote.waitFor();
    expect(await quote.getAttribute("lang")).toBe("ar");
    expect(await quote.getAttribute("dir")).toBe("rtl");
    expect(await quote.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
    expect(await quote.locator("mark").innerText()).toContain("135");
    expect(await quote.innerText()).not.toContain("ناقشت الحكومة");
    expect(await page.locator(".whole-body").innerText()).toContain("ناقشت الحكومة");
    expect(await page.locator(".whole-body mark").innerText()).toBe(await quote.locator("mark").innerText());
    await page.getByText("The words stand exactly so in the stored text.").waitFor();
    const link = page.getByRole("link", { name: "Open the article" });
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
    expect(await link.getAttribute("href")).toMatch(/^https?:\/\//);
    expect(await page.locator(".rules li").count()).toBeGreaterThan(0);
  });

  it("tell what happened since the last visit, until it is marked as seen", async () => {
    const page = await open("/");
    const news = page.locator(".news");
    await news.getByText("First visit in this browser. So far:").waitFor();
    await news.getByRole("button", { name: "Mark as seen" }).click();
    await news.getByText("nothing new.").waitFor();
    world.publish([english("three", 240, "2022-09-20T12:00:00Z")]);
    await news.getByText("1 alert", { exact: true }).waitFor();
    await page.reload();
    await news.getByText("Since your last visit").waitFor();
    expect(await news.getByRole("link", { name: "1 alert", exact: true }).getAttribute("href")).toMatch(
      /^\/alerts\?stories=armenia-azerbaijan&since=/,
    );
    await world.settled();
    await news.getByRole("link", { name: "1 alert", exact: true }).click();
    await page.locator(".alert-row-link").first().waitFor();
    expect(await page.locator(".alert-row-link").count()).toBe(1);
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await expect.poll(() => page.locator(".alert-row-link").count()).toBeGreaterThan(1);
    expect(new URL(page.url()).search).toBe("");
  });

  it("are found again where they were left, by a step back", async () => {
    const page = await open("/");
    await card(page, "armenian-deaths").waitFor();
    await page.locator(".event-more a").nth(6).click();
    await page.locator(".page-back").waitFor();
    expect(await page.evaluate("scrollY")).toBe(0);
    await page.goBack();
    await expect.poll(() => page.evaluate("scrollY")).toBeGreaterThan(500);
  });

  it("filter what is shown and keep the filter in the address", async () => {
    const page = await open("/");
    await card(page, "csto-troops").waitFor();
    await page.getByRole("button", { name: /^Changed/ }).click();
    await card(page, "csto-troops").waitFor({ state: "detached" });
    expect(await card(page, "armenian-deaths").count()).toBe(1);
    expect(new URL(page.url()).search).toBe("?show=changed");
    await page.reload();
    await card(page, "armenian-deaths").waitFor();
    expect(await card(page, "csto-troops").count()).toBe(0);
  });

  it("give an event its own page with all states and observations", async () => {
    const page = await open("/stories/armenia-azerbaijan/events/armenian-deaths");
    await page.getByRole("heading", { name: "How it came to this" }).waitFor();
    const states = page.locator("section[aria-labelledby='history'] tbody tr");
    expect(await states.first().innerText()).toContain("240");
    await page.locator("section[aria-labelledby='observations'] q[lang='ar'][dir='rtl']").first().waitFor();
  });

  it("write a story out: the file of the page is the API's", async () => {
    const page = await open("/export");
    await page.getByRole("radio", { name: /^Alerts/ }).check();
    await page.getByRole("radio", { name: /^JSON Lines/ }).check();
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^armenia-azerbaijan-alerts-\d{4}-\d\d-\d\d\.jsonl$/);
    const rows = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\n");
    const { alerts } = await world.ask<{ alerts: { id: string }[] }>("GET", "/api/v1/alerts");
    expect(rows.map((row) => JSON.parse(row).id)).toEqual(alerts.map(({ id }) => id));
    // Every column of every export is explained, in both languages.
    for (const language of ["en", "ar"]) {
      await chooseLook(page, { language, theme: "light" });
      await page.reload();
      for (const at of [0, 1, 2, 3]) {
        await page.locator("input[name='what']").nth(at).check();
        const meanings = await page.locator("tbody td").allInnerTexts();
        expect(meanings.length).toBeGreaterThan(10);
        expect(meanings.filter((meaning) => meaning.trim() === "")).toEqual([]);
      }
    }
  });

  it("never scroll sideways as a whole, from 320 px on", async () => {
    const page = await open("/");
    for (const language of ["en", "ar"]) {
      await chooseLook(page, { language, theme: "light" });
      for (const path of await paths()) {
        for (const width of [320, 360, 768]) {
          await page.setViewportSize({ width, height: 900 });
          await page.goto(`${world.address}${path}`);
          await page.locator("main .card").first().waitFor();
          await page.locator("main .loading").first().waitFor({ state: "detached" });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(wide, `${language} ${width} ${path}`).toBe(width);
        }
      }
    }
  }, 120_000);

  it("are accessible in both languages and themes", async () => {
    const page = await open("/");
    for (const path of await paths()) {
      await page.goto(`${world.address}${path}`);
      expect(await checkAccessibility(page, "main .card"), path).toEqual([]);
    }
  }, 120_000);

  it("say so in words where there is nothing", async () => {
    const missing = await openPage("/evidence/armenia-azerbaijan/9%3A9%3A9");
    await missing.page.getByText("There is no such observation").waitFor();
    forgiveMissing(missing);
  });
});
