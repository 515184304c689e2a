import { z } from "zod";
import { DELIVERY_STATES } from "../domain/delivery-state.ts";
import { alertBodies, findAlert } from "../ledger/alerts.ts";
import { findDelivery, listDeliveries } from "../ledger/deliveries.ts";
import { redeliver } from "../ledger/delivery-resends.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { attemptShown, listedDelivery, showAttempt, showListedDelivery } from "./delivery-shown.ts";
import { endpointParams } from "./endpoint-routes.ts";
import { enabledEndpoint, queued, sendNow } from "./endpoint-sending-routes.ts";
import { given, ledgerId, manyValues, nextCursor, nextOf, pageQuery } from "./paging.ts";
import { notFound } from "./problem.ts";
import type { ZodServer } from "./zod-server.ts";

const tags = ["deliveries"];

const listQuery = z.strictObject({
  endpoint: ledgerId.optional(),
  alert: z.string().optional(),
  states: manyValues
    .pipe(z.array(z.enum(DELIVERY_STATES)))
    .optional()
    .meta({ description: "`dead` are the dead letters." }),
  ...pageQuery,
});

/** `/api/v1/deliveries`: what was sent to endpoints, every attempt, and sending it anew. */
export function addDeliveryRoutes(app: ZodServer, context: ApiContext): void {
  addDeliveryList(app, context);
  addDelivery(app, context);
  addRedelivery(app, context);
}

function addDeliveryList(app: ZodServer, { db }: ApiContext): void {
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
}

function addDelivery(app: ZodServer, { db }: ApiContext): void {
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
}

function addRedelivery(app: ZodServer, context: ApiContext): void {
  const { db, now } = context;
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
      await enabledEndpoint(context, found.delivery.endpoint_id);
      const again = await audited(
        context,
        actorOf(request),
        (trx) => redeliver(trx, { id, now: now() }),
        () => ({ action: "delivery.redeliver", target: `delivery:${id}` }),
      );
      if (again) await sendNow(context, found.delivery.endpoint_id, [id]);
      return reply.code(202).send({ deliveries: again ? 1 : 0 });
    },
  );
}
