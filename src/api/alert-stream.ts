import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { type AlertQuery, type AlertRow, latestAlertSeq, listAlerts } from "../ledger/alerts.ts";
import { alertFilterQuery, askedFilters } from "./alert-query.ts";
import type { ApiContext } from "./api-context.ts";
import { ledgerId } from "./paging.ts";
import { Problem } from "./problem.ts";
import type { ZodServer } from "./zod-server.ts";

/** Proxies cut silent connections; a comment line keeps them open. */
const HEARTBEAT_MS = 15_000;
const PAGE = 100;
const MOST_STREAMS = 100;

/**
 * `/api/v1/alerts/stream`: alerts as server-sent events, as they are entered. A client that was away sends
 * `Last-Event-ID` (browsers do so by themselves) and gets what it missed first.
 */
export function addAlertStream(app: ZodServer, context: ApiContext & { readonly stillMay: StillMay }): void {
  let streams = 0;
  app.get(
    "/api/v1/alerts/stream",
    {
      schema: {
        tags: ["alerts"],
        summary: "Receive alerts as server-sent events; with Last-Event-ID from there on",
        headers: z.looseObject({ "last-event-id": ledgerId.optional() }),
        querystring: z.strictObject({
          ...alertFilterQuery,
          after: ledgerId.optional().meta({ description: "As Last-Event-ID; `0` from the very first alert on." }),
        }),
      },
      config: { endless: true },
    },
    async (request, reply) => {
      if (streams >= MOST_STREAMS)
        throw new Problem(503, "Too many streams", `${MOST_STREAMS} streams are open already`);
      const gone = goneOf(request.raw);
      if (gone.aborted) return reply.send();
      streams += 1;
      gone.addEventListener("abort", () => {
        streams -= 1;
      });
      const after = request.headers["last-event-id"] ?? request.query.after ?? (await latestAlertSeq(context.db));
      const events = eventsOf(askedFilters(request.query), after, {
        ...context,
        gone,
        again: () => context.stillMay(request),
      });
      return reply
        .type("text/event-stream; charset=utf-8")
        .header("cache-control", "no-store")
        .header("x-accel-buffering", "no")
        .header("connection", "close")
        .send(Readable.from(events, { objectMode: false }));
    },
  );
}

/** Fires when the client goes. Some have gone before their request is answered: then it has fired. */
function goneOf({ socket }: IncomingMessage): AbortSignal {
  const gone = new AbortController();
  if (socket.destroyed) gone.abort();
  else socket.once("close", () => gone.abort());
  return gone.signal;
}

/** Whether a caller who was let in still may read: keys are revoked while streams are open. */
export type StillMay = (request: FastifyRequest) => Promise<boolean>;

interface StreamOptions extends Pick<ApiContext, "db" | "alerts"> {
  readonly gone: AbortSignal;
  readonly again: () => Promise<boolean>;
}

async function* eventsOf(
  filters: Omit<AlertQuery, "limit">,
  after: string,
  { db, alerts, gone, again }: StreamOptions,
): AsyncGenerator<string> {
  yield "retry: 3000\n\n";
  let last = after;
  let checked = Date.now();
  while (!gone.aborted) {
    // Armed before the ledger is read: what is entered in between rings the bell.
    const waiting = new AbortController();
    const bell = alerts.next(AbortSignal.any([gone, waiting.signal]), HEARTBEAT_MS);
    const rows = await listAlerts(db, { ...filters, after: last, limit: PAGE });
    for (const row of rows) yield eventOf(row);
    last = rows.at(-1)?.seq ?? last;
    if (rows.length === PAGE) waiting.abort();
    await bell;
    if (Date.now() - checked < HEARTBEAT_MS || gone.aborted) continue;
    checked = Date.now();
    if (!(await again())) return;
    yield ": still here\n\n";
  }
}

/** JSON holds no line breaks, so one data line is enough. */
function eventOf({ seq, kind, body }: AlertRow): string {
  return `id: ${seq}\nevent: ${kind}\ndata: ${JSON.stringify(body)}\n\n`;
}
