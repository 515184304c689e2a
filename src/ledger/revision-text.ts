import type { RevisionText } from "../domain/revision-reader.ts";
import type { TakenRevision } from "./revisions.ts";

/** A revision as the domain reads it. What a later revision says appeared when it was updated, else when it was seen. */
export function revisionText(row: TakenRevision): RevisionText {
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

/** When a revision appeared: the feed's word where it has one; an edit without a date of its own was made when it was seen. */
export function appearedAt({
  number,
  publishedAt,
  updatedAt,
  seenAt,
}: Pick<TakenRevision, "number" | "publishedAt" | "updatedAt" | "seenAt">): Date {
  if (number === 1) return publishedAt ?? updatedAt ?? seenAt;
  if (updatedAt !== null && (publishedAt === null || updatedAt > publishedAt)) return updatedAt;
  return seenAt;
}
