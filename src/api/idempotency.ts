import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { abandonWrite, beginWrite, dropOldWrites, finishWrite } from "../ledger/idempotency.ts";
import { seal, unseal } from "../ledger/sealed-secret.ts";
import { type ApiContext, actorOf } from "./api-context.ts";
import { invalidFields, Problem } from "./problem.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The Idempotency-Key under which the answer is to be kept; null when there is none, or it was given again. */
    keptUnder: string | null;
  }
}

const SWEEP_MS = 3600_000;
/** There was no room for the write: it was not begun, and may be asked for again. */
const TOO_MANY = 429;
const keptAnswer = z.object({ sealed: z.string() });

/**
 * A write that carries an Idempotency-Key is done once for 24 hours: the same request gets the same answer again.
 * Answers are kept sealed, for some carry a secret.
 */
export function addIdempotency(app: FastifyInstance, { db, key, now }: Pick<ApiContext, "db" | "key" | "now">): void {
  app.decorateRequest("keptUnder", null);
  app.addHook("preHandler", async (request, reply) => {
    const given = request.headers["idempotency-key"];
    if (given === undefined || request.method === "GET" || request.method === "HEAD") return;
    if (typeof given !== "string" || !/^[\x21-\x7e]{1,200}$/.test(given))
      throw invalidFields([{ field: "Idempotency-Key", problem: "must be 1 to 200 printable characters" }]);
    const known = await beginWrite(db, {
      caller: actorOf(request),
      key: given,
      requestHash: hashOf(request),
      now: now(),
    });
    if (known.state === "mismatch")
      throw new Problem(422, "Unprocessable", "this Idempotency-Key came with another request before");
    if (known.state === "running")
      throw new Problem(409, "Conflict", "the first request with this Idempotency-Key is still at work");
    if (known.state === "new") {
      request.keptUnder = given;
      return;
    }
    const { sealed } = keptAnswer.parse(known.response);
    reply.code(known.status).header("idempotency-replayed", "true");
    const text = unseal(Buffer.from(sealed, "base64"), key);
    return text === "" ? reply.send() : reply.type(typeFor(known.status)).send(text);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const { keptUnder } = request;
    if (keptUnder === null) return payload;
    request.keptUnder = null;
    const kept = { caller: actorOf(request), key: keptUnder };
    if (reply.statusCode >= 500 || reply.statusCode === TOO_MANY) await abandonWrite(db, kept);
    else {
      const sealed = seal(typeof payload === "string" ? payload : "", key).toString("base64");
      await finishWrite(db, { ...kept, status: reply.statusCode, response: { sealed } });
    }
    return payload;
  });
  const sweep = setInterval(() => void dropOldWrites(db, now()).catch(() => {}), SWEEP_MS).unref();
  app.addHook("onClose", async () => clearInterval(sweep));
}

function typeFor(status: number): string {
  return status < 400 ? "application/json; charset=utf-8" : "application/problem+json";
}

function hashOf({ method, url, body }: FastifyRequest): Buffer {
  return createHash("sha256")
    .update(`${method} ${url}\n${JSON.stringify(body ?? null)}`)
    .digest();
}
