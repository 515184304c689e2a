import { z } from "zod";
import { findCluster, listClusters } from "../ledger/clusters.ts";
import type { ApiContext } from "./api-context.ts";
import { given, ledgerId, nextCursor, nextOf, pageQuery } from "./paging.ts";
import { notFound } from "./problem.ts";
import type { ZodServer } from "./zod-server.ts";

const tags = ["clusters"];
const clusterShown = z.object({
  id: z.string(),
  story: z.string(),
  firstRevision: z.string(),
  title: z.string(),
  revisions: z.number(),
  items: z.number(),
  sources: z.number(),
  createdAt: z.string(),
});
const member = z.object({
  item: z.string(),
  revision: z.string(),
  kind: z.string().nullable(),
  of: z.string().nullable(),
});

/** `/api/v1/clusters`: items that carry the same report. */
export function addClusterRoutes(app: ZodServer, context: ApiContext): void {
  addClusterList(app, context);
  addCluster(app, context);
}

function addClusterList(app: ZodServer, { db }: ApiContext): void {
  app.get(
    "/api/v1/clusters",
    {
      schema: {
        tags,
        summary: "List clusters (items that carry the same report), the newest first",
        querystring: z.strictObject({
          story: z.string().optional(),
          minItems: z.coerce.number().int().min(1).default(1),
          ...pageQuery,
        }),
        response: { 200: z.object({ clusters: z.array(clusterShown), next: nextCursor }) },
      },
    },
    async ({ query: { story, minItems, after, limit } }) => {
      const rows = await listClusters(db, { ...given({ story, before: after }), least: minItems, limit });
      const clusters = rows.map(({ firstRevisionId, createdAt, ...row }) => ({
        ...row,
        firstRevision: firstRevisionId,
        createdAt: createdAt.toISOString(),
      }));
      return { clusters, next: nextOf(rows, limit, ({ id }) => id) };
    },
  );
}

function addCluster(app: ZodServer, { db }: ApiContext): void {
  app.get(
    "/api/v1/clusters/:id",
    {
      schema: {
        tags,
        summary: "Read a cluster",
        params: z.object({ id: ledgerId.meta({ examples: ["1"] }) }),
        response: {
          200: z.object({
            id: z.string(),
            story: z.string(),
            firstRevision: z.string(),
            createdAt: z.string(),
            members: z.array(member),
          }),
        },
      },
    },
    async ({ params: { id } }) => {
      const found = await findCluster(db, id);
      if (found === undefined) throw notFound("cluster", id);
      const { cluster, members } = found;
      return {
        id: cluster.id,
        story: cluster.story,
        firstRevision: cluster.first_revision_id,
        createdAt: cluster.created_at.toISOString(),
        members: members.map(({ itemId, revisionId, kind, of }) => ({ item: itemId, revision: revisionId, kind, of })),
      };
    },
  );
}
