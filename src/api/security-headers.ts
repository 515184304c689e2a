import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";
import { QUEUES_PATH } from "./queue-dashboard.ts";

const STRICT = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", "data:"],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  frameSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
};

/**
 * What bull-board needs: it styles inline, and names the place of its files in a `<base>`. The dashboard shows it in a
 * frame of its own.
 */
const QUEUES = {
  ...STRICT,
  styleSrc: ["'self'", "'unsafe-inline'"],
  baseUri: ["'self'"],
  frameAncestors: ["'self'"],
};

/** Other sites learn nothing; forms of our own pages carry their Origin, by which writes are told from others'. */
const referrerPolicy = { policy: "same-origin" } as const;

/** Security headers on every answer, a little wider for the queue dashboard alone. */
export async function addSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: STRICT },
    frameguard: { action: "deny" },
    referrerPolicy,
    hsts: false,
  });
  app.addHook("onRequest", async (request, reply) => {
    if (!isQueues(request.url)) return;
    await reply.helmet({
      contentSecurityPolicy: { useDefaults: false, directives: QUEUES },
      frameguard: { action: "sameorigin" },
      referrerPolicy,
      hsts: false,
    });
  });
}

function isQueues(url: string): boolean {
  const path = url.split("?")[0] ?? "";
  return path === QUEUES_PATH || path.startsWith(`${QUEUES_PATH}/`);
}
