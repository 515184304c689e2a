import { sql } from "kysely";
import type { AlertRow } from "./alerts.ts";
import { type FeedRow, findFeed } from "./feeds.ts";
import { findItem, type ItemRow } from "./items.ts";
import { findObservation, listObservations, type ObservationRow } from "./observations.ts";
import { findRevision, listRevisions, type RevisionStep } from "./revisions.ts";
import type { Database, LedgerId } from "./schema.ts";
import { type StandingStep, standingSteps } from "./standings.ts";

/** A revision that carries the same report, with what tells it from the others. */
export interface Copy {
  readonly item: LedgerId;
  readonly revision: LedgerId;
  readonly title: string;
  readonly source: string;
  readonly tier: number;
  readonly lang: string | null;
  readonly url: string | null;
  readonly kind: string | null;
  readonly publishedAt: Date | null;
  readonly seenAt: Date;
}

/** All that an observation rests on and all that came of it. */
export interface EvidenceChain {
  readonly observation: ObservationRow;
  readonly item: ItemRow;
  readonly feed: FeedRow | null;
  /** The newest, and the one that the observation was read in; oldest first. */
  readonly revisions: readonly RevisionStep[];
  /** All observations of the item, of all its revisions, this one too. */
  readonly claims: readonly ObservationRow[];
  /** In order of publication; empty when the item stands in no cluster. */
  readonly copies: readonly Copy[];
  readonly alerts: readonly AlertRow[];
  /** Standings of its subject that were entered with it, each with what stood before. */
  readonly standings: readonly StandingStep[];
}

/** An item has far fewer. */
const MOST_CLAIMS = 500;
const MOST_COPIES = 200;
const MOST_REVISIONS = 20;

/** Follows an observation back to its item and on to what came of it; undefined when there is none. */
export async function loadEvidence(db: Database, story: string, id: string): Promise<EvidenceChain | undefined> {
  const observation = await findObservation(db, story, id);
  if (observation === undefined) return undefined;
  const item = await findItem(db, observation.item_id);
  if (item === undefined) return undefined;
  const [feed, revisions, claims, copies, alerts, standings] = await Promise.all([
    findFeed(db, item.feed_id),
    listRevisionsWith(db, observation),
    listObservations(db, { story, itemId: item.id, limit: MOST_CLAIMS }),
    observation.cluster_id === null ? [] : listCopies(db, observation.cluster_id),
    listAlertsOf(db, story, id),
    standingSteps(db, { ...observation, at: observation.created_at }),
  ]);
  return { observation, item, feed: feed ?? null, revisions, claims, copies, alerts, standings };
}

async function listRevisionsWith(
  db: Database,
  { item_id: itemId, revision_id: own }: ObservationRow,
): Promise<RevisionStep[]> {
  const newest = await listRevisions(db, { itemId, limit: MOST_REVISIONS });
  if (newest.some(({ revision }) => revision.id === own)) return newest;
  const read = await findRevision(db, own);
  if (read === undefined) return newest;
  return [...(await listRevisions(db, { itemId, below: read.number + 1, limit: 1 })), ...newest];
}

async function listCopies(db: Database, clusterId: LedgerId): Promise<Copy[]> {
  const rows = await sql<Copy>`
    select r.item_id as item, r.id as revision, r.title, f.source, f.tier, r.lang, i.url, r.cluster_kind as kind,
      r.published_at as "publishedAt", r.seen_at as "seenAt"
    from revisions r join items i on i.id = r.item_id join feeds f on f.id = i.feed_id
    where r.cluster_id = ${clusterId}
    order by coalesce(r.published_at, r.seen_at), r.id limit ${MOST_COPIES}`.execute(db);
  return rows.rows;
}

/** Alerts that it raised, oldest first. */
function listAlertsOf(db: Database, story: string, observation: string): Promise<AlertRow[]> {
  return db
    .selectFrom("alerts")
    .selectAll()
    .where("story", "=", story)
    .where("observation_id", "=", observation)
    .orderBy("seq")
    .execute();
}
