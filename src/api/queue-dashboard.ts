import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { FastifyAdapter } from "@bull-board/fastify";
import type { Queue } from "bullmq";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "./problem.ts";

export const QUEUES_PATH = "/queues";

/**
 * Mounts bull-board: the queues, their jobs, retries. It loads nothing from outside hosts.
 * @param onWrite told of every request that changes something, before it does.
 */
export async function mountQueueDashboard(
  app: FastifyInstance,
  queues: readonly Queue[],
  onWrite: (request: FastifyRequest) => Promise<void>,
): Promise<void> {
  const adapter = new FastifyAdapter().setBasePath(QUEUES_PATH);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue)),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: "Rasid", hideDocsLink: true, showWorkers: false } },
  });
  // bull-board brings an error handler of its own, which would answer 500 to those who may not enter.
  adapter.setErrorHandler(answerOf);
  await app.register(async (scope) => {
    scope.addHook("preHandler", async (request) => {
      if (request.method !== "GET" && request.method !== "HEAD") await onWrite(request);
    });
    scope.addHook("onSend", async (_request, reply, payload) => {
      if (typeof payload !== "string" || !String(reply.getHeader("content-type")).includes("text/html")) return payload;
      const html = withoutOutsideFonts(payload);
      reply.header("content-length", Buffer.byteLength(html));
      return html;
    });
    await scope.register(adapter.registerPlugin(), { prefix: QUEUES_PATH });
  });
}

function answerOf(error: Error) {
  const told = error instanceof Problem ? error : new Problem(500, "Internal error", "the log has the cause");
  const { status, title, message } = told;
  return {
    status: status as 500,
    body: { type: "about:blank", title, status, detail: message, error: title, message },
  };
}

/** bull-board's page asks Google for its fonts; the fallback fonts do as well. */
export function withoutOutsideFonts(html: string): string {
  return html.replace(/<link[^>]+(?:fonts\.googleapis\.com|fonts\.gstatic\.com)[^>]*>/g, "");
}
