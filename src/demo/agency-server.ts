import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Agency, Publication } from "./course.ts";
import { feedDocument } from "./feed-document.ts";

/** A local agency: a real HTTP server with one feed, with ETag and Last-Modified. An owned resource: close it. */
export interface AgencyServer {
  readonly agency: Agency;
  readonly feedUrl: string;
  /** Adds items; one with a known guid replaces the earlier text in place. */
  publish(items: readonly Publication[]): void;
  /** Resolves when the feed as it stands now has been fetched in full at least once. */
  fetched(): Promise<void>;
  close(): Promise<void>;
}

/** Starts an agency on a free port of the loopback address. */
export async function startAgencyServer(agency: Agency): Promise<AgencyServer> {
  const state = {
    publications: new Map<string, Publication>(),
    version: 0,
    served: 0,
    modified: new Date(),
    waiting: [] as (() => void)[],
  };
  let home = "";
  const server = createServer((request, response) => {
    if (request.url !== "/feed") return void response.writeHead(404).end();
    const document = feedDocument(agency, [...state.publications.values()], home);
    const etag = `"${createHash("sha256").update(document.body).digest("hex").slice(0, 20)}"`;
    const headers = {
      etag,
      "last-modified": state.modified.toUTCString(),
      "content-type": document.contentType,
      "cache-control": "no-cache",
    };
    if (isUnchanged(request, etag, state.modified)) return void response.writeHead(304, headers).end();
    answer(response, headers, document.body, state.version);
  });

  function answer(response: ServerResponse, headers: Record<string, string>, body: Buffer, version: number): void {
    response.once("finish", () => {
      state.served = Math.max(state.served, version);
      if (state.served === state.version) for (const wake of state.waiting.splice(0)) wake();
    });
    response.writeHead(200, { ...headers, "content-length": String(body.length) }).end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    agency,
    feedUrl: `${home}/feed`,
    publish: (items) => {
      for (const item of items) state.publications.set(item.guid, item);
      state.version += 1;
      state.modified = new Date(Math.max(Date.now(), state.modified.getTime() + 1000));
    },
    fetched: () =>
      state.served === state.version ? Promise.resolve() : new Promise<void>((resolve) => state.waiting.push(resolve)),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** If-None-Match decides alone where it is present (RFC 9110, 13.2.2). */
function isUnchanged(request: IncomingMessage, etag: string, modified: Date): boolean {
  const noneMatch = request.headers["if-none-match"];
  if (noneMatch !== undefined) return noneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
  const since = request.headers["if-modified-since"];
  return since !== undefined && Math.floor(modified.getTime() / 1000) * 1000 <= new Date(since).getTime();
}
