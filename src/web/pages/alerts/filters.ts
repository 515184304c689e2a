import { fitsFilters } from "../../../domain/alert/subscription.ts";
import type { Query } from "../../api/client.ts";
import { ALERT_LISTS, type ChosenLists, type Least, listsOf, subscriptionOf } from "../../parts/alert-filters/lists.ts";
import { claimOf, type ShownAlert } from "../../parts/claims/alert-headline.ts";
import { navigate } from "../../shell/router.ts";

/** What alerts are filtered by, kept in the address: the same as endpoints, and when they were entered. */
export interface Filters extends ChosenLists, Least {
  /** Entered at this time (ISO 8601) or later; empty: ever. What the stream brings is later. */
  readonly since: string;
}

export const NO_FILTERS: Filters = { ...listsOf(() => []), minSeverity: "", minConfidence: "", since: "" };

export function filtersIn(query: URLSearchParams): Filters {
  return {
    ...listsOf((list) => (query.get(list) ?? "").split(",").filter((value) => value !== "")),
    minSeverity: query.get("minSeverity") ?? "",
    minConfidence: query.get("minConfidence") ?? "",
    since: query.get("since") ?? "",
  };
}

export function areSet(filters: Filters): boolean {
  const { minSeverity, minConfidence, since } = filters;
  return minSeverity + minConfidence + since !== "" || ALERT_LISTS.some((name) => filters[name].length > 0);
}

/** The filters as the API asks for them and as the address keeps them. */
export function queryOf(filters: Filters): Query {
  return { ...filters };
}

/** Keeps the filters in the address, without a step back for each. */
export function keepFilters(filters: Filters): void {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    const text = Array.isArray(value) ? value.join(",") : String(value);
    if (text !== "") query.set(name, text);
  }
  const text = query.toString();
  navigate(text === "" ? "/alerts" : `/alerts?${text}`, { replace: true });
}

/** Whether an alert of the stream fits, by the rule that endpoints are held to. */
export function fits(body: ShownAlert["body"], filters: Filters): boolean {
  const data = claimOf(body);
  const evidence = data?.evidence ?? [];
  const severity = "severity" in body.data ? String(body.data.severity) : "low";
  return fitsFilters(
    {
      story: data?.story ?? null,
      kind: body.type,
      event: data?.event ?? null,
      party: data?.party ?? null,
      severity,
      confidence: data?.confidence ?? 1,
      langs: evidence.map(({ lang }) => lang),
      sources: evidence.map(({ source }) => source),
    },
    subscriptionOf(filters, filters),
  );
}
