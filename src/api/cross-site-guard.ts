import type { FastifyInstance } from "fastify";
import { hostName } from "./host-guard.ts";
import { Problem } from "./problem.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses requests that change something and come from a page of another site: by Sec-Fetch-Site where the browser
 * sends it, by Origin against Host where it does not. Programs send neither.
 */
export function refuseCrossSiteWrites(app: FastifyInstance): void {
  app.addHook("onRequest", async (request) => {
    if (SAFE.has(request.method)) return;
    const site = request.headers["sec-fetch-site"];
    if (site !== undefined && site !== "same-origin" && site !== "none") throw crossSite();
    const { origin } = request.headers;
    // What names no page is believed only where the browser says that the page is ours.
    if (origin === undefined || (origin === "null" && site !== undefined)) return;
    if (!URL.canParse(origin) || hostName(new URL(origin).host) !== hostName(request.headers.host)) throw crossSite();
  });
}

function crossSite(): Problem {
  return new Problem(403, "Forbidden", "a page of another site may not change anything here");
}
