import type { LoadFeed } from "./load.ts";

export type SinkOrder =
  | { readonly do: "start"; readonly feeds: number }
  | { readonly do: "trust"; readonly secret: string }
  /** Publishes a round of the load in all feeds, with items of 1 KB unless it says otherwise. */
  | { readonly do: "publish"; readonly round: number; readonly itemBytes?: number }
  /** Puts this in the first feed. */
  | { readonly do: "show"; readonly feed: LoadFeed }
  | { readonly do: "count" };

export interface SinkPlaces {
  readonly endpoint: string;
  /** The origin of each feed's server. */
  readonly feeds: readonly string[];
}

/** Times are ms of the clock. */
export interface SinkCounts {
  /** Different webhook-ids that were verified. */
  readonly received: number;
  readonly refused: number;
  /** Since the last publication. */
  readonly firstRequestAt: number | null;
  readonly lastAnswerAt: number;
  readonly lastReceivedAt: number;
  /** Feeds whose present document was fetched in full. */
  readonly answered: number;
}

export type SinkAnswer = SinkPlaces | SinkCounts;
