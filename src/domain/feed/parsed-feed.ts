/** Who wrote an item, as far as the feed says. */
export interface Person {
  readonly name?: string;
  readonly email?: string;
  readonly url?: string;
}

/** One publication of a feed, normalised. All texts are plain: markup is read, never kept. */
export interface ParsedItem {
  /** What tells the item from the others of its feed; never empty, unique within the document. */
  readonly guid: string;
  /** What the guid is: the feed's own id, the link, or a hash of the text where there is neither. */
  readonly guidFrom: "id" | "link" | "text";
  readonly title: string;
  /** Absolute http or https URL; null where the feed names none. */
  readonly link: string | null;
  readonly summary: string;
  readonly content: string;
  /** What claims are read from: the longer of content and summary, captions of pictures after it as paragraphs of their own. */
  readonly text: string;
  readonly authors: readonly Person[];
  /** ISO 8601 in UTC; null where the feed gives no date that can be read. */
  readonly published: string | null;
  readonly updated: string | null;
  readonly categories: readonly string[];
}

/** What a publisher asks of those who poll. */
export interface PollWishes {
  /** Least minutes between two polls (ttl, sy:updatePeriod). */
  readonly ttlMinutes?: number | undefined;
  /** Hours of the day in GMT, 0 to 23, in which not to poll. */
  readonly skipHours: readonly number[];
  /** Days of the week in GMT, 0 Sunday to 6, on which not to poll. */
  readonly skipDays: readonly number[];
}

export interface FeedHead {
  readonly format: "rss" | "rdf" | "atom" | "json";
  readonly title: string;
  readonly description: string;
  readonly link: string | null;
  /** As the feed writes it ("ar", "en-us"); null where it does not say. */
  readonly language: string | null;
  readonly updated: string | null;
}

/** A feed document, normalised. */
export interface ParsedFeed {
  readonly feed: FeedHead;
  readonly items: readonly ParsedItem[];
  /** What was wrong and how it was taken; one sentence each. */
  readonly warnings: readonly string[];
  /** The document ended early: its validators must not be kept, so that it is fetched again. */
  readonly truncated: boolean;
  readonly wishes: PollWishes;
  /** The charset the document was read in. */
  readonly charset: string;
}
