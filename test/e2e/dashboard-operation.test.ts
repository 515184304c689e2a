import { describe, expect, it } from "vitest";
import { checkAccessibility } from "./accessibility.ts";
import { hasBrowser } from "./browser.ts";
import { dashboardForTests } from "./dashboard-for-tests.ts";

interface Jobs {
  readonly queues: readonly { readonly name: string; readonly counts: Readonly<Record<string, number>> }[];
}

describe.skipIf(!hasBrowser)("the page of operation", () => {
  const world = dashboardForTests();

  const failed = async () => {
    const { queues } = await world.ask<Jobs>("GET", "/queues/api/queues?activeQueue=fetch&status=failed");
    return queues.find(({ name }) => name === "fetch")?.counts.failed;
  };

  it("shows stages, parts and feeds, without a finding", async () => {
    const { page, complaints, close } = await world.open("/operation");
    await page.getByText("Ledger (PostgreSQL): ready").waitFor();
    await page.getByText("11 well").waitFor({ timeout: 20_000 });
    expect(await page.locator(".stages li").count()).toBe(5);
    expect(await checkAccessibility(page, ".states")).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  it("has the queues in its frame, where a job that failed is retried", async () => {
    const jobs = "/queues/api/queues/fetch";
    const { job } = await world.ask<{ job: { id: string } }>("POST", `${jobs}/add`, {
      name: "fetch",
      data: { due: "many" },
      options: { attempts: 1 },
    });
    await expect.poll(failed, { timeout: 15_000 }).toBe(1);
    // What was wrong with it is put right, as after a fault that passed.
    await world.ask("PATCH", `${jobs}/${job.id}/update-data`, { jobData: { due: 1 } });
    const { page, complaints, close } = await world.open("/operation", { theme: "dark" });
    const board = page.frameLocator("iframe");
    await board.getByRole("link", { name: "fetch" }).first().click();
    await board
      .getByRole("link", { name: /failed/i })
      .first()
      .click();
    await board.getByText(`#${job.id}`, { exact: true }).waitFor();
    await board.getByRole("button", { name: "Retry all" }).click();
    // The question stands in the middle of the frame.
    await page.locator("iframe").evaluate((frame) => frame.scrollIntoView({ block: "end" }));
    await board.getByRole("button", { name: "Confirm" }).click();
    await expect.poll(failed, { timeout: 15_000 }).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);
});
