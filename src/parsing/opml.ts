import { generateOpml, parseOpml } from "feedsmith";
import { z } from "zod";

/** A feed as a subscription list names it; what only Rasid knows stands in attributes that other readers pass over. */
export interface OpmlFeed {
  readonly url: string;
  readonly title: string;
  readonly lang?: string | undefined;
  readonly id?: string | undefined;
  readonly tier?: string | undefined;
  readonly side?: string | undefined;
  readonly timezone?: string | undefined;
  readonly fullText?: string | undefined;
}

const OWN = ["rasidId", "rasidTier", "rasidSide", "rasidTimezone", "rasidFullText"] as const;

const text = z.string().trim().min(1).optional().catch(undefined);
const outlineSchema = z.object({
  text,
  title: text,
  xmlUrl: text,
  language: text,
  rasidId: text,
  rasidTier: text,
  rasidSide: text,
  rasidTimezone: text,
  rasidFullText: text,
  outlines: z.array(z.unknown()).default([]),
});

/**
 * Reads the feeds of a subscription list, whatever groups they stand in.
 * @throws Error in words for users when it is no OPML.
 */
export function readOpml(document: string): OpmlFeed[] {
  let body: unknown[];
  try {
    body = parseOpml(document, { extraOutlineAttributes: [...OWN] }).body?.outlines ?? [];
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`this is no OPML: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  return feedsOf(body, 0);
}

const DEEPEST = 50;

function feedsOf(outlines: readonly unknown[], depth: number): OpmlFeed[] {
  if (depth > DEEPEST) return [];
  return outlines.flatMap((raw) => {
    const outline = outlineSchema.parse(raw);
    const { xmlUrl, language, rasidId, rasidTier, rasidSide, rasidTimezone, rasidFullText } = outline;
    const own = {
      lang: language,
      id: rasidId,
      tier: rasidTier,
      side: rasidSide,
      timezone: rasidTimezone,
      fullText: rasidFullText,
    };
    const inner = feedsOf(outline.outlines, depth + 1);
    return xmlUrl === undefined
      ? inner
      : [{ url: xmlUrl, title: outline.text ?? outline.title ?? xmlUrl, ...own }, ...inner];
  });
}

/** Writes a subscription list that any feed reader takes. */
export function writeOpml(feeds: readonly OpmlFeed[], title: string): string {
  const outlines = feeds.map((feed) => ({
    type: "rss",
    text: feed.title,
    title: feed.title,
    xmlUrl: feed.url,
    ...given({
      language: feed.lang,
      rasidId: feed.id,
      rasidTier: feed.tier,
      rasidSide: feed.side,
      rasidTimezone: feed.timezone,
      rasidFullText: feed.fullText,
    }),
  }));
  return generateOpml({ head: { title }, body: { outlines } }, { extraOutlineAttributes: [...OWN] });
}

const given = (attributes: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter((pair): pair is [string, string] => pair[1] !== undefined));
