import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { fitsFilters } from "../domain/alert/subscription.ts";
import { alertBodies, findAlert } from "../ledger/alerts.ts";
import { createPing, findDelivery, listDeliveries } from "../ledger/deliveries.ts";
import { recoverDeliveries, redeliver, replayDeliveries, sendAlert } from "../ledger/delivery-resends.ts";
import { type Endpoint, endHold } from "../ledger/endpoints.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { attemptShown, listedDelivery, showAttempt, showListedDelivery } from "./delivery-shown.ts";
import { endpointOf, endpointParams } from "./endpoint-routes.ts";
import { given, ledgerId, manyValues, nextCursor, nextOf, pageQuery } from "./paging.ts";
import { invalidFields, notFound, Problem } from "./problem.ts";

const STATES = ["pending", "delivering", "delivered", "failed", "dead"] as const;
const tags = ["deliveries"];
const queued = z.object({ deliveries: z.number().meta({ description: "How many are sent again." }) });
/** As far back as alerts are recovered. */
export const RECOVER_MS = 14 * 24 * 3600_000;

const listQuery = z.strictObject({
  endpoint: ledgerId.optional(),
  alert: z.string().optional(),
  states: manyValues
    .pipe(z.array(z.enum(STATES)))
    .optional()
    .meta({ description: "`dead` are the dead letters." }),
  ...pageQuery,
});

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

/** `/api/v1/deliveries`, and what is sent anew to an endpoint. */
export function addDeliveryRoutes(server: FastifyInstance, context: ApiContext): void {
  const { db, now } = context;
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/api/v1/deliveries",
    {
      schema: {
        tags,
        summary: "List deliveries, the newest first",
        querystring: listQuery,
        response: { 200: z.object({ deliveries: z.array(listedDelivery), next: nextCursor }) },
      },
    },
    async ({ query: { endpoint, alert, states, after, limit } }) => {
      const asked = given({ endpointId: endpoint, alertId: alert, states, before: after });
      const rows = await listDeliveries(db, { ...asked, limit });
      const bodies = await alertBodies(db, [...new Set(rows.flatMap(({ alert_id }) => alert_id ?? []))]);
      const deliveries = rows.map((row) => showListedDelivery(row, bodies.get(row.alert_id ?? "") ?? null));
      return { deliveries, next: nextOf(rows, limit, ({ id }) => id) };
    },
  );
  app.get(
    "/api/v1/deliveries/:id",
    {
      schema: {
        tags,
        summary: "Read a delivery with its body and every attempt",
        params: endpointParams,
        response: { 200: listedDelivery.extend({ body: z.unknown(), log: z.array(attemptShown) }) },
      },
    },
    async ({ params: { id } }) => {
      const found = await findDelivery(db, id);
      if (found === undefined) throw notFound("delivery", id);
      const { alert_id, ping_body } = found.delivery;
      const told = alert_id === null ? null : ((await findAlert(db, alert_id))?.body ?? null);
      const body = alert_id === null ? ping_body : told;
      return { ...showListedDelivery(found.delivery, told), body, log: found.attempts.map(showAttempt) };
    },
  );
  app.post(
    "/api/v1/deliveries/:id/redeliver",
    {
      schema: {
        tags,
        summary: "Send a delivery anew, under the same webhook-id",
        params: endpointParams,
        response: { 202: queued },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const found = await findDelivery(db, id);
      if (found === undefined) throw notFound("delivery", id);
      await enabledEndpoint(found.delivery.endpoint_id);
      const again = await audited(
        context,
        actorOf(request),
        (trx) => redeliver(trx, { id, now: now() }),
        () => ({ action: "delivery.redeliver", target: `delivery:${id}` }),
      );
      if (again) await sendNow(found.delivery.endpoint_id, [id]);
      return reply.code(202).send({ deliveries: again ? 1 : 0 });
    },
  );
  app.post(
    "/api/v1/endpoints/:id/send",
    {
      schema: {
        tags: ["endpoints"],
        summary: "Send one alert to the endpoint, whatever its filters say, under the alert's own webhook-id",
        params: endpointParams,
        body: z.strictObject({ alert: z.string() }).meta({ examples: [{ alert: "alt_example" }] }),
        response: { 202: z.object({ delivery: z.string() }) },
      },
    },
    async (request, reply) => {
      const { id } = await enabledEndpoint(request.params.id);
      const { alert } = request.body;
      if ((await findAlert(db, alert)) === undefined)
        throw invalidFields([{ field: "alert", problem: `there is no alert ${alert}` }]);
      const delivery = await audited(
        context,
        actorOf(request),
        (trx) => sendAlert(trx, { alertId: alert, endpointId: id, now: now() }),
        () => ({ action: "endpoint.send", target: `endpoint:${id}`, detail: { alert } }),
      );
      await sendNow(id, [delivery]);
      return reply.code(202).send({ delivery });
    },
  );
  app.post(
    "/api/v1/endpoints/:id/test",
    {
      schema: {
        tags: ["endpoints"],
        summary: "Send a signed test ping",
        params: endpointParams,
        response: { 202: z.object({ delivery: z.string() }) },
      },
    },
    async (request, reply) => {
      const { id } = await enabledEndpoint(request.params.id);
      const delivery = await audited(
        context,
        actorOf(request),
        (trx) => createPing(trx, { endpointId: id, webhookId: newPingId(), body: pingBody(id, now()), now: now() }),
        () => ({ action: "endpoint.test", target: `endpoint:${id}` }),
      );
      await sendNow(id, [delivery]);
      return reply.code(202).send({ delivery });
    },
  );
  app.post(
    "/api/v1/endpoints/:id/recover",
    {
      schema: {
        tags: ["endpoints"],
        summary: "Send all alerts since a time that the endpoint wants and did not get",
        params: endpointParams,
        body: z
          .strictObject({ since: z.iso.datetime({ offset: true }) })
          .meta({ description: "At most 14 days ago.", examples: [{ since: "2022-09-16T00:00:00Z" }] }),
        response: { 202: queued },
      },
    },
    async (request, reply) => {
      const endpoint = await enabledEndpoint(request.params.id);
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
      await sendNow(endpoint.id, ids);
      return reply.code(202).send({ deliveries: ids.length });
    },
  );
  app.post(
    "/api/v1/endpoints/:id/replay",
    {
      schema: {
        tags: ["endpoints"],
        summary:
          "Send all alerts from one on that the endpoint wants, those too that it got, under the same webhook-ids",
        params: endpointParams,
        body: z.strictObject({ from: z.string() }).meta({ examples: [{ from: "alt_example" }] }),
        response: { 202: queued },
      },
    },
    async (request, reply) => {
      const endpoint = await enabledEndpoint(request.params.id);
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
      await sendNow(endpoint.id, ids);
      return reply.code(202).send({ deliveries: ids.length });
    },
  );

  /** Whoever asks knows better than the failures before: the endpoint is not held back for them any longer. */
  async function sendNow(endpointId: string, ids: readonly string[]): Promise<void> {
    await endHold(db, endpointId);
    await context.enqueueDeliveries(ids);
  }

  async function enabledEndpoint(id: string): Promise<Endpoint> {
    const endpoint = await endpointOf(context, id);
    if (!endpoint.enabled)
      throw new Problem(
        409,
        "Conflict",
        `the endpoint ${id} is disabled (${endpoint.disabledReason ?? "by hand"}): enable it first`,
      );
    return endpoint;
  }
}
