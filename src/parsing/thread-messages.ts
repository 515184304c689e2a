import type { FeedErrorCode } from "../domain/feed/feed-error.ts";
import type { ParsedFeed } from "../domain/feed/parsed-feed.ts";
import type { DocumentHints } from "./parse-document.ts";
import type { PageText } from "./read-page.ts";

/** What a parsing thread is asked. */
export interface ThreadJob {
  readonly job: number;
  /** A feed document, or the page of an article. */
  readonly kind: "feed" | "page";
  readonly bytes: Uint8Array;
  readonly hints: DocumentHints;
  readonly recoverOnly: boolean;
}

/** What a parsing thread answers. */
export type ThreadAnswer =
  | { readonly kind: "ready" }
  /** rss-parser begins: if time runs out now, the second parser gets its try. */
  | { readonly kind: "first-parser"; readonly job: number }
  | { readonly kind: "parsed"; readonly job: number; readonly feed: ParsedFeed }
  | { readonly kind: "page"; readonly job: number; readonly page: PageText }
  | { readonly kind: "refused"; readonly job: number; readonly code: FeedErrorCode; readonly message: string };
