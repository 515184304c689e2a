import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { checkAccessibility, findingsOn } from "./accessibility.ts";
import { hasBrowser } from "./browser.ts";
import { dashboardForTests } from "./dashboard-for-tests.ts";

describe.skipIf(!hasBrowser)("endpoints and deliveries in a browser", () => {
  const world = dashboardForTests();

  it("one is made, its secret shown once, pinged and rotated", async () => {
    const { page, complaints, close } = await world.open("/endpoints");
    await page.getByText("Nobody receives alerts yet").waitFor();
    await page.getByRole("button", { name: "Add an endpoint" }).first().click();
    await page.getByLabel("Address").fill("http://169.254.169.254/latest");
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByText("is not public").waitFor();
    await page.getByLabel("Address").fill(`${world.receiver.url}/alerts`);
    await page.getByLabel("What it is for").fill("Night desk");
    await page.locator("summary", { hasText: "Kind" }).click();
    await page.getByLabel("Figure revised").check();
    await page.locator("summary", { hasText: "Kind" }).click();
    await page.locator("select").first().selectOption("medium");
    await page.getByRole("button", { name: "Add a header" }).click();
    await page.getByLabel("Name of the header").fill("X-Desk");
    await page.getByLabel("Value of the header").fill("hush-hush");
    expect(await findingsOn(page)).toEqual([]);
    await page.getByRole("button", { name: "Create" }).click();
    const secret = await page.locator(".secret-line code").textContent();
    expect(secret).toMatch(/^whsec_/);
    expect(await findingsOn(page)).toEqual([]);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByRole("heading", { name: "Night desk", level: 1 }).waitFor();
    expect(await page.content()).not.toContain("hush-hush");

    await page.getByRole("button", { name: "Send a test ping" }).click();
    await page.getByText(/The receiver answered 20\d after \d+ ms/).waitFor({ timeout: 20_000 });
    const received = world.receiver.received.at(-1);
    expect(received?.headers["x-desk"]).toBe("hush-hush");
    expect(JSON.parse(received?.body ?? "{}").type).toBe("ping");

    await page.getByRole("button", { name: "Rotate the secret" }).click();
    // A second rotation would end the secret that the receiver knows.
    const rotations = await countSlowly(page, "rotate");
    await page.getByRole("dialog").getByRole("button", { name: "Rotate the secret" }).dblclick();
    await page.getByText("The secret before signs too until").first().waitFor();
    expect(rotations()).toBe(1);
    expect(await page.locator(".secret-line code").textContent()).not.toBe(secret);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByRole("button", { name: "Send a test ping" }).click();
    await expect.poll(() => world.receiver.received.length, { timeout: 20_000 }).toBe(2);
    const signatures = String(world.receiver.received.at(-1)?.headers["webhook-signature"]);
    expect(signatures.split(" ")).toHaveLength(2);
    expect(await checkAccessibility(page, ".state-card")).toEqual([]);
    // The browser itself tells of the address that was refused.
    expect(complaints.filter((line) => !line.includes("400 (Bad Request)"))).toEqual([]);
    await close();
  }, 120_000);

  it("a delivery shows its attempts with request and answer, and is sent again", async () => {
    const { page, complaints, close } = await world.open("/endpoints");
    await page.locator('a[href^="/deliveries/"]').first().click();
    await page.getByText("Attempt 1").waitFor();
    expect(await page.locator(".headers").first().textContent()).toContain("webhook-id");
    expect(await page.locator(".attempt-body").last().textContent()).toContain('"type": "ping"');
    expect(await checkAccessibility(page, ".attempts li")).toEqual([]);
    await page.getByRole("button", { name: "Send again" }).click();
    await page.getByText("Attempt 2").waitFor({ timeout: 20_000 });
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);

  it("one is changed, disabled, enabled, and recovers", async () => {
    const { page, complaints, close } = await world.open("/endpoints/1");
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("What it is for").fill("Day desk");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "Day desk", level: 1 }).waitFor();
    const kept = await world.ask<{ headers: string[]; filters: object }>("GET", "/api/v1/endpoints/1");
    expect(kept).toMatchObject({ headers: ["X-Desk"], filters: { kinds: ["figure.revised"], minSeverity: "medium" } });
    await page.getByRole("button", { name: "Disable" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
    await page.getByText("Nothing is sent. Enable it").waitFor();
    expect(await page.getByRole("button", { name: "Recover" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Enable" }).click();
    const recoveries = await countSlowly(page, "recover");
    await page.getByRole("button", { name: "Recover" }).dblclick();
    await page.getByText(/Nothing was missed|0 deliveries are sent/).waitFor();
    expect(recoveries()).toBe(1);
    await page.getByLabel("Everything from this alert on").fill("alt_nothing");
    await page.getByRole("button", { name: "Replay" }).click();
    await page.getByText("there is no alert alt_nothing").waitFor();
    expect(complaints.filter((line) => !line.includes("400 (Bad Request)"))).toEqual([]);
    await close();
  }, 90_000);

  it("what follows a list that was left meanwhile does not disturb the next", async () => {
    const { page, close } = await world.open("/endpoints/1");
    await page.route("**/api/v1/deliveries?*", async (route) => {
      const asked = new URL(route.request().url()).searchParams;
      if (asked.has("after")) {
        await pause(1000);
        return route.fulfill({ status: 500, json: { title: "Error", detail: "too late" } });
      }
      const response = await route.fetch();
      return route.fulfill({ response, json: { ...(await response.json()), next: asked.has("states") ? null : "1" } });
    });
    await page.reload();
    const failed = page.waitForResponse((response) => response.status() === 500);
    await page.getByRole("button", { name: "Show more" }).click();
    await page.getByRole("button", { name: "Delivered", exact: true }).click();
    await page.locator("table").waitFor();
    await failed;
    await pause(300);
    expect(await page.locator("table").count()).toBe(1);
    expect(await page.locator(".loading").count()).toBe(0);
    await close();
  }, 60_000);

  it("one that fails shows why, and what is owed", async () => {
    const { id } = await world.ask<{ id: string }>("POST", "/api/v1/endpoints", { url: "http://127.0.0.1:9/hook" });
    await world.ask("POST", `/api/v1/endpoints/${id}/test`);
    const { page, complaints, close } = await world.open(`/endpoints/${id}`, { width: 360 });
    await page.getByText("refuses connections").first().waitFor({ timeout: 20_000 });
    const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(overflow).toBe(0);
    expect(complaints).toEqual([]);
    await close();
    const arabic = await world.open(`/endpoints/${id}`, { language: "ar" });
    await arabic.page.getByText("يرفض الخادم الاتصال").first().waitFor();
    expect(await arabic.page.getByText("refuses connections").count()).toBe(0);
    await arabic.page.getByRole("button", { name: "عدّل" }).click();
    await arabic.page.getByLabel("العنوان").fill("http://10.0.0.1/hook");
    await arabic.page.getByRole("button", { name: "احفظ" }).click();
    expect(await arabic.page.locator(".field-problem [lang=ar]").textContent()).toContain("ليس عامًا");
    await arabic.close();
  }, 60_000);
});

/** Counts the requests of one verb, and holds each as long as a hasty reader needs to click twice. */
async function countSlowly(page: Page, verb: string): Promise<() => number> {
  let asked = 0;
  await page.route(`**/${verb}`, async (route) => {
    asked += 1;
    await pause(500);
    await route.continue();
  });
  return () => asked;
}
