import { z } from "zod";
import { disableEndpoint, enableEndpoint, rotateEndpointSecret } from "../ledger/endpoints.ts";
import type { Database } from "../ledger/schema.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { endpointOf, endpointParams, secretShown } from "./endpoint-routes.ts";
import { endpointShown, newSealedSecret, showEndpoint } from "./endpoint-schema.ts";
import type { ZodServer } from "./zod-server.ts";

const tags = ["endpoints"];

/** How long the secret before signs too. */
export const ROTATION_MS = 24 * 3600_000;

/** `/api/v1/endpoints/:id/…`: on, off, and another secret. */
export function addEndpointSwitchRoutes(app: ZodServer, context: ApiContext): void {
  const { now } = context;
  addSwitch(app, context, {
    verb: "enable",
    summary: "Send to an endpoint again; what it missed is recovered with /recover",
    turn: (trx, id) => enableEndpoint(trx, { id, now: now() }),
  });
  addSwitch(app, context, {
    verb: "disable",
    summary: "Stop sending to an endpoint; what is owed to it becomes dead letters",
    turn: (trx, id, actor) => disableEndpoint(trx, { id, reason: `disabled by ${actor}`, now: now() }),
  });
  addRotation(app, context);
}

interface Switch {
  readonly verb: "enable" | "disable";
  readonly summary: string;
  readonly turn: (trx: Database, id: string, actor: string) => Promise<unknown>;
}

function addSwitch(app: ZodServer, context: ApiContext, { verb, summary, turn }: Switch): void {
  app.post(
    `/api/v1/endpoints/:id/${verb}`,
    { schema: { tags, summary, params: endpointParams, response: { 200: endpointShown } } },
    async (request) => {
      const { id } = request.params;
      await endpointOf(context, id);
      await audited(
        context,
        actorOf(request),
        (trx) => turn(trx, id, actorOf(request)),
        () => ({ action: `endpoint.${verb}`, target: `endpoint:${id}` }),
      );
      return showEndpoint(await endpointOf(context, id));
    },
  );
}

function addRotation(app: ZodServer, context: ApiContext): void {
  const { key, now } = context;
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
