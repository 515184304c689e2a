import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";

/** The tag of an answer: the same text gives the same tag. */
export function etagOf(text: string): string {
  return `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
}

/** Gives answers of the API an ETag, and a 304 to those who have the same already. */
export function addEtags(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply, payload) => {
    if (request.method !== "GET" || reply.statusCode !== 200 || typeof payload !== "string") return payload;
    if (!request.url.startsWith("/api/")) return payload;
    const tag = etagOf(payload);
    reply.header("etag", tag).header("cache-control", "private, no-cache");
    if (!knows(request.headers["if-none-match"], tag)) return payload;
    reply.code(304).removeHeader("content-length").removeHeader("content-type");
    return null;
  });
}

/** Whether a header of tags (If-None-Match, If-Match) names what the tag stands for; compared weakly (RFC 9110, 13.1.2). */
export function knows(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(",").map((part) => part.trim().replace(/^W\//, ""));
  return tags.includes(tag) || tags.includes("*");
}
