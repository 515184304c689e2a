import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { MEASURES } from "../domain/claims/claim.ts";
import { readSearch, type SearchTerm } from "../domain/search/search-query.ts";
import { searchWriting } from "../domain/search/search-words.ts";
import { findCluster, listClusters } from "../ledger/clusters.ts";
import { findFeed } from "../ledger/feeds.ts";
import { listItems } from "../ledger/item-list.ts";
import { countUnsearched } from "../ledger/item-search.ts";
import { findItem } from "../ledger/items.ts";
import { findObservation, listObservations } from "../ledger/observations.ts";
import { listRevisions } from "../ledger/revisions.ts";
import type { ApiContext } from "./api-context.ts";
import { itemDetail, itemShown, showItem, showRevision } from "./item-shown.ts";
import { observationShown, showObservation } from "./observation-shown.ts";
import { given, ledgerId, nextCursor, nextOf, pageQuery } from "./paging.ts";
import { invalidFields, notFound } from "./problem.ts";

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
const time = z.iso.datetime({ offset: true });
const itemQuery = z.strictObject({
  q: z
    .string()
    .max(200)
    .optional()
    .meta({
      description:
        "Words that an item must have, in any spelling of its letters, each from its beginning on; in quotes: whole and in a row.",
      examples: ["Pashinyan 135"],
    }),
  feed: z.string().optional(),
  lang: z
    .string()
    .optional()
    .meta({ examples: ["hy"] }),
  story: z.string().optional().meta({ description: "Items that belong to this story." }),
  relevant: flag.optional(),
  claims: flag.optional().meta({ description: "Items in which the ledger has claims, or none." }),
  event: z.string().optional().meta({ description: "With a claim about this baseline event, or `new`." }),
  measure: z.enum(MEASURES).optional().meta({ description: "With a figure of this measure." }),
  since: time.optional().meta({ description: "Published, else first seen, at this time or later." }),
  until: time.optional().meta({ description: "… and before this time." }),
  cluster: ledgerId.optional(),
  ...pageQuery,
});
const unsearched = z
  .number()
  .nullable()
  .meta({ description: "Revisions that the search does not have yet; null where no words are asked for." });

/** An item has far fewer. */
const MOST_CLAIMS = 500;

/** `/api/v1/items`, `/api/v1/observations`, `/api/v1/clusters`: what was published, and what was read in it. */
export function addItemRoutes(server: FastifyInstance, { db, packs }: ApiContext): void {
  const writing = searchWriting([...packs.byIso.values()].map((pack) => pack.writing));
  const app = server.withTypeProvider<ZodTypeProvider>();
  const termsOf = (line: string): SearchTerm[] => {
    const terms = readSearch(line, writing);
    if (terms.length === 0) throw invalidFields([{ field: "q", problem: "has no word to search for" }]);
    return terms;
  };
  app.get(
    "/api/v1/items",
    {
      schema: {
        tags: ["items"],
        summary: "List or search items, the newest first",
        querystring: itemQuery,
        response: { 200: z.object({ items: z.array(itemShown), next: nextCursor, unsearched }) },
      },
    },
    async ({ query }) => {
      const { q, feed, cluster, after, since, until, limit, ...same } = query;
      const terms = q === undefined ? [] : termsOf(q);
      const asked = given({
        ...same,
        terms: q === undefined ? undefined : terms,
        feedId: feed,
        clusterId: cluster,
        since: since === undefined ? undefined : new Date(since),
        until: until === undefined ? undefined : new Date(until),
        before: after,
      });
      const [rows, owed] = await Promise.all([
        listItems(db, { ...asked, limit }),
        q === undefined ? null : countUnsearched(db),
      ]);
      return {
        items: rows.map((row) => showItem(row, terms, writing)),
        next: nextOf(rows, limit, ({ id }) => id),
        unsearched: owed,
      };
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
