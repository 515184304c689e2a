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
    if (!isOurs(origin, request.headers.host)) throw crossSite();
  });
}

/** A proxy may leave the port out of Host, and default ports stand in neither: two that are named must be the same. */
function isOurs(origin: string, host: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  const port = /:(\d+)$/.exec(host ?? "")?.[1];
  return hostName(page.host) === hostName(host) && (page.port === "" || port === undefined || page.port === port);
}

function crossSite(): Problem {
  return new Problem(403, "Forbidden", "a page of another site may not change anything here");
}
