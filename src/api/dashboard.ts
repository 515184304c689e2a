import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { appearanceOf, htmlAttributes } from "./appearance.ts";
import { type Caller, SCOPES } from "./authentication.ts";
import { DASHBOARD_PATHS } from "./dashboard-paths.ts";
import { etagOf, knows } from "./etag.ts";

const NOT_BUILT = "The dashboard is not built: run `npm run build`, then start Rasid again.\n";
const YEAR_SECONDS = 365 * 24 * 3600;

/** Where `npm run build` puts the dashboard, seen from this file as it is compiled and as it is written. */
export function dashboardFolder(): string {
  return fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "../../dist/web" : "../web", import.meta.url));
}

/** What the caller may do, for the pages to offer no more; the API guards itself. */
function callerAttributes({ keyId, scopes }: Caller): string {
  const widest = SCOPES.filter((scope) => scopes.includes(scope)).at(-1) ?? "read";
  return `data-signed-in="${keyId !== null}" data-key="${keyId ?? ""}" data-scope="${widest}"`;
}

/** Whether a browser asks for a page, and not for a file or for data. */
function wantsPage({ url, headers }: FastifyRequest): boolean {
  return !/^\/(api|assets|docs|queues)\b/.test(url) && (headers.accept ?? "").includes("text/html");
}

/**
 * The dashboard: one document for all its pages, in the language and theme that the reader chose, and its files under
 * `/assets/`, whose names change with what they hold. Guarded like every route.
 * @param folder what `npm run build` made; where it is absent the pages say so.
 */
export async function addDashboard(server: FastifyInstance, folder: string): Promise<void> {
  // Read for each page: a build under a running process takes away the files that the document before it names.
  const read = () => (existsSync(join(folder, "index.html")) ? readFileSync(join(folder, "index.html"), "utf8") : null);
  const open = (request: FastifyRequest, reply: FastifyReply) => {
    reply.header("cache-control", "private, no-cache").header("vary", "accept, cookie, accept-language");
    const document = read();
    if (document === null) return reply.code(503).type("text/plain; charset=utf-8").send(NOT_BUILT);
    const html = document.replace(
      /<html[^>]*>/,
      `<html ${htmlAttributes(appearanceOf(request))} ${callerAttributes(request.caller)}>`,
    );
    const tag = etagOf(html);
    reply.header("etag", tag);
    if (knows(request.headers["if-none-match"], tag)) return reply.code(304).send();
    return reply.type("text/html; charset=utf-8").send(html);
  };
  for (const path of DASHBOARD_PATHS) server.get(path, { schema: { hide: true } }, async (...asked) => open(...asked));
  // Whoever mistypes an address in a browser gets the frame, which says so; a program gets problem details.
  server.get("/*", { schema: { hide: true } }, async (request, reply) =>
    read() !== null && wantsPage(request) ? open(request, reply.code(404)) : reply.callNotFound(),
  );
  if (read() === null) return;
  await server.register(fastifyStatic, {
    root: join(folder, "assets"),
    prefix: "/assets/",
    schemaHide: true,
    decorateReply: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply) => reply.setHeader("cache-control", `private, max-age=${YEAR_SECONDS}, immutable`),
  });
}
