import type { z } from "zod";
import type { feedNames } from "../../api/feed-shown.ts";
import { useQuery } from "../api/use-query.ts";

type FeedNames = z.output<typeof feedNames>;

/** The feeds to choose from; none until they are known. */
export function useFeedNames(): FeedNames["feeds"] {
  return useQuery<FeedNames>("/api/v1/feed-names").data?.feeds ?? [];
}
