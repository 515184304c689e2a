import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { baselineSchema } from "../../src/config/baseline-schema.ts";
import { checkAccessibility, findingsOn } from "./accessibility.ts";
import { hasBrowser } from "./browser.ts";
import { dashboardForTests } from "./dashboard-for-tests.ts";

const ARTICLE = `Toll on the border rises

Relatives at a funeral in Gyumri for 80 Armenian soldiers killed in the fighting (Photo Agency)

Armenian Prime Minister Nikol Pashinyan told the parliament yesterday, Wednesday, that 120 Armenian soldiers had been killed in the clashes with Azerbaijan.

The Collective Security Treaty Organization does not intend to send troops to Armenia, its joint staff chief Anatoly Sidorov said today, Thursday.
`;

describe.skipIf(!hasBrowser)("the baseline editor in a browser", () => {
  const world = dashboardForTests();

  const file = () => join(world.configDir, "stories", "armenia-azerbaijan", "baseline.yaml");
  const draw = async (page: Page) => {
    await page.getByLabel("The article").fill(ARTICLE);
    await page.getByRole("button", { name: "Draw the draft" }).click();
    await page.locator(".units").first().waitFor({ timeout: 30_000 });
  };
  const acceptAll = async (page: Page) => {
    await page.getByRole("button", { name: "Keep all" }).click();
    const open = page.locator(".unit-open").getByRole("button", { name: "Accept" });
    while ((await open.count()) > 0) await open.first().click();
  };

  it("draws from an article, and checks nothing before every claim was reviewed", async () => {
    const { page, complaints, close } = await world.open("/baseline");
    await page.getByText("Rasid works with this file.").waitFor();
    await draw(page);
    const check = page.getByRole("button", { name: "Check and compare" });
    expect(await check.isDisabled()).toBe(true);
    const claims = page.locator(".unit[data-unit=claim]");
    expect(await claims.count()).toBeGreaterThanOrEqual(3);
    expect(await page.locator(".draft-mark").count()).toBe(await claims.count());
    await page.locator(".draft-mark", { hasText: "120 Armenian soldiers" }).click();
    expect(await page.locator(".unit-active").textContent()).toContain("120");
    expect(await findingsOn(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  }, 90_000);

  it("asks before a review is left, and keeps it when the session ends", async () => {
    const { page, close } = await world.open("/export");
    await page.getByRole("link", { name: "Baseline" }).click();
    await draw(page);
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    await page.getByRole("link", { name: "Alerts", exact: true }).click();
    await page.evaluate("history.back()");
    await expect.poll(() => asked).toEqual(["confirm", "confirm"]);
    // The browser has gone back already when it is asked, and is led forward again.
    await expect.poll(() => new URL(page.url()).pathname).toBe("/baseline");
    await acceptAll(page);
    const session = (await page.context().cookies()).filter(({ name }) => name === "rasid_session");
    await page.context().clearCookies({ name: "rasid_session" });
    const check = page.getByRole("button", { name: "Check and compare" });
    await check.click();
    await page.getByRole("alert").getByText("Your session has ended").waitFor();
    expect(await page.getByRole("link", { name: "Sign in in another tab" }).getAttribute("target")).toBe("_blank");
    await page.context().addCookies(session);
    await check.click();
    await page.locator(".difference, .places").first().waitFor();
    await close();
  }, 90_000);

  it("is reviewed claim by claim to a saved file, which shows what changes and waits for a restart", async () => {
    const before = readFileSync(file(), "utf8");
    const { page, complaints, close } = await world.open("/baseline");
    await draw(page);
    const claim = (words: string) => page.locator(".unit[data-unit=claim]", { hasText: words });
    await claim("80 Armenian soldiers").getByRole("button", { name: "Drop" }).click();
    await claim("120 Armenian soldiers").getByRole("button", { name: "Correct" }).click();
    await page.getByLabel("value", { exact: true }).fill("121");
    await page.locator(".unit[data-unit=article]").getByRole("button", { name: "Correct" }).click();
    await page.getByLabel("source", { exact: true }).fill("Example Post");
    await acceptAll(page);
    await page.getByText(/\b(\d+) of \1 reviewed/).waitFor();
    await page.getByRole("button", { name: "Check and compare" }).click();
    await page.getByRole("heading", { name: "No mistakes" }).waitFor({ timeout: 30_000 });
    const difference = page.locator(".difference");
    expect(await difference.textContent()).toContain("Example Post");
    expect(await findingsOn(page)).toEqual([]);
    const save = page.getByRole("button", { name: "Save the file" });
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel("I have looked at what changes").check();
    expect(readFileSync(file(), "utf8")).toBe(before);
    await save.click();
    await page.getByText("Start it anew").waitFor();
    await page.getByText("saved, not in force").waitFor();

    const saved = baselineSchema.parse(parse(readFileSync(file(), "utf8")));
    expect(saved.article.source).toBe("Example Post");
    const [deaths] = saved.events.filter(({ id }) => id === "armenian-deaths");
    expect(deaths?.claims.map(({ figure }) => figure?.value)).toEqual([121]);
    expect(saved.events.map(({ id }) => id)).toContain("unsc-session");
    const running = await world.ask<{ events: { id: string; baseline: { figure?: { value: number } }[] }[] }>(
      "GET",
      "/api/v1/stories/armenia-azerbaijan/events",
    );
    const inForce = running.events.find(({ id }) => id === "armenian-deaths")?.baseline[0]?.figure?.value;
    expect(inForce).toBe(105);
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);

  it("tells of mistakes with line and field, and never replaces a file that was changed meanwhile", async () => {
    const { page, complaints, close } = await world.open("/baseline");
    await page.getByRole("button", { name: "Edit the file" }).click();
    const text = page.getByLabel("The text of the file");
    const stands = await text.inputValue();
    await text.fill(stands.replace("kind: figure", "kind: rumour"));
    await page.getByRole("button", { name: "Check and compare" }).click();
    await page.getByText("events.0.kind").waitFor({ timeout: 30_000 });
    expect(await page.getByRole("button", { name: "Save the file" }).count()).toBe(0);
    // Written on while the check is under way: what was checked is not what stands there.
    await text.fill(`# Half\n${stands}`);
    const answered = page.waitForResponse("**/api/v1/baseline/check");
    await page.getByRole("button", { name: "Check and compare" }).click();
    await text.fill(`# Looked through\n${stands}`);
    await answered;
    await expect.poll(() => page.getByRole("button", { name: "Check and compare" }).isEnabled()).toBe(true);
    expect(await page.getByRole("button", { name: "Save the file" }).count()).toBe(0);
    await page.getByRole("button", { name: "Check and compare" }).click();
    await page.getByLabel("I have looked at what changes").check({ timeout: 30_000 });
    const { hash } = await world.ask<{ hash: string }>("GET", "/api/v1/baseline/armenia-azerbaijan");
    const theirs = await fetch(`${world.address}/api/v1/baseline/armenia-azerbaijan`, {
      method: "PUT",
      headers: {
        authorization: `Bearer ${world.key}`,
        "content-type": "application/json",
        "if-match": `"${hash}"`,
      },
      body: JSON.stringify({ text: `# Theirs\n${stands}` }),
    });
    expect(theirs.status).toBe(200);
    await page.getByRole("button", { name: "Save the file" }).click();
    await page.getByText("was changed by somebody else meanwhile").waitFor({ timeout: 30_000 });
    expect(readFileSync(file(), "utf8")).toMatch(/^# Theirs/);
    expect(complaints.filter((line) => !line.includes("412"))).toEqual([]);
    await close();
  }, 120_000);

  it("is accessible in both languages and themes", async () => {
    const { page, complaints, close } = await world.open("/baseline");
    expect(await checkAccessibility(page, ".baseline-file")).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});
