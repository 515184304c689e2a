/** Why a document is no feed, or none that may be read. */
export type FeedErrorCode = "empty" | "not-a-feed" | "malformed" | "hostile" | "too-slow";

/** The document cannot be taken as a feed; the message says why in one sentence. */
export class FeedError extends Error {
  override name = "FeedError";
  readonly code: FeedErrorCode;
  constructor(code: FeedErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
