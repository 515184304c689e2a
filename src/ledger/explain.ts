import { sql } from "kysely";
import { type AlertRow, findAlert, listFollowingAlerts } from "./alerts.ts";
import { type DeliveryRow, listDeliveries } from "./deliveries.ts";
import { type FeedRow, findFeed } from "./feeds.ts";
import { findItem, type ItemRow } from "./items.ts";
import { findObservation, type ObservationRow } from "./observations.ts";
import { findRevision, type RevisionRow } from "./revisions.ts";
import type { Database, LedgerId } from "./schema.ts";
import { type StandingStep, standingSteps } from "./standings.ts";

/** One revision in the cluster of an alert. */
export interface ClusterMember {
  readonly revisionId: LedgerId;
  readonly itemId: LedgerId;
  readonly source: string;
  readonly url: string | null;
  readonly kind: string | null;
  readonly seenAt: Date;
}

/** All that led to an alert and all that came of it. Null where an alert is about the running of the service. */
export interface AlertChain {
  readonly alert: AlertRow;
  /** The alert that it confirms or withdraws, and those that confirm or withdraw it. */
  readonly about: AlertRow | null;
  readonly following: readonly AlertRow[];
  readonly observation: ObservationRow | null;
  readonly revision: RevisionRow | null;
  readonly item: ItemRow | null;
  readonly feed: FeedRow | null;
  readonly cluster: { readonly id: LedgerId; readonly members: readonly ClusterMember[] } | null;
  /** Standings that the same commit changed, each with what stood before. */
  readonly standings: readonly StandingStep[];
  readonly deliveries: readonly DeliveryRow[];
}

const MOST_DELIVERIES = 1000;

/** Follows an alert back to the words that raised it, and on to its deliveries; undefined when there is none. */
export async function explainAlert(db: Database, id: string): Promise<AlertChain | undefined> {
  const alert = await findAlert(db, id);
  if (alert === undefined) return undefined;
  const observation =
    alert.story === null || alert.observation_id === null
      ? null
      : ((await findObservation(db, alert.story, alert.observation_id)) ?? null);
  const revisionId = alert.revision_id ?? observation?.revision_id ?? null;
  const revision = revisionId === null ? null : ((await findRevision(db, revisionId)) ?? null);
  const item = revision === null ? null : ((await findItem(db, revision.item_id)) ?? null);
  const clusterId = observation?.cluster_id ?? revision?.cluster_id ?? null;
  return {
    alert,
    about: alert.about === null ? null : ((await findAlert(db, alert.about)) ?? null),
    following: await listFollowingAlerts(db, id),
    observation,
    revision,
    item,
    feed: item === null ? null : ((await findFeed(db, item.feed_id)) ?? null),
    cluster: clusterId === null ? null : { id: clusterId, members: await membersOf(db, clusterId) },
    standings:
      alert.story === null || alert.subject === null
        ? []
        : await standingSteps(db, { story: alert.story, subject: alert.subject, at: alert.created_at }),
    deliveries: await listDeliveries(db, { alertId: id, limit: MOST_DELIVERIES }),
  };
}

async function membersOf(db: Database, clusterId: LedgerId): Promise<ClusterMember[]> {
  const rows = await sql<ClusterMember>`
    select r.id as "revisionId", r.item_id as "itemId", f.source, i.url, r.cluster_kind as kind, r.seen_at as "seenAt"
    from revisions r join items i on i.id = r.item_id join feeds f on f.id = i.feed_id
    where r.cluster_id = ${clusterId} order by r.id limit 200`.execute(db);
  return rows.rows;
}
