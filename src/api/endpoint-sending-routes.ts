import { randomBytes } from "node:crypto";
import { z } from "zod";
import { fitsFilters } from "../domain/alert/subscription.ts";
import { findAlert } from "../ledger/alerts.ts";
import { createPing } from "../ledger/deliveries.ts";
import { recoverDeliveries, replayDeliveries, sendAlert } from "../ledger/delivery-resends.ts";
import { type Endpoint, endHold } from "../ledger/endpoints.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { endpointOf, endpointParams } from "./endpoint-routes.ts";
import { invalidFields, Problem } from "./problem.ts";
import type { ZodServer } from "./zod-server.ts";

const tags = ["endpoints"];
export const queued = z.object({ deliveries: z.number().meta({ description: "How many are sent again." }) });
/** As far back as alerts are recovered. */
export const RECOVER_MS = 14 * 24 * 3600_000;

/** The body of a test ping. */
export function pingBody(
  endpointId: string,
  at: Date,
): { type: "ping"; timestamp: string; data: { endpoint: string } } {
  return { type: "ping", timestamp: at.toISOString(), data: { endpoint: endpointId } };
}

export function newPingId(): string {
  return `msg_ping_${randomBytes(18).toString("base64url")}`;
}

export const wantsBy = (endpoint: Endpoint, alert: Parameters<typeof fitsFilters>[0]): boolean =>
  fitsFilters(alert, endpoint.filters);

/** `/api/v1/endpoints/:id/…`: what is sent to an endpoint by hand, at once. */
export function addEndpointSendingRoutes(app: ZodServer, context: ApiContext): void {
  addSend(app, context);
  addPing(app, context);
  addRecovery(app, context);
  addReplay(app, context);
}

function addSend(app: ZodServer, context: ApiContext): void {
  const { db, now } = context;
  app.post(
    "/api/v1/endpoints/:id/send",
    {
      schema: {
        tags,
        summary: "Send one alert to the endpoint, whatever its filters say, under the alert's own webhook-id",
        params: endpointParams,
        body: z.strictObject({ alert: z.string() }).meta({ examples: [{ alert: "alt_example" }] }),
        response: { 202: z.object({ delivery: z.string() }) },
      },
    },
    async (request, reply) => {
      const { id } = await enabledEndpoint(context, request.params.id);
      const { alert } = request.body;
      if ((await findAlert(db, alert)) === undefined)
        throw invalidFields([{ field: "alert", problem: `there is no alert ${alert}` }]);
      const delivery = await audited(
        context,
        actorOf(request),
        (trx) => sendAlert(trx, { alertId: alert, endpointId: id, now: now() }),
        () => ({ action: "endpoint.send", target: `endpoint:${id}`, detail: { alert } }),
      );
      await sendNow(context, id, [delivery]);
      return reply.code(202).send({ delivery });
    },
  );
}

function addPing(app: ZodServer, context: ApiContext): void {
  const { now } = context;
  app.post(
    "/api/v1/endpoints/:id/test",
    {
      schema: {
        tags,
        summary: "Send a signed test ping",
        params: endpointParams,
        response: { 202: z.object({ delivery: z.string() }) },
      },
    },
    async (request, reply) => {
      const { id } = await enabledEndpoint(context, request.params.id);
      const delivery = await audited(
        context,
        actorOf(request),
        (trx) => createPing(trx, { endpointId: id, webhookId: newPingId(), body: pingBody(id, now()), now: now() }),
        () => ({ action: "endpoint.test", target: `endpoint:${id}` }),
      );
      await sendNow(context, id, [delivery]);
      return reply.code(202).send({ delivery });
    },
  );
}

function addRecovery(app: ZodServer, context: ApiContext): void {
  const { now } = context;
  app.post(
    "/api/v1/endpoints/:id/recover",
    {
      schema: {
        tags,
        summary: "Send all alerts since a time that the endpoint wants and did not get",
        params: endpointParams,
        body: z
          .strictObject({ since: z.iso.datetime({ offset: true }) })
          .meta({ description: "At most 14 days ago.", examples: [{ since: "2022-09-16T00:00:00Z" }] }),
        response: { 202: queued },
      },
    },
    async (request, reply) => {
      const endpoint = await enabledEndpoint(context, request.params.id);
      const since = new Date(request.body.since);
      if (now().getTime() - since.getTime() > RECOVER_MS)
        throw invalidFields([{ field: "since", problem: "must be at most 14 days ago; to go back further, replay" }]);
      const ids = await audited(
        context,
        actorOf(request),
        (trx) => recoverDeliveries(trx, { endpoint, wants: wantsBy, since, now: now() }),
        (sent) => ({
          action: "endpoint.recover",
          target: `endpoint:${endpoint.id}`,
          detail: { since: request.body.since, deliveries: sent.length },
        }),
      );
      await sendNow(context, endpoint.id, ids);
      return reply.code(202).send({ deliveries: ids.length });
    },
  );
}

function addReplay(app: ZodServer, context: ApiContext): void {
  const { db, now } = context;
  app.post(
    "/api/v1/endpoints/:id/replay",
    {
      schema: {
        tags,
        summary:
          "Send all alerts from one on that the endpoint wants, those too that it got, under the same webhook-ids",
        params: endpointParams,
        body: z.strictObject({ from: z.string() }).meta({ examples: [{ from: "alt_example" }] }),
        response: { 202: queued },
      },
    },
    async (request, reply) => {
      const endpoint = await enabledEndpoint(context, request.params.id);
      const first = await findAlert(db, request.body.from);
      if (first === undefined)
        throw invalidFields([{ field: "from", problem: `there is no alert ${request.body.from}` }]);
      const ids = await audited(
        context,
        actorOf(request),
        (trx) => replayDeliveries(trx, { endpoint, wants: wantsBy, fromSeq: first.seq, now: now() }),
        (sent) => ({
          action: "endpoint.replay",
          target: `endpoint:${endpoint.id}`,
          detail: { from: first.id, deliveries: sent.length },
        }),
      );
      await sendNow(context, endpoint.id, ids);
      return reply.code(202).send({ deliveries: ids.length });
    },
  );
}

/** Whoever asks knows better than the failures before: the endpoint is not held back for them any longer. */
export async function sendNow(context: ApiContext, endpointId: string, ids: readonly string[]): Promise<void> {
  await endHold(context.db, endpointId);
  await context.enqueueDeliveries(ids);
}

/** @throws Problem 404, and 409 where nothing is sent to it. */
export async function enabledEndpoint(context: Pick<ApiContext, "db">, id: string): Promise<Endpoint> {
  const endpoint = await endpointOf(context, id);
  if (!endpoint.enabled)
    throw new Problem(
      409,
      "Conflict",
      `the endpoint ${id} is disabled (${endpoint.disabledReason ?? "by hand"}): enable it first`,
    );
  return endpoint;
}
