/** What is wrong with a feed that is to be kept, in words for users. */
export class FeedListError extends Error {
  override name = "FeedListError";
  /** What has to be given otherwise: `url`, `source`, `lang`, `tier`, `id`, `opml`. */
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}
