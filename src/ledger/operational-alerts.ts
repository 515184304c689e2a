import { type OperationalEvent, operationalAlertBody } from "../domain/alert/operational.ts";
import { fitsFilters } from "../domain/alert/subscription.ts";
import { insertAlerts } from "./alerts.ts";
import { createDeliveries } from "./deliveries.ts";
import { disableEndpoint, findEndpoint } from "./endpoints.ts";
import { inTransaction } from "./in-transaction.ts";
import type { Database, LedgerId } from "./schema.ts";

/** An operational alert that was entered, and what is owed for it. */
export interface ToldOperational {
  readonly alert: string;
  readonly deliveries: readonly LedgerId[];
}

/**
 * Enters an alert about the running of the service and owes it to every endpoint that wants it. Returns null when it
 * was told before.
 */
export async function tellOperational(
  db: Database,
  { event, now, except }: { event: OperationalEvent; now: Date; except?: LedgerId },
): Promise<ToldOperational | null> {
  const body = operationalAlertBody(event);
  const alert = {
    id: body.data.alert,
    story: null,
    kind: event.kind,
    event: null,
    subject: event.subject,
    measure: null,
    party: null,
    topic: null,
    severity: event.severity,
    confidence: 1,
    about: null,
    langs: [],
    sources: [],
    body,
    observationId: null,
    revisionId: null,
    at: new Date(event.at),
  };
  return inTransaction(db, async (trx) => {
    const entered = await insertAlerts(trx, { alerts: [alert], now });
    if (entered.length === 0) return null;
    const owed = await createDeliveries(trx, {
      alerts: entered,
      wants: (endpoint, one) => endpoint.id !== except && fitsFilters(one, endpoint.filters),
      now,
    });
    return { alert: alert.id, deliveries: owed.map(({ id }) => id) };
  });
}

/**
 * Disables an endpoint and tells the others, in one transaction. Returns null when it was disabled already, so that
 * only one of several who saw the cause tells of it.
 */
export async function disableAndTell(
  db: Database,
  { id, reason, now }: { id: LedgerId; reason: string; now: Date },
): Promise<ToldOperational | null> {
  return inTransaction(db, async (trx) => {
    if (!(await disableEndpoint(trx, { id, reason, now }))) return null;
    const endpoint = await findEndpoint(trx, id);
    const event: OperationalEvent = {
      kind: "endpoint.disabled",
      subject: id,
      // The path of a webhook's URL is often its secret; the others learn the host alone.
      url: endpoint && URL.canParse(endpoint.url) ? new URL(endpoint.url).origin : null,
      since: endpoint?.failingSince?.toISOString() ?? null,
      because: reason,
      severity: "high",
      at: now.toISOString(),
    };
    return tellOperational(trx, { event, now, except: id });
  });
}
