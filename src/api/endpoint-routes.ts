import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { listEndpointHealth } from "../ledger/endpoint-health.ts";
import {
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  type Endpoint,
  enableEndpoint,
  findEndpoint,
  listEndpoints,
  rotateEndpointSecret,
  updateEndpoint,
} from "../ledger/endpoints.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import {
  checkSettings,
  endpointChanges,
  endpointHealthShown,
  endpointShown,
  keptSettings,
  newEndpoint,
  newSealedSecret,
  showEndpoint,
} from "./endpoint-schema.ts";
import { etagOf } from "./etag.ts";
import { given, ledgerId, shownTime } from "./paging.ts";
import { notFound, Problem } from "./problem.ts";

export const endpointParams = z.object({ id: ledgerId.meta({ examples: ["1"] }) });
const secretShown = z.string().meta({ description: "Signs every request. It is shown this once." });
const tags = ["endpoints"];

/** How long the secret before signs too. */
export const ROTATION_MS = 24 * 3600_000;

/** @throws Problem 404 */
export async function endpointOf({ db }: Pick<ApiContext, "db">, id: string): Promise<Endpoint> {
  const endpoint = await findEndpoint(db, id);
  if (endpoint === undefined) throw notFound("endpoint", id);
  return endpoint;
}

/** `/api/v1/endpoints`: subscribers' URLs. A secret is shown once, when it is made. */
export function addEndpointRoutes(server: FastifyInstance, context: ApiContext): void {
  const { db, key, now } = context;
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/api/v1/endpoints",
    { schema: { tags, summary: "List endpoints", response: { 200: z.object({ endpoints: z.array(endpointShown) }) } } },
    async () => ({ endpoints: (await listEndpoints(db)).map(showEndpoint) }),
  );
  app.post(
    "/api/v1/endpoints",
    {
      schema: {
        tags,
        summary: "Create an endpoint",
        body: newEndpoint,
        response: { 201: endpointShown.extend({ secret: secretShown }) },
      },
    },
    async (request, reply) => {
      checkSettings(request.body, context);
      const { secret, kept } = newSealedSecret(key);
      const endpoint = await audited(
        context,
        actorOf(request),
        (trx) => createEndpoint(trx, { settings: keptSettings(request.body, key), secret: kept, now: now() }),
        ({ id }) => ({ action: "endpoint.create", target: `endpoint:${id}` }),
      );
      return reply
        .code(201)
        .header("location", `/api/v1/endpoints/${endpoint.id}`)
        .send({ ...showEndpoint(endpoint), secret });
    },
  );
  app.get(
    "/api/v1/endpoint-health",
    {
      schema: {
        tags,
        summary: "Count what is owed to endpoints and what was given up, with their last success",
        response: { 200: z.object({ endpoints: z.array(endpointHealthShown) }) },
      },
    },
    async () => ({
      endpoints: (await listEndpointHealth(db)).map(({ endpointId, lastDeliveredAt, ...rest }) => ({
        ...rest,
        endpoint: endpointId,
        lastDeliveredAt: shownTime(lastDeliveredAt),
      })),
    }),
  );
  app.get(
    "/api/v1/endpoints/:id",
    { schema: { tags, summary: "Read an endpoint", params: endpointParams, response: { 200: endpointShown } } },
    async ({ params }) => showEndpoint(await endpointOf(context, params.id)),
  );
  app.patch(
    "/api/v1/endpoints/:id",
    {
      schema: {
        tags,
        summary: "Change an endpoint; with If-Match only when it is still as it was read",
        params: endpointParams,
        body: endpointChanges,
        response: { 200: endpointShown },
      },
    },
    async (request) => {
      const { id } = request.params;
      const before = await endpointOf(context, id);
      checkSettings(request.body, context);
      const wanted = request.headers["if-match"];
      if (
        wanted !== undefined &&
        wanted !== "*" &&
        !wanted.includes(etagOf(JSON.stringify(endpointShown.parse(showEndpoint(before)))))
      )
        throw new Problem(412, "Precondition failed", `the endpoint ${id} was changed meanwhile; read it again`);
      const changed = await audited(
        context,
        actorOf(request),
        (trx) => updateEndpoint(trx, { id, changes: given(keptSettings(request.body, key)), now: now() }),
        () => ({ action: "endpoint.update", target: `endpoint:${id}`, detail: { changed: Object.keys(request.body) } }),
      );
      if (changed === undefined) throw notFound("endpoint", id);
      return showEndpoint(changed);
    },
  );
  app.delete(
    "/api/v1/endpoints/:id",
    {
      schema: {
        tags,
        summary: "Delete an endpoint; its secrets are wiped, its delivery log stays",
        params: endpointParams,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await endpointOf(context, id);
      await audited(
        context,
        actorOf(request),
        (trx) => deleteEndpoint(trx, { id, now: now() }),
        () => ({ action: "endpoint.delete", target: `endpoint:${id}` }),
      );
      return reply.code(204).send();
    },
  );
  app.post(
    "/api/v1/endpoints/:id/enable",
    {
      schema: {
        tags,
        summary: "Send to an endpoint again; what it missed is recovered with /recover",
        params: endpointParams,
        response: { 200: endpointShown },
      },
    },
    async (request) => {
      const { id } = request.params;
      await endpointOf(context, id);
      await audited(
        context,
        actorOf(request),
        (trx) => enableEndpoint(trx, { id, now: now() }),
        () => ({ action: "endpoint.enable", target: `endpoint:${id}` }),
      );
      return showEndpoint(await endpointOf(context, id));
    },
  );
  app.post(
    "/api/v1/endpoints/:id/disable",
    {
      schema: {
        tags,
        summary: "Stop sending to an endpoint; what is owed to it becomes dead letters",
        params: endpointParams,
        response: { 200: endpointShown },
      },
    },
    async (request) => {
      const { id } = request.params;
      await endpointOf(context, id);
      await audited(
        context,
        actorOf(request),
        (trx) => disableEndpoint(trx, { id, reason: `disabled by ${actorOf(request)}`, now: now() }),
        () => ({ action: "endpoint.disable", target: `endpoint:${id}` }),
      );
      return showEndpoint(await endpointOf(context, id));
    },
  );
  app.post(
    "/api/v1/endpoints/:id/rotate",
    {
      schema: {
        tags,
        summary: "Make a new signing secret; the one before signs too for 24 hours",
        params: endpointParams,
        response: { 200: z.object({ secret: secretShown, previousSecretUntil: z.string() }) },
      },
    },
    async (request) => {
      const { id } = request.params;
      await endpointOf(context, id);
      const { secret, kept } = newSealedSecret(key);
      const previousUntil = new Date(now().getTime() + ROTATION_MS);
      await audited(
        context,
        actorOf(request),
        (trx) => rotateEndpointSecret(trx, { id, secret: kept, previousUntil, now: now() }),
        () => ({ action: "endpoint.rotate", target: `endpoint:${id}` }),
      );
      return { secret, previousSecretUntil: previousUntil.toISOString() };
    },
  );
}
