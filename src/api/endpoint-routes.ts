import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  createEndpoint,
  deleteEndpoint,
  type Endpoint,
  endpointFiltersSchema,
  findEndpoint,
  listEndpoints,
} from "../ledger/endpoints.ts";
import type { Database } from "../ledger/schema.ts";
import { type SealingKey, seal } from "../ledger/sealed-secret.ts";
import { Problem } from "./problem.ts";

export interface EndpointRouteOptions {
  readonly db: Database;
  readonly key: SealingKey;
  readonly now: () => Date;
}

const httpUrl = z.string().refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
  error: "must be an http or https URL",
});

const newEndpoint = z.strictObject({
  url: httpUrl,
  description: z.string().max(500).optional(),
  filters: endpointFiltersSchema.optional(),
});

const endpointShown = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  filters: endpointFiltersSchema,
  enabled: z.boolean(),
  disabledReason: z.string().nullable(),
  failingSince: z.string().nullable(),
  createdAt: z.string(),
});

const idParam = z.object({ id: z.string().regex(/^\d+$/, "must be an endpoint's id") });

/** A signing secret as Standard Webhooks wants it: 32 random bytes in base64 behind `whsec_`. */
export function newSigningSecret(random: (size: number) => Buffer = randomBytes): string {
  return `whsec_${random(32).toString("base64")}`;
}

/** `/api/v1/endpoints`: make, list, read and delete subscribers' URLs. The secret is shown once, when it is made. */
export function addEndpointRoutes(server: FastifyInstance, { db, key, now }: EndpointRouteOptions): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.post(
    "/api/v1/endpoints",
    { schema: { body: newEndpoint, response: { 201: endpointShown.extend({ secret: z.string() }) } } },
    async (request, reply) => {
      const secret = newSigningSecret();
      const sealed = { sealed: seal(secret, key), keyId: key.id };
      const endpoint = await createEndpoint(db, { settings: request.body, secret: sealed, now: now() });
      return reply.code(201).send({ ...shown(endpoint), secret });
    },
  );
  app.get(
    "/api/v1/endpoints",
    { schema: { response: { 200: z.object({ endpoints: z.array(endpointShown) }) } } },
    async () => ({
      endpoints: (await listEndpoints(db)).map(shown),
    }),
  );
  app.get(
    "/api/v1/endpoints/:id",
    { schema: { params: idParam, response: { 200: endpointShown } } },
    async (request) => {
      const endpoint = await findEndpoint(db, request.params.id);
      if (endpoint === undefined) throw new Problem(404, "Not found", `there is no endpoint ${request.params.id}`);
      return shown(endpoint);
    },
  );
  app.delete("/api/v1/endpoints/:id", { schema: { params: idParam } }, async (request, reply) => {
    if (!(await deleteEndpoint(db, { id: request.params.id, now: now() })))
      throw new Problem(404, "Not found", `there is no endpoint ${request.params.id}`);
    return reply.code(204).send();
  });
}

function shown(endpoint: Endpoint): z.output<typeof endpointShown> {
  const { id, url, description, filters, enabled, disabledReason, failingSince, createdAt } = endpoint;
  return {
    id,
    url,
    description,
    filters,
    enabled,
    disabledReason,
    failingSince: failingSince?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
