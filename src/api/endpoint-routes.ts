import { z } from "zod";
import { listEndpointHealth } from "../ledger/endpoint-health.ts";
import {
  createEndpoint,
  deleteEndpoint,
  type Endpoint,
  findEndpoint,
  listEndpoints,
  lockEndpoint,
  updateEndpoint,
} from "../ledger/endpoints.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { codedOf } from "./coded-reason.ts";
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
import { etagOf, knows } from "./etag.ts";
import { given, ledgerId, nextCursor, nextOf, pageQuery, shownTime } from "./paging.ts";
import { notFound, Problem } from "./problem.ts";
import type { ZodServer } from "./zod-server.ts";

export const endpointParams = z.object({ id: ledgerId.meta({ examples: ["1"] }) });
export const secretShown = z.string().meta({ description: "Signs every request. It is shown this once." });
const tags = ["endpoints"];

/** @throws Problem 404 */
export async function endpointOf({ db }: Pick<ApiContext, "db">, id: string): Promise<Endpoint> {
  const endpoint = await findEndpoint(db, id);
  if (endpoint === undefined) throw notFound("endpoint", id);
  return endpoint;
}

/** `/api/v1/endpoints`: subscribers' URLs. A secret is shown once, when it is made. */
export function addEndpointRoutes(app: ZodServer, context: ApiContext): void {
  addEndpointList(app, context);
  addCreation(app, context);
  addEndpointHealth(app, context);
  addEndpoint(app, context);
  addChange(app, context);
  addDeletion(app, context);
}

function addEndpointList(app: ZodServer, { db }: ApiContext): void {
  app.get(
    "/api/v1/endpoints",
    {
      schema: {
        tags,
        summary: "List endpoints, all or in pages",
        querystring: z.strictObject({
          ...pageQuery,
          limit: pageQuery.limit.unwrap().optional().meta({ description: "All, where it is left out." }),
        }),
        response: { 200: z.object({ endpoints: z.array(endpointShown), next: nextCursor }) },
      },
    },
    async ({ query }) => {
      const rows = await listEndpoints(db, given(query));
      return {
        endpoints: rows.map(showEndpoint),
        next: query.limit === undefined ? null : nextOf(rows, query.limit, ({ id }) => id),
      };
    },
  );
}

function addCreation(app: ZodServer, context: ApiContext): void {
  const { now, key } = context;
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
}

function addEndpointHealth(app: ZodServer, { db }: ApiContext): void {
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
        lastErrorCoded: codedOf(rest.lastError),
        lastDeliveredAt: shownTime(lastDeliveredAt),
      })),
    }),
  );
}

function addEndpoint(app: ZodServer, context: ApiContext): void {
  app.get(
    "/api/v1/endpoints/:id",
    { schema: { tags, summary: "Read an endpoint", params: endpointParams, response: { 200: endpointShown } } },
    async ({ params }) => showEndpoint(await endpointOf(context, params.id)),
  );
}

function addChange(app: ZodServer, context: ApiContext): void {
  const { key, now } = context;
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
      checkSettings(request.body, context);
      const changed = await audited(
        context,
        actorOf(request),
        async (trx) => {
          const before = await lockEndpoint(trx, id);
          if (before === undefined) throw notFound("endpoint", id);
          refuseStale(before, request.headers["if-match"]);
          return updateEndpoint(trx, { id, changes: given(keptSettings(request.body, key)), now: now() });
        },
        () => ({ action: "endpoint.update", target: `endpoint:${id}`, detail: { changed: Object.keys(request.body) } }),
      );
      if (changed === undefined) throw notFound("endpoint", id);
      return showEndpoint(changed);
    },
  );
}

/** @throws Problem 412 where the endpoint is not the one that the caller read. */
function refuseStale(endpoint: Endpoint, ifMatch: string | undefined): void {
  const tag = etagOf(JSON.stringify(endpointShown.parse(showEndpoint(endpoint))));
  if (ifMatch === undefined || knows(ifMatch, tag)) return;
  throw new Problem(412, "Precondition failed", `the endpoint ${endpoint.id} was changed meanwhile; read it again`);
}

function addDeletion(app: ZodServer, context: ApiContext): void {
  const { now } = context;
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
}
