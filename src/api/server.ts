import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { authenticate, type KeyStore } from "./authentication.ts";
import { refuseCrossSiteWrites } from "./cross-site-guard.ts";
import { guardHost } from "./host-guard.ts";
import { answerWithProblems } from "./problem.ts";
import { addSecurityHeaders } from "./security-headers.ts";

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  /** Host names answered besides localhost and the bound address. */
  readonly hosts: readonly string[];
  readonly keys: KeyStore;
  readonly log: FastifyBaseLogger;
  /** Adds the routes, once the guards stand. */
  readonly routes: (app: FastifyInstance) => Promise<void>;
}

/** The running HTTP server. An owned resource: close it. */
export interface ApiServer {
  readonly app: FastifyInstance;
  readonly address: string;
  close(): Promise<void>;
}

const LARGEST_BODY = 1024 * 1024;
const REQUESTS_A_MINUTE = 600;

/** Builds the server with all guards before any route: Host, other sites, sign-in, limits, headers. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LARGEST_BODY,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerWithProblems(app);
  guardHost(app, { bound: options.host, configured: options.hosts });
  refuseCrossSiteWrites(app);
  await addSecurityHeaders(app);
  await app.register(cookie);
  await app.register(rateLimit, { max: REQUESTS_A_MINUTE, timeWindow: "1 minute" });
  authenticate(app, options.keys);
  await options.routes(app);
  return app;
}

/**
 * Starts listening. Without any key in the ledger only the loopback address is served.
 * @throws Error that says how to bind another address.
 */
export async function startServer(options: ServerOptions): Promise<ApiServer> {
  if (!isLoopback(options.host) && !(await options.keys.anyKey()))
    throw new Error(
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

function listenError(error: unknown, { host, port }: ServerOptions): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "EADDRINUSE")
    return new Error(`${host}:${port} is taken by another process; set PORT to a free one`);
  if (error.code === "EACCES")
    return new Error(`${host}:${port} may not be opened by this account; set PORT to one above 1023`);
  return error;
}
