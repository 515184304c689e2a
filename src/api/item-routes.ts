import { z } from "zod";
import { MEASURES } from "../domain/claims/claim.ts";
import type { WordWriting } from "../domain/language/tokens.ts";
import { readSearch, type SearchTerm } from "../domain/search/search-query.ts";
import { searchWriting } from "../domain/search/search-words.ts";
import { findFeed } from "../ledger/feeds.ts";
import { listItems } from "../ledger/item-list.ts";
import { countUnsearched } from "../ledger/item-search.ts";
import { findItem } from "../ledger/items.ts";
import { listObservations } from "../ledger/observations.ts";
import { listRevisions } from "../ledger/revisions.ts";
import type { ApiContext } from "./api-context.ts";
import { itemDetail, itemShown, showItem, showRevisions } from "./item-shown.ts";
import { showObservation } from "./observation-shown.ts";
import { given, ledgerId, nextCursor, nextOf, pageQuery } from "./paging.ts";
import { invalidFields, notFound } from "./problem.ts";
import type { ZodServer } from "./zod-server.ts";

const tags = ["items"];
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

/** Each has its whole text. */
const revisionQuery = z.strictObject({
  after: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional()
    .meta({ description: "The `next` of the page before: revisions older than these." }),
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: "Revisions on a page." }),
});

/** An item has far fewer. */
const MOST_CLAIMS = 500;

/** `/api/v1/items`: what was published, and what was read in it. */
export function addItemRoutes(app: ZodServer, context: ApiContext): void {
  addItemList(app, context);
  addItem(app, context);
}

function addItemList(app: ZodServer, { db, packs }: ApiContext): void {
  const writing = searchWriting([...packs.byIso.values()].map((pack) => pack.writing));
  app.get(
    "/api/v1/items",
    {
      schema: {
        tags,
        summary: "List or search items, the newest first",
        querystring: itemQuery,
        response: { 200: z.object({ items: z.array(itemShown), next: nextCursor, unsearched }) },
      },
    },
    async ({ query }) => {
      const { q, feed, cluster, after, since, until, limit, ...same } = query;
      const terms = q === undefined ? [] : termsOf(q, writing);
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
}

function addItem(app: ZodServer, { db }: ApiContext): void {
  app.get(
    "/api/v1/items/:id",
    {
      schema: {
        tags,
        summary: "Read an item with its revisions and the claims read in it",
        params: z.object({ id: ledgerId.meta({ examples: ["1"] }) }),
        querystring: revisionQuery,
        response: { 200: itemDetail },
      },
    },
    async ({ params: { id }, query: { after, limit } }) => {
      const item = await findItem(db, id);
      if (item === undefined) throw notFound("item", id);
      const [feed, revisions, claims] = await Promise.all([
        findFeed(db, item.feed_id),
        listRevisions(db, { itemId: id, below: after, limit }),
        listObservations(db, { itemId: id, limit: MOST_CLAIMS }),
      ]);
      return {
        id: item.id,
        feed: item.feed_id,
        source: feed?.source ?? "-",
        url: item.url,
        firstSeenAt: item.first_seen_at.toISOString(),
        revisions: await showRevisions(revisions),
        next: revisions[0]?.before ? String(revisions[0].revision.number) : null,
        claims: claims.map(showObservation),
      };
    },
  );
}

function termsOf(line: string, writing: WordWriting): SearchTerm[] {
  const terms = readSearch(line, writing);
  if (terms.length === 0) throw invalidFields([{ field: "q", problem: "has no word to search for" }]);
  return terms;
}
