import type { FastifyError, FastifyInstance, FastifyReply, FastifySchemaValidationError } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";

/** What is wrong with one field of a request. */
export interface FieldError {
  /** As `filters.kinds.0`. */
  readonly field: string;
  readonly problem: string;
}

/** An answer that is an error, as RFC 9457 problem details. Throw it from a route. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FieldError[];
  constructor(status: number, title: string, detail: string, errors: readonly FieldError[] = []) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.title = title;
    this.errors = errors;
  }
}

export function notFound(what: string, id: string): Problem {
  return new Problem(404, "Not found", `there is no ${what} ${id}`);
}

/** Fields that are not what they should be. */
export function invalidFields(errors: readonly FieldError[]): Problem {
  return new Problem(400, "Invalid request", "some fields are not valid", errors);
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
    if (error instanceof Problem) {
      const more = error.errors.length === 0 ? {} : { errors: error.errors };
      return send(reply, error.status, error.title, error.message, more);
    }
    if (hasZodFastifySchemaValidationErrors(error)) {
      const errors = error.validation.map(fieldError);
      return send(reply, 400, "Invalid request", "some fields are not valid", { errors });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return send(reply, status, error.name, error.message);
    request.log.error({ err: error }, "request failed");
    return send(reply, 500, "Internal error", "the request could not be answered; the log has the cause");
  });
}

/** Unknown keys are told by their names: zod names the object that holds them. */
function fieldError({ instancePath, message, params }: FastifySchemaValidationError): FieldError {
  const path = instancePath.split("/").filter((part) => part !== "");
  const unknown = Array.isArray(params.keys) ? params.keys.map(String) : [];
  if (unknown.length > 0) return { field: [...path, unknown.join(", ")].join("."), problem: "is not known here" };
  return { field: path.join("."), problem: message ?? "is not valid" };
}
