import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import { answersWithin } from "../answers-within.ts";

/** A part that the daemon needs in order to work: its name, and a check that throws when it does not. */
export interface ReadinessCheck {
  readonly name: string;
  readonly check: () => Promise<unknown>;
}

const CHECK_WITHIN_MS = 2000;

/** `/healthz`: the process lives. `/readyz`: database and queues answer. `/metrics`: for Prometheus. */
export function addHealthRoutes(
  app: FastifyInstance,
  { checks, metrics }: { checks: readonly ReadinessCheck[]; metrics: Registry },
): void {
  app.get("/healthz", { config: { scope: "public" } }, async () => ({ status: "ok" }));
  app.get("/readyz", { config: { scope: "public" } }, async (_request, reply) => {
    const results = await Promise.all(
      checks.map(async ({ name, check }) => ({ name, ok: await answersWithin(CHECK_WITHIN_MS, check) })),
    );
    const ready = results.every(({ ok }) => ok);
    return reply.code(ready ? 200 : 503).send({
      status: ready ? "ready" : "not ready",
      parts: Object.fromEntries(results.map(({ name, ok }) => [name, ok])),
    });
  });
  app.get("/metrics", { config: { remembered: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}
