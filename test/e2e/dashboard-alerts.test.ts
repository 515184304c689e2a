import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Publication } from "../../src/demo/course.ts";
import { startLocalServer } from "../net/local-server.ts";
import { checkAccessibility, findingsOn } from "./accessibility.ts";
import { hasBrowser } from "./browser.ts";
import { dashboardForTests, forgiveMissing, openedForTests } from "./dashboard-for-tests.ts";

interface Listed {
  readonly alerts: readonly { readonly id: string; readonly body: { readonly type: string } }[];
}

/** A toll as an agency of the demo would tell it, in words of our own. */
function toll(guid: string, count: number, at: string): Publication {
  return {
    agency: "ararat-bulletin",
    guid,
    title: "Count goes on",
    text: `At least ${count} Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan told the cabinet.`,
    published: at,
  };
}

/** Nobody else tells this number, so the alert quotes this item, whichever feed is read first. */
const ARABIC_TOLL = {
  agency: "gulf-wire",
  guid: "arabic-toll",
  title: "حصيلة جديدة",
  text: "أعلن رئيس الوزراء الأرميني نيكول باشينيان مقتل 283 جنديا أرمينيا على الأقل في المواجهات مع أذربيجان.",
  published: "2022-09-20T21:00:00Z",
};

describe.skipIf(!hasBrowser)("the page of alerts", { timeout: 120_000 }, () => {
  const world = dashboardForTests({}, async (started) => {
    const url = `${started.receiver.url}/desk`;
    await started.ask("POST", "/api/v1/endpoints", {
      url,
      description: "The desk",
      filters: { minSeverity: "critical" },
    });
  });
  const openPage = openedForTests(world);
  const open = async (...asked: Parameters<typeof openPage>): Promise<Page> => (await openPage(...asked)).page;

  it("says what to do while there is none, and shows one the moment a feed publishes it", async () => {
    const page = await open("/alerts");
    await page.getByText("No alert has been raised yet").waitFor();
    world.publish([toll("one", 135, "2022-09-16T08:10:00Z")]);
    const row = page.locator(".alert-row").first();
    await row.waitFor();
    expect(await row.innerText()).toContain("Armenian deaths");
    expect(await row.innerText()).toContain("105 → at least 135");
    expect(await row.locator("blockquote").getAttribute("lang")).toBe("en");
    await page
      .getByRole("status")
      .getByText("New alert: Armenian deaths: 105 → at least 135, Nikol Pashinyan")
      .waitFor({ state: "attached" });
    await page.getByText("No alert has been raised yet").waitFor({ state: "detached" });
  });

  it("keeps new ones back while the reader is further down, and shows them on a click", async () => {
    await world.publishWeek();
    const page = await open("/alerts");
    await page.locator(".alert-row").first().waitFor();
    await page.evaluate("window.scrollTo(0, 900)");
    const before = await page.locator(".alert-row").count();
    world.publish([toll("two", 240, "2022-09-20T18:00:00Z")]);
    const button = page.getByRole("button", { name: "1 new alert" });
    await button.waitFor();
    expect(await page.locator(".alert-row").count()).toBe(before);
    await button.click();
    await page.locator(".alert-row").first().locator(".alert-line").getByText("at least 240").waitFor();
    expect(await page.evaluate("window.scrollY")).toBeLessThan(50);
  });

  it("is filtered by all that endpoints are, in the address, and so is the stream", async () => {
    const page = await open("/alerts");
    await page.locator(".alert-row").first().waitFor();
    await page.locator(".filters summary").first().click();
    await page.getByLabel("Position changed").check();
    await page.keyboard.press("Escape");
    await page.waitForURL(/kinds=statement.changed/);
    const wanted = await world.ask<Listed>("GET", "/api/v1/alerts?kinds=statement.changed&limit=40");
    await expect.poll(() => page.locator(".alert-row").count()).toBe(wanted.alerts.length);
    await page.getByRole("combobox", { name: "Severity" }).selectOption("high");
    await page.getByRole("combobox", { name: "Confidence" }).selectOption("0.7");
    await page.waitForURL(/minSeverity=high&minConfidence=0.7/);
    const fewer = await world.ask<Listed>(
      "GET",
      "/api/v1/alerts?kinds=statement.changed&minSeverity=high&minConfidence=0.7",
    );
    await expect.poll(() => page.locator(".alert-row").count()).toBe(fewer.alerts.length);
    await page.reload();
    await expect.poll(() => page.locator(".alert-row").count()).toBe(fewer.alerts.length);
    world.publish([toll("three", 260, "2022-09-20T20:00:00Z")]);
    await world.settled();
    expect(await page.locator(".alert-row").count()).toBe(fewer.alerts.length);
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await page.locator(".alert-row").first().locator(".alert-line").getByText("at least 260").waitFor();
    world.publish([ARABIC_TOLL]);
    await world.settled();
    await page.goto(`${world.address}/alerts?languages=ar`);
    await page.locator(".alert-row blockquote").first().waitFor();
    const quotes = await page
      .locator(".alert-row blockquote")
      .evaluateAll((all) => all.map((one) => `${one.getAttribute("lang")} ${one.getAttribute("dir")}`));
    expect(new Set(quotes)).toEqual(new Set(["ar rtl"]));
    await page.goto(`${world.address}/alerts?sources=Nobody`);
    await page.getByText("No alert fits these filters").waitFor();
  });

  it("is gone through by keyboard: j, k, Enter, Escape, / and ?", async () => {
    const page = await open("/alerts");
    await page.locator(".alert-row").first().waitFor();
    const focused = () => page.evaluate("document.activeElement?.getAttribute('href')");
    const links = await page
      .locator(".alert-row-link")
      .evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    await page.keyboard.press("j");
    expect(await focused()).toBe(links[0]);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    expect(await focused()).toBe(links[1]);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${world.address}${links[1]}`);
    await page.getByRole("heading", { name: "Why it was raised" }).waitFor();
    await expect.poll(() => page.evaluate("document.activeElement?.tagName")).toBe("H1");
    await page.keyboard.press("Escape");
    await page.waitForURL(`${world.address}/alerts`);
    await page.locator(".alert-row").first().waitFor();
    await page.keyboard.press("/");
    expect(await page.evaluate("document.activeElement?.closest('search') !== null")).toBe(true);
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keys of this page" });
    await dialog.waitFor();
    expect(await findingsOn(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  });

  it("explains an alert down to its words, and sends it to an endpoint that had not wanted it", async () => {
    const { alerts } = await world.ask<Listed>("GET", "/api/v1/alerts?languages=ru&limit=1");
    const id = alerts[0]?.id ?? "";
    const page = await open(`/alerts/${id}`);
    await page.getByText("The stored text holds exactly these words").waitFor();
    const quote = page.locator(".alert-said blockquote");
    expect(await quote.getAttribute("lang")).toBe("ru");
    const explained = await world.ask<{ span: { quote: string } }>("GET", `/api/v1/alerts/${id}/explain`);
    expect(await quote.locator("mark").innerText()).toBe(explained.span.quote);
    await page.getByLabel("Send to an endpoint").selectOption({ label: "The desk" });
    const came = world.receiver.received.length;
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect.poll(() => world.receiver.received.length, { timeout: 10_000 }).toBeGreaterThan(came);
    expect(world.receiver.received.at(-1)?.body).toContain(id);
    await page.reload();
    await page.getByRole("cell", { name: "delivered" }).waitFor();
    await page.getByRole("button", { name: "Send again" }).click();
    await expect.poll(() => world.receiver.received.length, { timeout: 10_000 }).toBeGreaterThan(came + 1);
    await page.getByRole("link", { name: "Open the item and its trace" }).click();
    await page.waitForURL(/\/items\/\d+$/);
  });

  it("shows Arabic from right to left, with Latin quotes left to right, and fits 360 px", async () => {
    const page = await open("/alerts", { language: "ar", width: 360 });
    await page.getByRole("heading", { name: "التنبيهات" }).waitFor();
    await page.locator(".alert-row").first().waitFor();
    expect(await page.locator(".alert-row blockquote[lang=en]").first().getAttribute("dir")).toBe("ltr");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  });

  it("says in Arabic why an endpoint was disabled, the moment it is", async () => {
    const gone = await startLocalServer((_request, response) => void response.writeHead(410).end());
    const page = await open("/alerts", { language: "ar" });
    await page.locator(".alert-row").first().waitFor();
    const { id } = await world.ask<{ id: string }>("POST", "/api/v1/endpoints", { url: `${gone.url}/hook` });
    await world.ask("POST", `/api/v1/endpoints/${id}/test`);
    const because = page.locator(".alert-row-because").first();
    await because.getByText("أجابت نقطة الاستلام بالرمز 410 (لم تعد موجودة)").waitFor();
    expect(await because.getAttribute("lang")).toBe("ar");
    await page.reload();
    await because.getByText("أجابت نقطة الاستلام بالرمز 410 (لم تعد موجودة)").waitFor();
    await gone.stop();
  });

  it("has no finding, the list and the alert", async () => {
    const page = await open("/alerts");
    expect(await checkAccessibility(page, ".alert-row")).toEqual([]);
    const { alerts } = await world.ask<Listed>("GET", "/api/v1/alerts?kinds=figure.revised&limit=1");
    const one = await openPage(`/alerts/${alerts[0]?.id}`);
    expect(await checkAccessibility(one.page, ".alert-said")).toEqual([]);
    await one.page.goto(`${world.address}/alerts/alt_none`);
    await one.page.getByRole("heading", { name: "There is no such alert" }).waitFor();
    forgiveMissing(one);
  });
});
