/** What the domain needs of an item: one publication of a feed, or one line given to an offline command. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** When it was published, ISO 8601 with zone; null when the feed does not say. A bare date means midnight UTC. */
  readonly published: string | null;
  /** The language that the feed claims; a hint, not a fact. */
  readonly lang?: string;
  readonly url?: string;
  readonly source?: string;
}
