import { setImmediate as breathe } from "node:timers/promises";
import { z } from "zod";
import { wordDifference } from "../domain/feed/word-difference.ts";
import type { WordWriting } from "../domain/language/tokens.ts";
import { findHits, snippetOf } from "../domain/search/search-hits.ts";
import type { SearchTerm } from "../domain/search/search-query.ts";
import type { ItemShown } from "../ledger/item-list.ts";
import type { RevisionStep } from "../ledger/revisions.ts";
import { codedOf, codedShown } from "./coded-reason.ts";
import { observationShown } from "./observation-shown.ts";
import { nextCursor, shownTime } from "./paging.ts";

const vetoSchema = z.object({ of: z.coerce.string(), because: z.string() });
const SNIPPET_LENGTH = 260;
const hit = z.object({ start: z.number(), end: z.number() });

export const itemShown = z.object({
  id: z.string(),
  feed: z.string(),
  source: z.string(),
  tier: z.number(),
  url: z.string().nullable(),
  firstSeenAt: z.string(),
  revisions: z.number(),
  title: z.string(),
  titleHits: z.array(hit).meta({ description: "Where the words searched for stand in the title (UTF-16 units)." }),
  snippet: z
    .object({ text: z.string(), hits: z.array(hit), cutBefore: z.boolean(), cutAfter: z.boolean() })
    .meta({ description: "A piece of the text: the one with most of the words searched for, else its beginning." }),
  lang: z.string().nullable(),
  publishedAt: z.string().nullable(),
  stage: z.string(),
  cluster: z.string().nullable(),
  clusterKind: z.string().nullable(),
  relevant: z.boolean().nullable(),
  claims: z.number().meta({ description: "Observations that the ledger holds of it." }),
});
const differencePart = z.object({ kind: z.enum(["same", "removed", "added"]), text: z.string() });
export const revisionShown = z.object({
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
  lastErrorCoded: codedShown,
  cluster: z.string().nullable(),
  clusterKind: z.string().nullable(),
  copyOf: z.string().nullable().meta({ description: "The revision that this one copies." }),
  veto: z
    .object({ of: z.string(), because: z.string() })
    .nullable()
    .meta({ description: "What it looks like and is no copy of, and why." }),
  relevant: z.boolean().nullable(),
  difference: z
    .object({ title: z.array(differencePart), text: z.array(differencePart) })
    .nullable()
    .meta({ description: "What changed since the revision before, word by word; null of the first." }),
});
export const itemDetail = z.object({
  id: z.string(),
  feed: z.string(),
  source: z.string(),
  url: z.string().nullable(),
  firstSeenAt: z.string(),
  revisions: z.array(revisionShown).meta({ description: "The newest, or those before `after`; oldest first." }),
  next: nextCursor.meta({ description: "`after` of the revisions before these; null where there are none." }),
  claims: z.array(observationShown),
});

/** An item of a list, with the words searched for. */
export function showItem(
  item: ItemShown,
  terms: readonly SearchTerm[],
  writing: WordWriting,
): z.output<typeof itemShown> {
  const { feedId, clusterId, revisionId: _revision, firstSeenAt, publishedAt, text, ...same } = item;
  return {
    ...same,
    feed: feedId,
    cluster: clusterId,
    firstSeenAt: firstSeenAt.toISOString(),
    publishedAt: shownTime(publishedAt),
    titleHits: findHits(item.title, terms, writing),
    snippet: snippetOf(text, terms, { length: SNIPPET_LENGTH, writing }),
  };
}

/** Revisions with what changed in each. Differences of long texts take time: between two, others get their turn. */
export async function showRevisions(steps: readonly RevisionStep[]): Promise<z.output<typeof revisionShown>[]> {
  const shown = [];
  for (const step of steps) {
    shown.push(showRevision(step));
    await breathe();
  }
  return shown;
}

function showRevision({ revision: row, before }: RevisionStep): z.output<typeof revisionShown> {
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
    lastErrorCoded: codedOf(row.last_error),
    cluster: row.cluster_id,
    clusterKind: row.cluster_kind,
    copyOf: row.cluster_of,
    veto: vetoSchema.nullable().catch(null).parse(row.cluster_veto),
    relevant: row.relevant,
    difference:
      before === null
        ? null
        : { title: wordDifference(before.title, row.title), text: wordDifference(before.text, row.text) },
  };
}
