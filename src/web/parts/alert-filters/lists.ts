import type { SubscriptionFilters } from "../../../domain/alert/subscription.ts";

/** What alerts are told apart by, several values of each: the same for endpoints and for the list of alerts. */
export const ALERT_LISTS = ["kinds", "events", "parties", "languages", "sources", "stories"] as const;
export type AlertList = (typeof ALERT_LISTS)[number];
export type ChosenLists = Readonly<Record<AlertList, readonly string[]>>;

/** What an alert must reach; empty: anything will do. */
export interface Least {
  readonly minSeverity: string;
  /** 0 to 1. */
  readonly minConfidence: string;
}

export function listsOf(valuesOf: (list: AlertList) => readonly string[]): ChosenLists {
  return {
    kinds: valuesOf("kinds"),
    events: valuesOf("events"),
    parties: valuesOf("parties"),
    languages: valuesOf("languages"),
    sources: valuesOf("sources"),
    stories: valuesOf("stories"),
  };
}

/** What was chosen, as an endpoint subscribes to it: without that which says nothing. */
export function subscriptionOf(lists: ChosenLists, { minSeverity, minConfidence }: Least): SubscriptionFilters {
  return {
    ...Object.fromEntries(ALERT_LISTS.filter((list) => lists[list].length > 0).map((list) => [list, lists[list]])),
    ...(minSeverity === "" ? {} : { minSeverity: minSeverity as "low" }),
    ...(minConfidence === "" ? {} : { minConfidence: Number(minConfidence) }),
  };
}
