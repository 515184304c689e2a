import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { wordDifference } from "../domain/feed/word-difference.ts";
import { findCluster, listClusters } from "../ledger/clusters.ts";
import { findFeed } from "../ledger/feeds.ts";
import { findItem, type ItemShown, listItems } from "../ledger/items.ts";
import { findObservation, listObservations } from "../ledger/observations.ts";
import { listRevisions, type RevisionRow } from "../ledger/revisions.ts";
import type { ApiContext } from "./api-context.ts";
import { observationShown, showObservation } from "./observation-shown.ts";
import { given, ledgerId, nextCursor, nextOf, pageQuery, shownTime } from "./paging.ts";
import { notFound } from "./problem.ts";

const itemShown = z.object({
  id: z.string(),
  feed: z.string(),
  source: z.string(),
  url: z.string().nullable(),
  firstSeenAt: z.string(),
  revisions: z.number(),
  title: z.string(),
  lang: z.string().nullable(),
  publishedAt: z.string().nullable(),
  stage: z.string(),
  cluster: z.string().nullable(),
  clusterKind: z.string().nullable(),
  relevant: z.boolean().nullable(),
});
const differencePart = z.object({ kind: z.enum(["same", "removed", "added"]), text: z.string() });
const revisionShown = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  text: z.string(),
  lang: z.string().nullable(),
  publishedAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
  seenAt: z.string(),
  stage: z.string(),
  lastError: z.string().nullable(),
  cluster: z.string().nullable(),
  clusterKind: z.string().nullable(),
  relevant: z.boolean().nullable(),
  difference: z
    .object({ title: z.array(differencePart), text: z.array(differencePart) })
    .nullable()
    .meta({ description: "What changed since the revision before, word by word; null of the first." }),
});
const itemDetail = z.object({
  id: z.string(),
  feed: z.string(),
  source: z.string(),
  url: z.string().nullable(),
  firstSeenAt: z.string(),
  revisions: z.array(revisionShown),
  claims: z.array(observationShown),
});
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
const idParams = z.object({ id: ledgerId.meta({ examples: ["1"] }) });
const flag = z.enum(["true", "false"]).transform((text) => text === "true");
/** An item has far fewer. */
const MOST_CLAIMS = 500;

/** `/api/v1/items`, `/api/v1/observations`, `/api/v1/clusters`: what was published, and what was read in it. */
export function addItemRoutes(server: FastifyInstance, { db }: ApiContext): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/api/v1/items",
    {
      schema: {
        tags: ["items"],
        summary: "List items, the newest first",
        querystring: z.strictObject({
          feed: z.string().optional(),
          cluster: ledgerId.optional(),
          relevant: flag.optional(),
          ...pageQuery,
        }),
        response: { 200: z.object({ items: z.array(itemShown), next: nextCursor }) },
      },
    },
    async ({ query: { feed, cluster, relevant, after, limit } }) => {
      const asked = given({ feedId: feed, clusterId: cluster, relevant, before: after });
      const rows = await listItems(db, { ...asked, limit });
      return { items: rows.map(showItem), next: nextOf(rows, limit, ({ id }) => id) };
    },
  );
  app.get(
    "/api/v1/items/:id",
    {
      schema: {
        tags: ["items"],
        summary: "Read an item with its revisions and the claims read in it",
        params: idParams,
        response: { 200: itemDetail },
      },
    },
    async ({ params: { id } }) => {
      const item = await findItem(db, id);
      if (item === undefined) throw notFound("item", id);
      const [feed, revisions, claims] = await Promise.all([
        findFeed(db, item.feed_id),
        listRevisions(db, id),
        listObservations(db, { itemId: id, limit: MOST_CLAIMS }),
      ]);
      return {
        id: item.id,
        feed: item.feed_id,
        source: feed?.source ?? "-",
        url: item.url,
        firstSeenAt: item.first_seen_at.toISOString(),
        revisions: revisions.map((row, index) => showRevision(row, revisions[index - 1])),
        claims: claims.map(showObservation),
      };
    },
  );
  app.get(
    "/api/v1/observations",
    {
      schema: {
        tags: ["observations"],
        summary: "List observations in the order in which the ledger got them",
        querystring: z.strictObject({
          story: z.string().optional(),
          event: z.string().optional(),
          subject: z.string().optional(),
          item: ledgerId.optional(),
          ...pageQuery,
        }),
        response: { 200: z.object({ observations: z.array(observationShown), next: nextCursor }) },
      },
    },
    async ({ query: { story, event, subject, item, after, limit } }) => {
      const asked = given({ story, event, subject, itemId: item, after });
      const rows = await listObservations(db, { ...asked, limit });
      return { observations: rows.map(showObservation), next: nextOf(rows, limit, ({ seq }) => seq) };
    },
  );
  app.get(
    "/api/v1/stories/:story/observations/:id",
    {
      schema: {
        tags: ["observations"],
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
  app.get(
    "/api/v1/clusters",
    {
      schema: {
        tags: ["clusters"],
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
  app.get(
    "/api/v1/clusters/:id",
    {
      schema: {
        tags: ["clusters"],
        summary: "Read a cluster",
        params: idParams,
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

function showItem(item: ItemShown): z.output<typeof itemShown> {
  const { feedId, clusterId, revisionId: _revision, firstSeenAt, publishedAt, ...same } = item;
  return {
    ...same,
    feed: feedId,
    cluster: clusterId,
    firstSeenAt: firstSeenAt.toISOString(),
    publishedAt: shownTime(publishedAt),
  };
}

function showRevision(row: RevisionRow, before: RevisionRow | undefined): z.output<typeof revisionShown> {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    text: row.text,
    lang: row.lang,
    publishedAt: shownTime(row.published_at),
    updatedAt: shownTime(row.updated_at),
    seenAt: row.seen_at.toISOString(),
    stage: row.stage,
    lastError: row.last_error,
    cluster: row.cluster_id,
    clusterKind: row.cluster_kind,
    relevant: row.relevant,
    difference:
      before === undefined
        ? null
        : { title: wordDifference(before.title, row.title), text: wordDifference(before.text, row.text) },
  };
}
