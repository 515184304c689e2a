import { STATUS_CODES } from "node:http";
import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchemaValidationError,
} from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { mistakesOfIssue } from "../config/issue-mistakes.ts";
import { ConfigError } from "../config/read-yaml.ts";
import { holdsNul } from "../ledger/json-text.ts";
import { codedOf } from "./coded-reason.ts";

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

interface Told {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

function send(reply: FastifyReply, { status, title, detail, errors = [] }: Told): FastifyReply {
  const fields = errors.map((error) => ({ ...error, coded: codedOf(error.problem) }));
  const body = { type: "about:blank", title, status, detail, coded: codedOf(detail) };
  return reply
    .code(status)
    .type("application/problem+json")
    .send(JSON.stringify(fields.length === 0 ? body : { ...body, errors: fields }));
}

const told = ({ status, title, message, errors }: Problem): Told => ({ status, title, detail: message, errors });

/** Makes every error an answer in problem details; what went wrong inside is logged and not told. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setNotFoundHandler(({ method, url }, reply) => {
    // Another method may be served there.
    const asked = `${method === "GET" ? "" : `${method} `}${url.split("?")[0]}`;
    return send(reply, { status: 404, title: "Not found", detail: `there is nothing at ${asked}` });
  });
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (error instanceof Problem) return send(reply, told(error));
    if (error instanceof ConfigError) return send(reply, told(configurationMistakes(error.message)));
    if (holdsNul(error)) return send(reply, told(unkeptCharacter()));
    if (hasZodFastifySchemaValidationErrors(error))
      return send(reply, told(invalidFields(error.validation.flatMap(fieldErrors))));
    if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return send(reply, otherMediaType(request));
    const status = error.statusCode ?? 500;
    if (status < 500) return send(reply, { status, title: STATUS_CODES[status] ?? "Refused", detail: error.message });
    request.log.error({ err: error }, "request failed");
    const detail = "the request could not be answered; the log has the cause";
    return send(reply, { status: 500, title: "Internal error", detail });
  });
}

/** The configuration as it stands on the disk has mistakes: each with its file, line and field. */
export function configurationMistakes(mistakes: string): Problem {
  return new Problem(409, "Conflict", `the configuration has mistakes: ${mistakes}`);
}

/** No route takes a NUL, and the ledger is what refuses it: nothing of the request was done. */
function unkeptCharacter(): Problem {
  return new Problem(400, "Invalid request", "the request holds a character that cannot be kept (NUL)");
}

/** Answers what fails before there is a route: an address that cannot be read. */
export function answerUnrouted(error: FastifyError, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 400;
  return send(reply, { status, title: STATUS_CODES[status] ?? "Refused", detail: "the URL cannot be read" });
}

const MEDIA_TYPES = ["application/json", "application/x-www-form-urlencoded"];

/** A body of a kind that is not read there: what the route takes in its place. */
function otherMediaType({ server }: FastifyRequest): Told {
  const taken = MEDIA_TYPES.filter((type) => server.hasContentTypeParser(type)).join(" or ");
  const detail = `send the body as ${taken}, and name that in Content-Type`;
  return { status: 415, title: "Unsupported media type", detail };
}

function fieldErrors({ instancePath, keyword, message, params }: FastifySchemaValidationError): FieldError[] {
  const path = instancePath.split("/").filter((part) => part !== "");
  return mistakesOfIssue({ ...params, code: keyword, path, message: message ?? "is not valid" }).map((mistake) => ({
    field: mistake.path.join("."),
    problem: mistake.problem,
  }));
}
