import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController, type RouteOptions } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { InputError } from "../input-error.ts";
import { VERSION } from "../version.ts";
import { addApiDocument } from "./api-document.ts";
import { type AuthenticationOptions, authenticate, type KeyStore } from "./authentication.ts";
import { refuseCrossSiteWrites } from "./cross-site-guard.ts";
import { guardHost } from "./host-guard.ts";
import { answerUnrouted, answerWithProblems, Problem } from "./problem.ts";
import { addSecurityHeaders } from "./security-headers.ts";

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  /** The setting that the port is of. Default `PORT`. */
  readonly portSetting?: string;
  /** Host names answered besides localhost and the bound address. */
  readonly hosts: readonly string[];
  readonly keys: KeyStore;
  readonly log: FastifyBaseLogger;
  /** Adds the routes, once the guards stand. */
  readonly routes: (app: FastifyInstance) => Promise<void>;
  /** Told of every route that there is. */
  readonly onRoute?: (route: RouteOptions) => void;
  /** Requests that one address may send in a minute. Default 1200. */
  readonly requestsAMinute?: number;
}

/** The running HTTP server. An owned resource: close it. */
export interface ApiServer {
  readonly app: FastifyInstance;
  readonly address: string;
  close(): Promise<void>;
}

const LARGEST_BODY = 1024 * 1024;
const REQUESTS_A_MINUTE = 1200;

/** Builds the server with all guards before any route: Host, other sites, sign-in, limits, headers. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LARGEST_BODY,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => void answerUnrouted(error, reply),
  });
  const { onRoute } = options;
  if (onRoute !== undefined) app.addHook("onRoute", onRoute);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerWithProblems(app);
  // Fastify would hand it on as a text, and no route takes one.
  app.removeContentTypeParser("text/plain");
  guardHost(app, { bound: options.host, configured: options.hosts });
  refuseCrossSiteWrites(app);
  await addSecurityHeaders(app);
  await app.register(cookie);
  await limitRequests(app, options.requestsAMinute ?? REQUESTS_A_MINUTE);
  authenticate(app, authenticationOf(options));
  logWrites(app);
  await addApiDocument(app, VERSION);
  await options.routes(app);
  return app;
}

/** Counts an address's requests before the ledger is asked for their key; routes with a limit of their own keep to that. */
async function limitRequests(app: FastifyInstance, aMinute: number): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    max: aMinute,
    timeWindow: "1 minute",
    errorResponseBuilder: (_request, { after, max }) =>
      new Problem(429, "Too many requests", `more than ${max} requests in a minute; try again in ${after}`),
  });
  const count = app.rateLimit();
  app.addHook("onRequest", async function (request, reply) {
    if (request.routeOptions.config.rateLimit === undefined) await count.call(this, request, reply);
  });
}

/** Callers are trusted without a key only where nobody but this machine can call, and no key was made. */
export function authenticationOf({ keys, host }: Pick<ServerOptions, "keys" | "host">): AuthenticationOptions {
  return { keys, trustWithoutKey: isLoopback(host) };
}

/** One line for each write: who, what, how it ended. The route's pattern stands for the URL, which may carry secrets. */
function logWrites(app: FastifyInstance): void {
  app.addHook("onResponse", async (request, reply) => {
    if (request.method === "GET" || request.method === "HEAD") return;
    const route = `${request.method} ${request.routeOptions.url ?? "nowhere"}`;
    const caller = request.caller?.keyId ?? null;
    request.log.info({ route, status: reply.statusCode, caller, durationMs: Math.round(reply.elapsedTime) }, "asked");
  });
}

/**
 * Starts listening. Without any key in the ledger only the loopback address is served.
 * @throws InputError that says how to bind another address.
 */
export async function startServer(options: ServerOptions): Promise<ApiServer> {
  if (!isLoopback(options.host) && !(await options.keys.anyKey()))
    throw new InputError(
      `HOST is ${options.host}, but there is no API key yet: anyone who reaches that address could read and change everything. ` +
        "Make a key first (RASID_ADMIN_KEY_FILE, or `rasid key create`), or leave HOST at 127.0.0.1.",
    );
  const app = await buildServer(options);
  try {
    return { app, address: await app.listen({ host: options.host, port: options.port }), close: () => app.close() };
  } catch (error) {
    await app.close();
    throw listenError(error, options);
  }
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function listenError(error: unknown, { host, port, portSetting = "PORT" }: ServerOptions): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "EADDRINUSE")
    return new InputError(`${host}:${port} is taken by another process; set ${portSetting} to a free one`);
  if (error.code === "EACCES")
    return new InputError(`${host}:${port} may not be opened by this account; set ${portSetting} to one above 1023`);
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND" || error.code === "EAI_AGAIN")
    return new InputError(`${host} is no address of this machine; set HOST to one, such as 127.0.0.1`);
  return error;
}
