import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { type AlertRow, listAlerts } from "../ledger/alerts.ts";
import { alertHeadline, record } from "./alert-headline.ts";
import { alertFilterQuery, askedFilters } from "./alert-query.ts";
import type { ApiContext } from "./api-context.ts";
import type { ZodServer } from "./zod-server.ts";

const ENTRIES = 100;
const TITLE = "Rasid: alerts";
const feedQuery = z.strictObject(alertFilterQuery);

/** `/api/v1/alerts/feed.json` (JSON Feed 1.1) and `/api/v1/alerts/feed.atom` (RFC 4287): the newest alerts, filtered alike. */
export function addAlertFeeds(app: ZodServer, { db, now }: ApiContext): void {
  const schema = { tags: ["alerts"], querystring: feedQuery };
  const newest = (query: z.output<typeof feedQuery>) =>
    listAlerts(db, { ...askedFilters(query), order: "newest", limit: ENTRIES });
  app.get(
    "/api/v1/alerts/feed.json",
    { schema: { ...schema, summary: "Read the newest alerts as a JSON Feed" } },
    async (request, reply) => {
      const rows = await newest(request.query);
      return reply.type("application/feed+json; charset=utf-8").send(JSON.stringify(jsonFeed(rows, selfOf(request))));
    },
  );
  app.get(
    "/api/v1/alerts/feed.atom",
    { schema: { ...schema, summary: "Read the newest alerts as an Atom feed" } },
    async (request, reply) => {
      const rows = await newest(request.query);
      const updated = rows[0]?.created_at ?? now();
      return reply.type("application/atom+xml; charset=utf-8").send(atomFeed(rows, selfOf(request), updated));
    },
  );
}

function selfOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}${request.url}`;
}

interface Entry {
  readonly id: string;
  readonly url: string | null;
  readonly title: string;
  readonly text: string;
  readonly at: Date;
  readonly kind: string;
}

function entryOf({ id, body, created_at, kind }: AlertRow): Entry {
  const data = record(record(body)?.data) ?? {};
  const evidence = Array.isArray(data.evidence) ? data.evidence.map(record) : [];
  const [first] = evidence;
  const quotes = evidence.flatMap((piece) =>
    typeof piece?.quote === "string" ? [`«${piece.quote}» – ${String(piece.source ?? "")}`] : [],
  );
  const because = typeof data.because === "string" ? data.because : "";
  return {
    id,
    url: typeof first?.url === "string" ? first.url : null,
    title: alertHeadline({ type: kind, data }),
    text: [because, ...quotes].join("\n"),
    at: created_at,
    kind,
  };
}

function jsonFeed(rows: readonly AlertRow[], self: string): object {
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: TITLE,
    feed_url: self,
    items: rows.map((row) => {
      const { id, url, title, text, at, kind } = entryOf(row);
      return {
        id,
        ...(url === null ? {} : { external_url: url }),
        title,
        content_text: text,
        date_published: at.toISOString(),
        tags: [kind],
        _rasid: row.body,
      };
    }),
  };
}

function atomFeed(rows: readonly AlertRow[], self: string, updated: Date): string {
  const entries = rows.map((row) => {
    const { id, url, title, text, at, kind } = entryOf(row);
    const link = url === null ? "" : `<link href="${escaped(url)}"/>`;
    return (
      `<entry><id>urn:rasid:alert:${escaped(id)}</id><title>${escaped(title)}</title><updated>${at.toISOString()}</updated>` +
      `${link}<category term="${escaped(kind)}"/><content type="text">${escaped(text)}</content></entry>`
    );
  });
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:rasid:alerts</id><title>${TITLE}</title>` +
    `<updated>${updated.toISOString()}</updated><author><name>Rasid</name></author><link rel="self" href="${escaped(self)}"/>${entries.join("")}</feed>\n`
  );
}

/** Quotes are texts of strangers: inert, and without the control characters that XML 1.0 has no place for. */
function escaped(text: string): string {
  return text
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
