import type { Page } from "playwright-core";
import { describe, expect, it, vi } from "vitest";
import { checkAccessibility } from "./accessibility.ts";
import { hasBrowser } from "./browser.ts";
import { dashboardForTests, openedForTests } from "./dashboard-for-tests.ts";

interface Listed {
  readonly items: readonly { readonly id: string; readonly title: string }[];
  readonly unsearched: number | null;
}

describe.skipIf(!hasBrowser)("the pages of items", { timeout: 120_000 }, () => {
  const world = dashboardForTests({}, async (started) => {
    await started.publishWeek();
    started.publish([
      {
        agency: "gulf-wire",
        guid: "weather-ar",
        title: "طقسٌ مُعتدل",
        text: "أعلنت هيئة الأرصاد أن الأجواء في المنطقة الجنوبية مستقرّة، وعاد الصيادون إلى الميناء.",
        published: "2022-09-20T12:00:00Z",
      },
      {
        agency: "volga-info",
        guid: "weather-ru",
        title: "Тёплый день у моря",
        text: "Самолёты вылетели вовремя, а пёстрые зонты заполнили берег.",
        published: "2022-09-20T12:10:00Z",
      },
    ]);
    await started.settled();
    const unsearched = async () => (await started.ask<Listed>("GET", "/api/v1/items?q=nowhere&limit=1")).unsearched;
    await vi.waitUntil(async () => (await unsearched()) === 0, { timeout: 30_000, interval: 500 });
  });
  const openPage = openedForTests(world);
  const open = async (...asked: Parameters<typeof openPage>): Promise<Page> => (await openPage(...asked)).page;
  const search = async (page: Page, line: string): Promise<string[]> => {
    await page.getByRole("searchbox").fill(line);
    await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(line);
    await page.locator("main .loading").waitFor({ state: "detached" });
    return page.locator(".item-row-link").allInnerTexts();
  };
  const idOf = async (title: string): Promise<string> => {
    const { items } = await world.ask<Listed>("GET", `/api/v1/items?q=${encodeURIComponent(`"${title}"`)}`);
    return items[0]?.id ?? "";
  };

  it("are searched in Arabic whatever the letter forms and marks", async () => {
    const page = await open("/items");
    for (const line of ["طقس معتدل", "الارصاد", "اجواء المنطقه", "الصيّادون"])
      expect(await search(page, line), line).toEqual(["طقسٌ مُعتدل"]);
    const row = page.locator(".item-row").first();
    expect(await row.locator(".item-row-link").getAttribute("dir")).toBe("rtl");
    expect(await row.locator("mark").allInnerTexts()).toEqual(["الصيادون"]);
    expect(await search(page, "«هيئة الأرصاد»")).toEqual(["طقسٌ مُعتدل"]);
    expect(await search(page, "«الأرصاد هيئة»")).toEqual([]);
    await page.getByText("No item has all of this").waitFor();
    // The line says what the list was searched for, also when the address is changed by something else.
    await page.getByRole("navigation").getByRole("link", { name: "Items" }).click();
    await page.locator(".item-row").first().waitFor();
    expect(await page.getByRole("searchbox").inputValue()).toBe("");
  });

  it("are searched in Russian with ё and е alike, from the beginning of a word on", async () => {
    const page = await open("/items");
    for (const line of ["самолет", "самолёты", "ТЕПЛЫЙ", "пестр зонт"])
      expect(await search(page, line), line).toEqual(["Тёплый день у моря"]);
    expect(await page.locator(".item-row mark").allInnerTexts()).toEqual(["пёстрые", "зонты"]);
  });

  it("are filtered in the address, and opened by keyboard", async () => {
    const page = await open("/items");
    await page.locator(".item-row").first().waitFor();
    await page.getByRole("combobox", { name: "Claims" }).selectOption({ label: "Armenian deaths" });
    await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "Arabic" });
    await page.waitForURL(/claim=event%3Aarmenian-deaths/);
    const wanted = await world.ask<Listed>("GET", "/api/v1/items?event=armenian-deaths&lang=ar&limit=30");
    expect(wanted.items.length).toBeGreaterThan(1);
    await expect.poll(() => page.locator(".item-row").count()).toBe(wanted.items.length);
    await page.reload();
    await expect.poll(() => page.locator(".item-row").count()).toBe(wanted.items.length);
    await page.keyboard.press("/");
    expect(await page.evaluate("document.activeElement?.getAttribute('type')")).toBe("search");
    await page.locator("h1").click();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${world.address}/items/${wanted.items[0]?.id}`);
  });

  it("tell why an item of another subject is no alert", async () => {
    const page = await open(`/items/${await idOf("Chess open draws")}`);
    await page.getByText("It is not about this story").waitFor();
    await page.getByRole("heading", { name: "Does it belong to the story?" }).waitFor();
    await page.getByText(/^No, \d+%$/).waitFor();
    expect(await page.locator(".weight-against").count()).toBeGreaterThan(0);
    await page
      .locator("summary")
      .getByText(/numbers? seen/)
      .click();
    await page.getByRole("rowheader", { name: "71" }).first().waitFor();
    await page.getByText("nothing to match").waitFor();
    await page.getByText("only reports on the story are compared").waitFor();
    expect(await page.locator(".way-step:not(.way-done)").count()).toBe(0);
  });

  it("tell why an item about the story is no alert, claim by claim, and which one was", async () => {
    const { alerts } = await world.ask<{
      alerts: readonly { id: string; body: { data: { evidence: readonly { item: string }[] } } }[];
    }>("GET", "/api/v1/alerts?kinds=figure.revised&events=armenian-deaths");
    const raised = alerts[0]?.body.data.evidence[0]?.item ?? "";
    const page = await open(`/items/${raised}`);
    await page.getByText("It raised 1 alert.").waitFor();
    await page.locator(`.reading-outcome a[href="/alerts/${alerts[0]?.id}"]`).waitFor();
    const mark = page.locator(".marked-text .mark-figure").first();
    await mark.click();
    expect(new URL(page.url()).hash).toMatch(/^#claim-\d+$/);
    const { items } = await world.ask<Listed>("GET", "/api/v1/items?event=armenian-deaths&lang=ar&limit=30");
    for (const { id } of items) {
      await page.goto(`${world.address}/items/${id}`);
      await page.locator(".verdict").waitFor();
      if ((await page.getByText("what it says is no news").count()) > 0) break;
    }
    await page.getByText("what it says is no news").waitFor();
    expect(await page.locator(".reading-outcome").first().innerText()).toContain("No alert:");
    expect(await page.locator(".marked-text").last().getAttribute("dir")).toBe("rtl");
  });

  it("show what an edit changed, and trace each revision", async () => {
    const { items } = await world.ask<{ items: readonly { id: string; revisions: number }[] }>(
      "GET",
      "/api/v1/items?limit=500",
    );
    const edited = items.find(({ revisions }) => revisions > 1)?.id;
    const page = await open(`/items/${edited}`);
    await page.getByRole("heading", { name: "Revisions" }).waitFor();
    expect((await page.locator(".difference del").first().innerText()).trim()).toBe("105");
    expect((await page.locator(".difference ins").first().innerText()).trim()).toBe("135");
    // Until it is known which revision is traced, both have the link.
    await page.locator('a[href$="revision=1"]', { hasText: "Trace this revision" }).click();
    await page.waitForURL(/revision=1$/);
    await page.locator(".marked-text .mark-figure").getByText("105").first().waitFor();
  });

  it("read a pasted text, mark it, and say which alert it would raise", async () => {
    const page = await open("/read");
    await page.getByText("Nothing has been read yet").waitFor();
    await page.getByRole("button", { name: "Put in an example" }).click();
    await page
      .getByLabel("Text", { exact: true })
      .fill(
        "At least 260 Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan said. He spoke for 40 minutes.",
      );
    await page.getByLabel("Published").fill("2022-09-20T21:00");
    await page.getByRole("button", { name: "Read", exact: true }).click();
    await page.getByText("It would raise 1 alert now.").waitFor();
    expect(await page.locator(".marked-text .mark-figure").last().innerText()).toContain("260");
    expect(await page.locator(".marked-text .mark-number").innerText()).toBe("40");
    const outcome = await page.locator(".reading-outcome-alert").innerText();
    expect(outcome).toContain("207 → at least 260");
    const before = (await world.ask<Listed>("GET", "/api/v1/items?limit=1")).items[0]?.id;
    await page
      .getByLabel("Text", { exact: true })
      .fill("أعلن رئيس الوزراء الأرميني نيكول باشينيان مقتل 105 جنود أرمن في المعارك مع أذربيجان هذا الأسبوع.");
    await page.keyboard.press("Control+Enter");
    await page.getByText("what it says is no news").waitFor();
    expect(await page.locator(".marked-text").last().getAttribute("dir")).toBe("rtl");
    expect((await world.ask<Listed>("GET", "/api/v1/items?limit=1")).items[0]?.id).toBe(before);
  });

  it("fit 360 px in Arabic, from right to left", async () => {
    for (const path of ["/items", `/items/${await idOf("Another 95 bodies returned")}`, "/read"]) {
      const page = await open(path, { language: "ar", width: 360 });
      await page.locator("main h1").waitFor();
      await page.locator("main .loading").first().waitFor({ state: "detached" });
      expect(await page.evaluate("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(360);
    }
  });

  it("have no finding", async () => {
    const list = await open("/items");
    expect((await search(list, "Armenian")).length).toBeGreaterThan(3);
    expect(await checkAccessibility(list, ".item-row")).toEqual([]);
    const item = await open(`/items/${await idOf("Another 95 bodies returned")}`);
    expect(await checkAccessibility(item, ".verdict")).toEqual([]);
    const read = await open("/read");
    expect(await checkAccessibility(read)).toEqual([]);
  });
});
