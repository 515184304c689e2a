import { z } from "zod";
import { findObservation, listObservations } from "../ledger/observations.ts";
import type { ApiContext } from "./api-context.ts";
import { observationShown, showObservation } from "./observation-shown.ts";
import { given, ledgerId, nextCursor, nextOf, pageQuery } from "./paging.ts";
import { notFound } from "./problem.ts";
import type { ZodServer } from "./zod-server.ts";

const tags = ["observations"];

/** `/api/v1/observations`: who said what in which words. */
export function addObservationRoutes(app: ZodServer, context: ApiContext): void {
  addObservationList(app, context);
  addObservation(app, context);
}

function addObservationList(app: ZodServer, { db }: ApiContext): void {
  app.get(
    "/api/v1/observations",
    {
      schema: {
        tags,
        summary: "List observations in the order in which the ledger got them, or the newest first",
        querystring: z.strictObject({
          story: z.string().optional(),
          event: z.string().optional(),
          subject: z.string().optional(),
          item: ledgerId.optional(),
          order: z.enum(["oldest", "newest"]).default("oldest"),
          ...pageQuery,
        }),
        response: { 200: z.object({ observations: z.array(observationShown), next: nextCursor }) },
      },
    },
    async ({ query: { story, event, subject, item, order, after, limit } }) => {
      const asked = given({ story, event, subject, itemId: item, after });
      const rows = await listObservations(db, { ...asked, order, limit });
      return { observations: rows.map(showObservation), next: nextOf(rows, limit, ({ seq }) => seq) };
    },
  );
}

function addObservation(app: ZodServer, { db }: ApiContext): void {
  app.get(
    "/api/v1/stories/:story/observations/:id",
    {
      schema: {
        tags,
        summary: "Read an observation",
        params: z.object({
          story: z.string().meta({ examples: ["armenia-azerbaijan"] }),
          id: z.string().meta({ examples: ["1:1:text:0"] }),
        }),
        response: { 200: observationShown },
      },
    },
    async ({ params: { story, id } }) => {
      const row = await findObservation(db, story, id);
      if (row === undefined) throw notFound("observation", id);
      return showObservation(row);
    },
  );
}
