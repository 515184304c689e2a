import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Whether there is a browser; `npm test` says in one line when the tests in it are left out. */
export const hasBrowser = existsSync(executablePath);

/** A headless Chromium that asks for nothing by itself. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: QUIET });
}
