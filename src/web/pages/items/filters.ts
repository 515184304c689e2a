import type { Query } from "../../api/client.ts";
import { navigate } from "../../shell/router.ts";
import { dayAt } from "../../words/dates.ts";

/** What items are asked for by, as the address keeps it. `claim`: `any`, `none`, or `event:` with a baseline event. */
export const FILTERS = ["q", "feed", "lang", "relevant", "claim", "measure", "from", "to"] as const;
export type ItemFilters = Readonly<Record<(typeof FILTERS)[number], string>>;

export const NO_FILTERS: ItemFilters = {
  q: "",
  feed: "",
  lang: "",
  relevant: "",
  claim: "",
  measure: "",
  from: "",
  to: "",
};

export function filtersIn(query: URLSearchParams): ItemFilters {
  return { ...NO_FILTERS, ...Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ""])) };
}

export function areSet(filters: ItemFilters): boolean {
  return FILTERS.some((name) => name !== "q" && filters[name] !== "");
}

/** Keeps the filters in the address, without a step back for each. */
export function keepFilters(filters: ItemFilters): void {
  const query = new URLSearchParams(
    FILTERS.filter((name) => filters[name] !== "").map((name) => [name, filters[name]]),
  );
  const text = query.toString();
  navigate(text === "" ? "/items" : `/items?${text}`, { replace: true });
}

/** A line that holds no letter and no digit asks for nothing yet. */
const ASKS = /[\p{L}\p{N}]/u;

/** The filters as the API asks for them. Days are those of the reader's zone. */
export function queryOf({ q, feed, lang, relevant, claim, measure, from, to }: ItemFilters): Query {
  return {
    q: ASKS.test(q) ? q : undefined,
    feed,
    lang,
    relevant,
    claims: claim === "any" ? "true" : claim === "none" ? "false" : undefined,
    event: claim.startsWith("event:") ? claim.slice("event:".length) : undefined,
    measure,
    since: dayAt(from, 0),
    until: dayAt(to, 1),
  };
}
