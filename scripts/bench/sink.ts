/**
 * The world outside the daemon, in a process of its own: a local server for each feed, and one endpoint that verifies
 * every webhook with the official Standard Webhooks library. Told what to do by `sink-process.ts`.
 */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { feedDocument } from "../../src/demo/feed-document.ts";
import { agencyOf, type LoadFeed, languageOf, makeLoad } from "./load.ts";
import type { SinkAnswer, SinkOrder } from "./sink-messages.ts";

interface Served {
  readonly server: Server;
  body: Buffer;
  contentType: string;
  /** Counts up with each publication; the ETag. */
  version: number;
  seenVersion: number;
}

const served: Served[] = [];
/** When the first request after a publication came, and when the last feed was answered in full; ms of the clock. */
let firstRequestAt: number | null = null;
let lastAnswerAt = 0;
let webhook: Webhook | null = null;
let refused = 0;
/** When each webhook-id came first. */
const received = new Map<string, number>();
let lastReceivedAt = 0;

async function startFeeds(count: number): Promise<string[]> {
  for (let place = 0; place < count; place += 1) {
    const one: Served = { server: createServer(), body: Buffer.alloc(0), contentType: "", version: 0, seenVersion: 0 };
    one.server.on("request", (request: IncomingMessage, response) => {
      if (one.version > 0) firstRequestAt ??= performance.timeOrigin + performance.now();
      const etag = `"${one.version}"`;
      if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
      response.once("finish", () => {
        one.seenVersion = one.version;
        lastAnswerAt = performance.timeOrigin + performance.now();
      });
      response.writeHead(200, { etag, "content-type": one.contentType, "content-length": String(one.body.length) });
      response.end(one.body);
    });
    one.server.keepAliveTimeout = 1000;
    await new Promise<void>((resolve) => one.server.listen(0, "127.0.0.1", 50, resolve));
    served.push(one);
    render(one, { agency: agencyOf(place, languageOf(place, count)), items: [] });
  }
  return served.map(urlOf);
}

const urlOf = ({ server }: Served): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function render(one: Served, { agency, items }: LoadFeed): void {
  const { body, contentType } = feedDocument(agency, items, urlOf(one));
  Object.assign(one, { body, contentType });
}

function publish(round: number, itemBytes?: number): void {
  for (const [place, feed] of makeLoad(served.length, round, itemBytes).feeds.entries()) {
    const one = served[place] as Served;
    render(one, feed);
    one.version = round + 1;
  }
  firstRequestAt = null;
}

const endpoint = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const id = String(request.headers["webhook-id"]);
  try {
    webhook?.verify(Buffer.concat(chunks).toString("utf8"), request.headers as Record<string, string>);
    lastReceivedAt = performance.timeOrigin + performance.now();
    if (!received.has(id)) received.set(id, lastReceivedAt);
    response.writeHead(204).end();
  } catch {
    refused += 1;
    response.writeHead(400).end();
  }
});

async function obey(order: SinkOrder): Promise<SinkAnswer> {
  if (order.do === "start") {
    const feeds = await startFeeds(order.feeds);
    await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
    return { endpoint: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/alerts`, feeds };
  }
  if (order.do === "trust") webhook = new Webhook(order.secret);
  if (order.do === "publish") publish(order.round, order.itemBytes);
  if (order.do === "show") {
    const one = served[0] as Served;
    render(one, order.feed);
    one.version += 1;
  }
  return {
    received: received.size,
    refused,
    firstRequestAt,
    lastAnswerAt,
    lastReceivedAt,
    answered: served.filter(({ version, seenVersion }) => version === seenVersion).length,
  };
}

process.on("message", (order: SinkOrder) => {
  obey(order).then((answer) => process.send?.(answer));
});
process.on("disconnect", () => process.exit());
