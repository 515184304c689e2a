/** A text as the feed carried it. */
export interface RawText {
  readonly value: string;
  /** html: markup to be read; text: characters meant as they stand. */
  readonly kind: "html" | "text";
}

export interface RawLink {
  readonly href: string;
  readonly rel?: string;
  readonly type?: string;
}

/** A person as the feed named it: structured, or one string such as "desk@example.org (News desk)". */
export interface RawPerson {
  readonly text?: string;
  readonly name?: string;
  readonly email?: string;
  readonly url?: string;
}

/** One publication as a parser read it, before anything is decided; lists stand in order of preference. */
export interface RawItem {
  readonly id?: string;
  /** The id is the item's address as well (RSS: unless isPermaLink is false). */
  readonly idIsLink?: boolean;
  readonly titles: readonly RawText[];
  readonly links: readonly RawLink[];
  readonly summaries: readonly RawText[];
  readonly contents: readonly RawText[];
  readonly captions: readonly RawText[];
  readonly published: readonly string[];
  readonly updated: readonly string[];
  readonly authors: readonly RawPerson[];
  readonly categories: readonly string[];
  /** xml:base of the item and its text, outermost first. */
  readonly bases: readonly string[];
}

/** A document as a parser read it. */
export interface RawFeed {
  readonly format: "rss" | "rdf" | "atom" | "json";
  readonly titles: readonly RawText[];
  readonly descriptions: readonly RawText[];
  readonly links: readonly RawLink[];
  readonly languages: readonly string[];
  readonly updated: readonly string[];
  readonly bases: readonly string[];
  /** Minutes between polls that the publisher asks for, as written. */
  readonly ttl?: string;
  readonly skipHours: readonly string[];
  readonly skipDays: readonly string[];
  readonly items: readonly RawItem[];
}
