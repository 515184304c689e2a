import type { z } from "zod";
import type { deliveryShown, listedDelivery } from "../../../api/delivery-shown.ts";
import type { endpointHealthShown, endpointShown } from "../../../api/endpoint-schema.ts";
import { type ChosenLists, type Least, listsOf, subscriptionOf } from "../../parts/alert-filters/lists.ts";

export type Endpoint = z.output<typeof endpointShown>;
export type EndpointHealth = z.output<typeof endpointHealthShown>;
export type Delivery = z.output<typeof deliveryShown>;
export type ListedDelivery = z.output<typeof listedDelivery>;

/** An endpoint as its form holds it; texts of inputs stay texts. */
export interface EndpointDraft extends Least {
  readonly url: string;
  readonly description: string;
  readonly lists: ChosenLists;
  /** Kept headers stay while their value is empty and `kept` is true. */
  readonly headers: readonly { readonly key: number; readonly name: string; readonly value: string }[];
  /** Names of headers that the endpoint has; null once they are given anew. */
  readonly keptHeaders: readonly string[] | null;
  readonly concurrency: string;
  readonly ratePerSecond: string;
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

/** What the form begins with: a new endpoint, or one that is to be changed. */
export function draftOf(endpoint: Endpoint | null): EndpointDraft {
  const filters = endpoint?.filters ?? {};
  return {
    url: endpoint?.url ?? "",
    description: endpoint?.description ?? "",
    lists: listsOf((list) => strings(filters[list])),
    minSeverity: typeof filters.minSeverity === "string" ? filters.minSeverity : "",
    minConfidence: typeof filters.minConfidence === "number" ? String(filters.minConfidence) : "",
    headers: [],
    keptHeaders: endpoint === null || endpoint.headers.length === 0 ? null : endpoint.headers,
    concurrency: endpoint === null ? "" : String(endpoint.concurrency),
    ratePerSecond: endpoint?.ratePerSecond == null ? "" : String(endpoint.ratePerSecond),
  };
}

/** The body that the API takes. */
export function bodyOf(draft: EndpointDraft): Record<string, unknown> {
  const named = draft.headers.filter(({ name }) => name.trim() !== "");
  return {
    url: draft.url.trim(),
    description: draft.description.trim(),
    filters: subscriptionOf(draft.lists, draft),
    ...(draft.keptHeaders === null
      ? { headers: Object.fromEntries(named.map(({ name, value }) => [name.trim(), value])) }
      : {}),
    ...(draft.concurrency === "" ? {} : { concurrency: Number(draft.concurrency) }),
    ratePerSecond: draft.ratePerSecond === "" ? null : Number(draft.ratePerSecond),
  };
}

/** How an endpoint does, in one word. */
export type EndpointState = "disabled" | "failing" | "held" | "new" | "ok";

export function endpointState(endpoint: Endpoint, health: EndpointHealth | undefined): EndpointState {
  if (!endpoint.enabled) return "disabled";
  if (endpoint.failingSince !== null) return "failing";
  if (endpoint.heldUntil !== null && Date.parse(endpoint.heldUntil) > Date.now()) return "held";
  return health?.lastDeliveredAt == null ? "new" : "ok";
}

export const STATE_TONES = {
  disabled: "neutral",
  failing: "danger",
  held: "warning",
  new: "notice",
  ok: "good",
} as const satisfies Record<EndpointState, string>;

export const DELIVERY_STATES = ["pending", "delivering", "failed", "dead", "delivered"] as const;

export const DELIVERY_TONES = {
  pending: "notice",
  delivering: "notice",
  delivered: "good",
  failed: "warning",
  dead: "danger",
} as const satisfies Record<Delivery["state"], string>;
