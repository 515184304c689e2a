import { z } from "zod";
import type { Origin, Tier } from "../domain/baseline/observation.ts";
import type { Relevance } from "../domain/classify/relevance.ts";
import type { RevisionAnalysis, RevisionToAnalyze } from "../domain/revision-analysis.ts";
import type { RevisionText } from "../domain/revision-reader.ts";
import type { TakenRevision } from "./revisions.ts";

/** What reading a revision takes, and naming where it comes from. */
export type ReadableRevision = Omit<
  TakenRevision,
  "attempts" | "textForgottenAt" | "reading" | "clusterKind" | "clusterVeto" | "relevant" | "relevance" | "feedSide"
>;

/** A revision as the domain reads it. What a later revision says appeared when it was updated, else when it was seen. */
export function revisionText(row: ReadableRevision): RevisionText {
  return {
    id: row.id,
    title: row.title,
    text: row.text,
    published: appearedAt(row).toISOString(),
    lang: row.feedLang,
    source: row.source,
    ...(row.url === null ? {} : { url: row.url }),
    ...(row.timezone === null ? {} : { timezone: row.timezone }),
  };
}

/** A revision as the analysis takes it. */
export function revisionToAnalyze(row: ReadableRevision): RevisionToAnalyze {
  return { ...revisionText(row), canonicalUrl: row.canonicalUrl };
}

/** What the ledger keeps of why a revision concerns a story, or none, by story. */
export function relevanceByStory({ byStory }: RevisionAnalysis): Record<string, Relevance> {
  return Object.fromEntries(byStory.map(({ story, relevance }) => [story, relevance]));
}

const keptRelevance = z.record(z.string(), z.object({ relevant: z.boolean() }));

/** The stories that a revision concerns by what the ledger keeps of it. */
export function concernedStories({ relevance }: Pick<TakenRevision, "relevance">): string[] {
  const kept = keptRelevance.safeParse(relevance).data ?? {};
  return Object.entries(kept).flatMap(([story, { relevant }]) => (relevant ? [story] : []));
}

/** When a revision appeared: the feed's word where it has one; an edit without a date of its own was made when it was seen. */
function appearedAt({
  number,
  publishedAt,
  updatedAt,
  seenAt,
}: Pick<TakenRevision, "number" | "publishedAt" | "updatedAt" | "seenAt">): Date {
  if (number === 1) return publishedAt ?? updatedAt ?? seenAt;
  if (updatedAt !== null && (publishedAt === null || updatedAt > publishedAt)) return updatedAt;
  return seenAt;
}

/** Where the observations of a revision come from. */
export function revisionOrigin(row: ReadableRevision, lang: string): Origin {
  return {
    item: row.itemId,
    revision: row.number,
    page: row.canonicalUrl ?? row.url ?? `${row.source} ${row.guidKey}`,
    cluster: row.clusterId ?? `item ${row.itemId}`,
    source: row.source,
    tier: row.tier as Tier,
    lang,
    published: appearedAt(row).toISOString(),
    url: row.url,
    overtaken: row.superseded,
  };
}
