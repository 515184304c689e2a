import { SEVERITIES, type Severity } from "./kinds.ts";

/** Which alerts a subscriber wants: all that fit every filter given. */
export interface SubscriptionFilters {
  readonly stories?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly events?: readonly string[] | undefined;
  readonly parties?: readonly string[] | undefined;
  readonly languages?: readonly string[] | undefined;
  readonly sources?: readonly string[] | undefined;
  readonly minSeverity?: Severity | undefined;
  readonly minConfidence?: number | undefined;
}

/** What filters look at. `story`, `event` and `party` are null for alerts about the running of the service. */
export interface FilterableAlert {
  readonly story: string | null;
  readonly kind: string;
  readonly event: string | null;
  readonly party: string | null;
  readonly severity: string;
  readonly confidence: number;
  readonly langs: readonly string[];
  readonly sources: readonly string[];
}

/** Whether the alert fits every filter given. */
export function fitsFilters(alert: FilterableAlert, filters: SubscriptionFilters): boolean {
  return (
    among(filters.stories, [alert.story]) &&
    among(filters.kinds, [alert.kind]) &&
    among(filters.events, [alert.event]) &&
    among(filters.parties, [alert.party]) &&
    among(filters.languages, alert.langs) &&
    among(filters.sources, alert.sources) &&
    SEVERITIES.indexOf(alert.severity as Severity) >= SEVERITIES.indexOf(filters.minSeverity ?? "low") &&
    alert.confidence >= (filters.minConfidence ?? 0)
  );
}

function among(wanted: readonly string[] | undefined, has: readonly (string | null)[]): boolean {
  return wanted === undefined || has.some((one) => one !== null && wanted.includes(one));
}
