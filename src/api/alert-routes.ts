import { z } from "zod";
import { findAlert, listAlerts } from "../ledger/alerts.ts";
import { alertFilterQuery, alertShown, askedFilters, showAlert } from "./alert-query.ts";
import type { ApiContext } from "./api-context.ts";
import { explain, explanation } from "./explanation.ts";
import { given, nextCursor, nextOf, pageQuery } from "./paging.ts";
import { notFound } from "./problem.ts";
import type { ZodServer } from "./zod-server.ts";

const listQuery = z.strictObject({
  ...alertFilterQuery,
  ...pageQuery,
  since: z.iso.datetime({ offset: true }).optional().meta({ description: "Alerts entered at this time or later." }),
  order: z.enum(["oldest", "newest"]).default("oldest"),
});

const alertParams = z.object({ id: z.string().meta({ examples: ["alt_example"] }) });

/** `/api/v1/alerts`: what was told, and why. */
export function addAlertRoutes(app: ZodServer, context: ApiContext): void {
  addAlertList(app, context);
  addAlert(app, context);
  addExplanation(app, context);
}

function addAlertList(app: ZodServer, { db }: ApiContext): void {
  app.get(
    "/api/v1/alerts",
    {
      schema: {
        tags: ["alerts"],
        summary: "List alerts in the order in which they were entered, or the newest first",
        querystring: listQuery,
        response: { 200: z.object({ alerts: z.array(alertShown), next: nextCursor }) },
      },
    },
    async ({ query }) => {
      const { after, order, limit, since } = query;
      const cursor = order === "newest" ? { before: after } : { after };
      const rows = await listAlerts(db, {
        ...askedFilters(query),
        ...given({ ...cursor, since: since === undefined ? undefined : new Date(since) }),
        order,
        limit,
      });
      return { alerts: rows.map(showAlert), next: nextOf(rows, limit, ({ seq }) => seq) };
    },
  );
}

function addAlert(app: ZodServer, { db }: ApiContext): void {
  app.get(
    "/api/v1/alerts/:id",
    {
      schema: {
        tags: ["alerts"],
        summary: "Read an alert",
        params: alertParams,
        response: { 200: alertShown },
      },
    },
    async ({ params: { id } }) => {
      const row = await findAlert(db, id);
      if (row === undefined) throw notFound("alert", id);
      return showAlert(row);
    },
  );
}

function addExplanation(app: ZodServer, context: ApiContext): void {
  app.get(
    "/api/v1/alerts/:id/explain",
    {
      schema: {
        tags: ["alerts"],
        summary: "Follow an alert back to the words that raised it, and on to its deliveries",
        params: alertParams,
        response: { 200: explanation },
      },
    },
    async ({ params: { id } }) => {
      const explained = await explain(id, context);
      if (explained === undefined) throw notFound("alert", id);
      return explained;
    },
  );
}
