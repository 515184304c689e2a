import type { z } from "zod";
import type { feedsShown } from "../../../api/feed-listing.ts";
import type { ApiProblem } from "../../api/client.ts";
import { useQuery } from "../../api/use-query.ts";
import { caller } from "../../shell/caller.ts";

/** What is set up already. */
export interface Setup {
  readonly feeds: number;
  /** Feeds that do not answer. */
  readonly failing: number;
  /** Whether any item came in. */
  readonly items: boolean;
  readonly endpoints: number;
  /** Whether there is a key: browsers are signed in with one. */
  readonly key: boolean;
}

/** The steps from an empty ledger to an alert that reaches its reader. */
export function firstSteps({ feeds, items, endpoints, key }: Setup): readonly { readonly done: boolean }[] {
  return [feeds > 0, items, endpoints > 0, key].map((done) => ({ done }));
}

const EVERY_MS = 5000;

/** Asks how far things are, again and again while it is shown. */
export function useSetup(): { setup: Setup | null; error: ApiProblem | null; reload: () => void } {
  const feeds = useQuery<z.output<typeof feedsShown>>("/api/v1/feeds?limit=1", { everyMs: EVERY_MS });
  const items = useQuery<{ items: readonly unknown[] }>("/api/v1/items?limit=1", { everyMs: EVERY_MS });
  const endpoints = useQuery<{ endpoints: readonly unknown[] }>("/api/v1/endpoints", { everyMs: EVERY_MS });
  const asked = [feeds, items, endpoints];
  const reload = () => {
    for (const { reload: again } of asked) again();
  };
  const error = asked.map((one) => one.error).find((one) => one !== null) ?? null;
  if (feeds.data === undefined || items.data === undefined || endpoints.data === undefined)
    return { setup: null, error, reload };
  const { removed: _gone, ...watched } = feeds.data.states;
  return {
    setup: {
      feeds: Object.values(watched).reduce((sum, count) => sum + count, 0),
      failing: (watched.failing ?? 0) + (watched.gone ?? 0),
      items: items.data.items.length > 0,
      endpoints: endpoints.data.endpoints.length,
      key: caller().signedIn,
    },
    error,
    reload,
  };
}
