import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { FastifyAdapter } from "@bull-board/fastify";
import type { Queue } from "bullmq";
import type { FastifyInstance } from "fastify";

export const QUEUES_PATH = "/queues";

/** Mounts bull-board: the queues, their jobs, retries. It loads nothing from outside hosts. */
export async function mountQueueDashboard(app: FastifyInstance, queues: readonly Queue[]): Promise<void> {
  const adapter = new FastifyAdapter().setBasePath(QUEUES_PATH);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue)),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: "Rasid" } },
  });
  await app.register(async (scope) => {
    scope.addHook("onSend", async (_request, reply, payload) => {
      if (typeof payload !== "string" || !String(reply.getHeader("content-type")).includes("text/html")) return payload;
      const html = withoutOutsideFonts(payload);
      reply.header("content-length", Buffer.byteLength(html));
      return html;
    });
    await scope.register(adapter.registerPlugin(), { prefix: QUEUES_PATH });
  });
}

/** bull-board's page asks Google for its fonts; the fallback fonts do as well. */
export function withoutOutsideFonts(html: string): string {
  return html.replace(/<link[^>]+(?:fonts\.googleapis\.com|fonts\.gstatic\.com)[^>]*>/g, "");
}
