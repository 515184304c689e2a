import { stableId } from "./identity.ts";
import type { OperationalAlertKind, Severity } from "./kinds.ts";

/** The body of a webhook about the running of the service. */
export interface OperationalAlertBody {
  readonly type: OperationalAlertKind;
  readonly timestamp: string;
  readonly data: {
    readonly alert: string;
    /** The id of the feed or endpoint. */
    readonly subject: string;
    /** Of a feed: its publisher, as the list of feeds names it. */
    readonly source?: string;
    readonly url: string | null;
    readonly since: string | null;
    readonly because: string;
    readonly severity: Severity;
  };
}

/** What happened to a feed or an endpoint. Times in ISO 8601. */
export interface OperationalEvent {
  readonly kind: OperationalAlertKind;
  readonly subject: string;
  readonly source?: string;
  readonly url: string | null;
  readonly since: string | null;
  readonly because: string;
  readonly severity: Severity;
  readonly at: string;
}

/** The alert of an event: told once for each kind, subject and moment. */
export function operationalAlertBody({ kind, at, ...data }: OperationalEvent): OperationalAlertBody {
  return { type: kind, timestamp: at, data: { alert: stableId("alt_", [kind, data.subject, at]), ...data } };
}
