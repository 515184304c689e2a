import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly {
    readonly html: string;
    readonly target: readonly unknown[];
    readonly failureSummary?: string;
  }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LOOKS = ["en", "ar"].flatMap((language) => ["light", "dark"].map((theme) => ({ language, theme })));

/**
 * Looks at the open page with axe-core in both languages and both themes.
 * @param ready a selector that is there once the page shows what is to be looked at; by default its heading.
 * @returns the serious and critical findings, a line each: an empty list is a pass. The page is left in English, light.
 */
export async function checkAccessibility(page: Page, ready = "main h1"): Promise<string[]> {
  const found: string[] = [];
  for (const look of LOOKS) {
    await chooseLook(page, look);
    await page.reload();
    await page.locator(ready).first().waitFor();
    await loaded(page);
    found.push(...(await findingsOn(page)).map((line) => `${look.language} ${look.theme}: ${line}`));
  }
  await chooseLook(page, { language: "en", theme: "light" });
  await page.reload();
  await page.locator(ready).first().waitFor();
  return found;
}

/** Waits until nothing within the window is on its way any more; what is below may load when it is scrolled to. */
export async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("main .loading")].every(
      (waiting) => waiting.getBoundingClientRect().top >= window.innerHeight,
    ),
  );
}

/** Sets what the reader would have chosen in the frame; it holds from the next load of a page on. */
export async function chooseLook(page: Page, look: { language: string; theme: string }): Promise<void> {
  const url = new URL(page.url()).origin;
  await page.context().addCookies([
    { name: "rasid_language", value: look.language, url },
    { name: "rasid_theme", value: look.theme, url },
  ]);
}

/** The serious and critical findings on the page as it stands: in a dialog, a filtered list. */
export async function findingsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations: Finding[] = await page.evaluate(
    // What a frame inside holds is another product's.
    "axe.run(document, { iframes: false, resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, impact, help, nodes }) =>
      nodes.map(({ target, html }) => `${impact} ${id} (${help}) at ${target.join(" ")}: ${html.slice(0, 160)}`),
    );
}
