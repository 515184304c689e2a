import { describe, expect, it } from "vitest";
import { hasBrowser } from "./browser.ts";
import { dashboardForTests } from "./dashboard-for-tests.ts";

describe.skipIf(!hasBrowser)("a fresh install in a browser", () => {
  const world = dashboardForTests({ feeds: "none", key: false });

  it("opens without a key and offers the first steps, which lead to feeds, an endpoint and the demo", async () => {
    const { page, complaints, close } = await world.open("/");
    await page.getByRole("link", { name: "First steps: the demo, feeds, an endpoint" }).click();
    await page.waitForURL(`${world.address}/start`);
    await page.getByText("0 of 4 done").waitFor();
    expect(await page.getByRole("link", { name: "Add a feed" }).getAttribute("href")).toBe("/feeds");
    expect(await page.getByRole("link", { name: "Add an endpoint" }).getAttribute("href")).toBe("/endpoints");
    await page.getByText("npm run demo").waitFor();
    expect(await page.getByRole("button", { name: "Sign out" }).count()).toBe(0);
    await world.ask("POST", "/api/v1/endpoints", { url: `${world.receiver.url}/alerts` });
    await page.getByText("1 endpoint receives alerts").waitFor({ timeout: 15_000 });
    expect(complaints).toEqual([]);
    await close();
  });
});
