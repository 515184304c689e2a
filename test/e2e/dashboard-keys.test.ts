import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkAccessibility, findingsOn } from "./accessibility.ts";
import { hasBrowser } from "./browser.ts";
import { type DashboardWorld, signIn, startDashboardWorld } from "./dashboard-world.ts";

interface Keys {
  readonly keys: readonly { readonly id: string; readonly name: string; readonly revokedAt: string | null }[];
}

describe.skipIf(!hasBrowser)("the page of keys", () => {
  let world: DashboardWorld;
  beforeAll(async () => {
    world = await startDashboardWorld({ feeds: "none" });
  });
  afterAll(() => world?.close());

  const statusWith = async (key: string) =>
    (await fetch(`${world.address}/api/v1/alerts`, { headers: { authorization: `Bearer ${key}` } })).status;

  it("makes a key that works, shows its use, and revokes it; the audit log has it all", async () => {
    const { page, complaints, close } = await world.open("/keys");
    await page.getByText("this browser").waitFor();
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByLabel("Name").fill("reading desk");
    expect(await findingsOn(page)).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "Make a key" }).click();
    const key = (await page.locator(".secret-line code").textContent()) ?? "";
    expect(key).toMatch(/^rsd_[\w-]{43}$/);
    expect(await page.locator(".key-line").textContent()).toBe(
      `curl -s '${world.address}/api/v1/alerts?order=newest' -H 'authorization: Bearer ${key}'`,
    );
    expect(await findingsOn(page)).toEqual([]);
    expect(await statusWith(key)).toBe(200);
    // As over plain HTTP from another machine, where a page has no clipboard of its own.
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('insecure'))");
    await page.locator(".secret-line").getByRole("button", { name: "Copy" }).click();
    await page.locator(".secret-line").getByText("Copied").waitFor();
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByLabel("Name").press("Control+V");
    expect(await page.getByLabel("Name").inputValue()).toBe(key);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.reload();
    const row = page.getByRole("row", { name: /reading desk #/ }).first();
    await row.getByText("read", { exact: true }).waitFor();
    await row
      .locator("td")
      .nth(2)
      .getByText(/second|now/)
      .waitFor();
    expect(await page.content()).not.toContain(key);
    await row.getByRole("button", { name: "Revoke reading desk" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Programs that send this key are refused").waitFor();
    expect(await findingsOn(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await page.locator("summary", { hasText: "1 revoked key" }).waitFor();
    expect(await statusWith(key)).toBe(401);
    const log = page.getByRole("region", { name: "Audit log" }).last();
    await log.getByRole("row", { name: /Key revoked/ }).waitFor();
    expect(await log.getByRole("row", { name: /Key made/ }).count()).toBe(2);
    await page.locator("summary", { hasText: "What was asked" }).click();
    await page.getByRole("checkbox", { name: "Sessions" }).check();
    await log.getByRole("row", { name: /Key revoked/ }).waitFor({ state: "detached" });
    await log
      .getByRole("row", { name: /Signed in/ })
      .first()
      .waitFor();
    expect(page.url()).toContain("what=session");
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  it("does not revoke the last admin key, and says why in the API's own words", async () => {
    const { page, complaints, close } = await world.open("/keys");
    await page.getByRole("button", { name: "Revoke admin key file" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("This browser is one of them").waitFor();
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await dialog.getByText("this is the last key with the scope admin; make another one first").waitFor();
    const { keys } = await world.ask<Keys>("GET", "/api/v1/keys");
    expect(keys.filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1);
    // The browser tells of every answer that is an error.
    expect(complaints.filter((line) => !line.includes("409"))).toEqual([]);
    await close();
  }, 60_000);

  it("tells a key without the scope what to do", async () => {
    const { key } = await world.ask<{ key: string }>("POST", "/api/v1/keys", { name: "writer", scopes: ["write"] });
    const { page, complaints, close } = await world.open("/sign-in", { signedIn: false });
    await signIn(page, world.address, key, "/keys");
    await page.getByText("This needs a key with the scope admin").waitFor();
    expect(await findingsOn(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.getByRole("button", { name: "Sign in with another key" }).click();
    await page.waitForURL(/\/sign-in/);
    await close();
  }, 60_000);

  it("is without a finding in both languages and themes, and fits a phone", async () => {
    const { page, complaints, close } = await world.open("/keys", { width: 360 });
    expect(await checkAccessibility(page, "section[aria-labelledby=audit] [role=table]")).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});

describe.skipIf(!hasBrowser)("the first key", () => {
  let world: DashboardWorld;
  beforeAll(async () => {
    world = await startDashboardWorld({ feeds: "none", key: false });
  });
  afterAll(() => world?.close());

  it("is made here and signs this browser in, so that it is not locked out by what it made", async () => {
    const { page, complaints, close } = await world.open("/keys");
    await page.getByText("There is no key yet").waitFor();
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByLabel("Name").fill("my desk");
    expect(await page.getByRole("radio", { name: /^read/ }).isDisabled()).toBe(true);
    await page.getByRole("dialog").getByRole("button", { name: "Make a key" }).click();
    await page.getByText("This browser is signed in with this one").waitFor();
    expect((await fetch(`${world.address}/api/v1/alerts`)).status).toBe(401);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByText("this browser").waitFor();
    await page.getByRole("button", { name: "Sign out" }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});

describe.skipIf(!hasBrowser)("the first key, where signing in with it fails", () => {
  let world: DashboardWorld;
  beforeAll(async () => {
    world = await startDashboardWorld({ feeds: "none", key: false });
  });
  afterAll(() => world?.close());

  it("is shown all the same, for it is shown this once", async () => {
    const { page, close } = await world.open("/keys");
    await page.route("**/sign-in", (route) => route.abort());
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByLabel("Name").fill("my desk");
    await page.getByRole("dialog").getByRole("button", { name: "Make a key" }).click();
    await page.getByText("sign in with this one").waitFor();
    const key = await page.locator(".secret-line code").textContent();
    const asked = await fetch(`${world.address}/api/v1/keys`, { headers: { authorization: `Bearer ${key}` } });
    expect(asked.status).toBe(200);
    await close();
  }, 60_000);
});
