import { describe, expect, it } from "vitest";
import { checkAccessibility, findingsOn } from "./accessibility.ts";
import { hasBrowser } from "./browser.ts";
import { dashboardForTests, forgive, forgiveMissing, openedForTests } from "./dashboard-for-tests.ts";
import { signIn } from "./dashboard-world.ts";

describe.skipIf(!hasBrowser)("the dashboard's frame", () => {
  const world = dashboardForTests();
  const open = openedForTests(world);

  it("leads through the sign-in to the page that was asked for, and out again", async () => {
    const { page } = await open("/start", { signedIn: false });
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await signIn(page, world.address, world.key, "/start");
    await page.locator("main h1").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${world.address}/sign-in`);
    await page.goto(`${world.address}/start`);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
  });

  it("asks for the key in the reader's language and look, without a finding", async () => {
    for (const language of ["en", "ar"] as const)
      for (const theme of ["light", "dark"] as const) {
        const { page } = await open("/sign-in", { signedIn: false, language, theme });
        expect(await page.locator("html").getAttribute("dir")).toBe(language === "ar" ? "rtl" : "ltr");
        await page.getByLabel(language === "ar" ? "مفتاح الواجهة" : "API key").waitFor();
        expect(await findingsOn(page)).toEqual([]);
      }
    const { page } = await open("/sign-in", { signedIn: false });
    await page.getByRole("link", { name: "العربية" }).click();
    await page.getByRole("heading", { name: "تسجيل الدخول" }).waitFor();
    await page.reload();
    expect(await page.locator("html").getAttribute("lang")).toBe("ar");
  });

  it("turns to Arabic and back without a reload, and remembers language and theme", async () => {
    const { page } = await open("/start");
    await page.getByRole("button", { name: "العربية" }).click();
    await page.getByRole("navigation", { name: "الصفحات" }).waitFor();
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
    await page.getByRole("button", { name: "داكن" }).click();
    await page.reload();
    await page.getByRole("navigation", { name: "الصفحات" }).waitFor();
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(await page.evaluate("getComputedStyle(document.body).colorScheme")).toBe("dark");
  });

  it("shows that alerts come in live, and the story's name", async () => {
    const { page } = await open("/start");
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByText("Armenia–Azerbaijan", { exact: false }).first().waitFor();
  });

  it("has its navigation in a drawer at 360 px, which Escape closes", async () => {
    const { page } = await open("/start", { width: 360 });
    const navigation = page.getByRole("navigation", { name: "Pages" });
    expect(await navigation.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Menu" }).click();
    await navigation.waitFor();
    await page.keyboard.press("Escape");
    await navigation.waitFor({ state: "hidden" });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  });

  it("shows the first steps, ticked as far as they are done, without a finding", async () => {
    const { page } = await open("/start");
    await page.getByText("11 feeds are watched").waitFor();
    expect(await page.getByRole("img", { name: "Done" }).count()).toBe(2);
    expect(await checkAccessibility(page)).toEqual([]);
  });

  it("asks again by itself for what got no answer", async () => {
    const opened = await open("/start");
    const { page } = opened;
    await page.route("**/api/v1/feeds?*", (route) => route.abort("connectionrefused"));
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Feeds" }).click();
    await page.getByText("Rasid does not answer").first().waitFor();
    await page.unroute("**/api/v1/feeds?*");
    await page.getByText("Rasid does not answer").first().waitFor({ state: "detached", timeout: 15_000 });
    await page.getByRole("row").first().waitFor();
    forgive(opened, "ERR_CONNECTION_REFUSED");
  });

  it("comes back by itself with a page that was first opened while Rasid was away", async () => {
    const opened = await open("/start");
    const { page } = opened;
    const away = /\/(assets|api\/v1|readyz)/;
    await page.route(away, (route) => route.abort("connectionrefused"));
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Operation" }).click();
    await page.getByText("The page could not be loaded").waitFor();
    // Asked in vain at least once, it stays until there is an answer.
    await page.waitForTimeout(500);
    await page.unroute(away);
    await page.getByRole("heading", { level: 1, name: "Operation" }).waitFor({ timeout: 15_000 });
    expect(new URL(page.url()).pathname).toBe("/operation");
    forgive(opened, "ERR_CONNECTION_REFUSED");
    forgive(opened, "dynamically imported module");
  });

  it("loads a page that is missing for good no more by itself", async () => {
    const opened = await open("/start");
    const { page } = opened;
    await page.route("**/assets/operation-*", (route) => route.abort("failed"));
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Operation" }).click();
    await page.getByText("The page could not be loaded").waitFor();
    let loads = 0;
    page.on("load", () => {
      loads += 1;
    });
    await page.waitForTimeout(7000);
    expect(loads).toBe(0);
    forgive(opened, "ERR_FAILED");
    forgive(opened, "dynamically imported module");
  });

  it("tells whoever mistypes an address so, in the frame, and programs in problem details", async () => {
    const opened = await open("/nowhere");
    const { page } = opened;
    await page.getByRole("heading", { level: 1, name: "There is no such page" }).waitFor();
    const program = await page.request.get(`${world.address}/nowhere`, { headers: { accept: "application/json" } });
    expect(program.status()).toBe(404);
    expect(await program.json()).toMatchObject({ title: "Not found" });
    forgiveMissing(opened);
  });

  it("serves its files with names that change, compressed, for a year", async () => {
    const headers = { authorization: `Bearer ${world.key}` };
    const html = await fetch(`${world.address}/alerts`, { headers });
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await html.text())?.[1];
    const file = await fetch(`${world.address}${script}`, { headers: { ...headers, "accept-encoding": "br" } });
    expect(file.headers.get("content-encoding")).toBe("br");
    expect(file.headers.get("cache-control")).toContain("immutable");
    const again = await fetch(`${world.address}/alerts`, {
      headers: { ...headers, "if-none-match": html.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
    expect((await fetch(`${world.address}${script}`)).status).toBe(401);
    expect((await fetch(`${world.address}/nowhere`, { headers })).status).toBe(404);
  });

  it("asks for nothing twice while a page opens, and for the feeds in pages or by name", async () => {
    for (const path of [
      "/",
      "/alerts",
      "/items",
      "/feeds",
      "/endpoints",
      "/baseline",
      "/export",
      "/operation",
      "/start",
    ]) {
      const { page } = await open(path);
      await page.locator("main h1").waitFor();
      const waits =
        "[...document.querySelectorAll('main .loading')].some((e) => e.getBoundingClientRect().top < innerHeight)";
      await expect.poll(() => page.evaluate(waits)).toBe(false);
      await page.waitForTimeout(300);
      const asked = (await page.evaluate(
        "performance.getEntriesByType('resource').map(({ name, startTime }) => [name.replace(location.origin, ''), startTime])",
      )) as [string, number][];
      const ours = asked.filter(([url]) => url.startsWith("/api/"));
      // What is older than two seconds may be asked for anew, which on a busy machine comes before the page is there.
      const twice = ours.filter(([url, at], index) =>
        ours.slice(0, index).some(([before, when]) => before === url && at - when < 1900),
      );
      expect([path, twice]).toEqual([path, []]);
      expect(ours.map(([url]) => url)).not.toContain("/api/v1/feeds");
    }
  }, 120_000);

  it("has the description of the API beside it, which the browser does not complain of", async () => {
    const { page } = await open("/docs/");
    await page.getByRole("heading", { name: /^Rasid/ }).waitFor();
    await page.getByRole("link", { name: "feeds", exact: true }).click();
    await page.locator(".opblock-summary").first().click();
    await page.locator(".opblock-body").first().waitFor();
  });
});
