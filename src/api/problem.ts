import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";

/** An answer that is an error, as RFC 9457 problem details. Throw it from a route. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.title = title;
  }
}

function send(reply: FastifyReply, status: number, title: string, detail: string, more: object = {}): FastifyReply {
  return reply
    .code(status)
    .type("application/problem+json")
    .send(JSON.stringify({ type: "about:blank", title, status, detail, ...more }));
}

/** Makes every error an answer in problem details; what went wrong inside is logged and not told. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    send(reply, 404, "Not found", `there is nothing at ${request.url.split("?")[0]}`),
  );
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (error instanceof Problem) return send(reply, error.status, error.title, error.message);
    if (hasZodFastifySchemaValidationErrors(error)) {
      const errors = error.validation.map((issue) => ({
        field: issue.instancePath.replace(/^\//, "").replaceAll("/", "."),
        problem: issue.message ?? "is not valid",
      }));
      return send(reply, 400, "Invalid request", "some fields are not valid", { errors });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return send(reply, status, error.name, error.message);
    request.log.error({ err: error }, "request failed");
    return send(reply, 500, "Internal error", "the request could not be answered; the log has the cause");
  });
}
