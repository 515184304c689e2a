import { type AnalyzeRevision, readAhead } from "../analysis/analyzer.ts";
import type { Alert } from "../domain/alert/alert.ts";
import { alertBody } from "../domain/alert/envelope.ts";
import { fitsFilters } from "../domain/alert/subscription.ts";
import type { Frame } from "../domain/baseline/frame.ts";
import type { Observation } from "../domain/baseline/observation.ts";
import { observationsOf } from "../domain/baseline/observe.ts";
import type { Standing } from "../domain/baseline/standings.ts";
import type { RevisionAnalysis } from "../domain/revision-analysis.ts";
import { insertAlerts, type NewAlert } from "../ledger/alerts.ts";
import { createDeliveries } from "../ledger/deliveries.ts";
import { lockStory } from "../ledger/locks.ts";
import { insertObservations, type LedgerObservation, momentOfCommit } from "../ledger/observations.ts";
import { concernedStories, revisionOrigin, revisionToAnalyze } from "../ledger/revision-text.ts";
import { commitStage, type TakenRevision } from "../ledger/revisions.ts";
import type { RunningFolds } from "../ledger/running-folds.ts";
import type { Database } from "../ledger/schema.ts";
import { stageRevisions } from "../ledger/stage-revisions.ts";
import { insertStandings, type NewStanding } from "../ledger/standings.ts";
import { batchesOf, type Payload } from "../queues/pipeline.ts";
import { type MovedRow, runStage, type StageOutcome } from "../queues/stage-shell.ts";

export interface MatchOptions {
  readonly db: Database;
  readonly analyze: AnalyzeRevision;
  /** By story: what its observations are held against. */
  readonly frames: ReadonlyMap<string, Frame>;
  /** What this process holds of the stories' subjects. */
  readonly folds: RunningFolds;
  readonly now: () => Date;
  readonly leaseMs: number;
  readonly retryMs: number;
  readonly enqueueNext: (payloads: readonly Payload<"deliver">[]) => Promise<void>;
}

export interface MatchOutcome extends StageOutcome {
  readonly observations: number;
  readonly alerts: readonly string[];
  readonly alertKinds: readonly string[];
  readonly deliveries: number;
}

interface Matched {
  readonly row: TakenRevision;
  readonly byStory: ReadonlyMap<string, readonly LedgerObservation[]>;
}

/**
 * Reads claims, holds them against what stands, and writes observations, standings, alerts and deliveries in one
 * transaction, one at a time for each story.
 */
export async function match(ids: readonly string[], options: MatchOptions): Promise<MatchOutcome> {
  const { db } = options;
  const written = nothingWritten();
  const readings = readAhead(options.analyze, revisionToAnalyze);
  const outcome = await runStage<TakenRevision, Matched>(
    ids,
    {
      ...stageRevisions(db, { ...options, stage: "match", onTaken: readings.begin }),
      commit: (results) => commitMatches(results, options, written),
    },
    async (row) => matched(row, await readings.of(row), options),
  );
  await options.enqueueNext(batchesOf(written.deliveries).map((deliveries) => ({ deliveries })));
  return { ...outcome, ...written, deliveries: written.deliveries.length };
}

function matched(row: TakenRevision, { byStory: read }: RevisionAnalysis, { frames }: MatchOptions): Matched {
  const byStory = new Map<string, LedgerObservation[]>();
  const unknown = concernedStories(row).filter((story) => !frames.has(story));
  // Done without them it would be lost for a story that another process knows.
  if (unknown.length > 0)
    throw new Error(
      `it concerns a story that this process does not know: ${unknown.join(", ")}; is config/ the same in all?`,
    );
  for (const { story, relevance, analysis } of read) {
    const frame = frames.get(story);
    if (!relevance.relevant || analysis === null || frame === undefined) continue;
    const observations = observationsOf(analysis, revisionOrigin(row, analysis.lang), frame.baseline);
    const ledgered = observations.map((observation) => ({
      observation,
      itemId: row.itemId,
      revisionId: row.id,
      clusterId: row.clusterId,
      feedId: row.feedId,
    }));
    if (ledgered.length > 0) byStory.set(story, ledgered);
  }
  return { row, byStory };
}

interface Written {
  observations: number;
  readonly alerts: string[];
  readonly alertKinds: string[];
  readonly deliveries: string[];
}

const nothingWritten = (): Written => ({ observations: 0, alerts: [], alertKinds: [], deliveries: [] });

/** @param written what the commits of the whole job have written. */
async function commitMatches(
  results: readonly Matched[],
  options: MatchOptions,
  written: Written,
): Promise<readonly MovedRow[]> {
  if (results.length === 0) return [];
  const { db, frames, folds, now } = options;
  const keeps: (() => void)[] = [];
  const committed = await db.transaction().execute(async (trx) => {
    const told = nothingWritten();
    // In the order of their names, so that two workers never wait for each other's story.
    for (const story of [...frames.keys()].sort()) {
      const observations = results.flatMap(({ byStory }) => byStory.get(story) ?? []);
      if (observations.length > 0)
        keeps.push(await commitStory(trx, { frame: frames.get(story) as Frame, folds, observations, now }, told));
    }
    const done = results.map(({ row }) => ({ id: row.id, nextStage: "done" as const }));
    return { moved: await commitStage(trx, { stage: "match", results: done, now: now() }), told };
  });
  for (const keep of keeps) keep();
  const { observations, alerts, alertKinds, deliveries } = committed.told;
  written.observations += observations;
  written.alerts.push(...alerts);
  written.alertKinds.push(...alertKinds);
  written.deliveries.push(...deliveries);
  return committed.moved;
}

interface StoryCommit {
  readonly frame: Frame;
  readonly folds: RunningFolds;
  readonly observations: readonly LedgerObservation[];
  readonly now: () => Date;
}

/** Returns what is to be called after the commit. */
async function commitStory(
  trx: Database,
  { frame, folds, observations, now }: StoryCommit,
  told: Written,
): Promise<() => void> {
  const { story } = frame;
  await lockStory(trx, story);
  const { alerts, standings, taken, inserted, keep } = await folds.judge(trx, { frame, observations });
  if (taken.length === 0) return keep;
  // Asked only now: who waits for the story writes later than whoever held it.
  const at = await momentOfCommit(trx, story, now());
  const rows = new Map(observations.map((row) => [row.observation.id, row]));
  const kept = taken.map((observation) => ({ ...(rows.get(observation.id) as LedgerObservation), observation }));
  await insertObservations(trx, { story, observations: kept, now: at });
  await inserted(trx);
  await insertStandings(trx, { story, standings: standings.map(newStanding), now: at });
  const raised = await insertAlerts(trx, { alerts: alerts.map((alert) => newAlert(alert, rows)), now: at });
  const owed = await createDeliveries(trx, {
    alerts: raised,
    wants: (endpoint, alert) => fitsFilters(alert, endpoint.filters),
    now: at,
  });
  told.observations += taken.length;
  told.alerts.push(...raised.map(({ id }) => id));
  told.alertKinds.push(...raised.map(({ kind }) => kind));
  told.deliveries.push(...owed.map(({ id }) => id));
  return keep;
}

function newStanding({ observation, history: _history, ...standing }: Standing): NewStanding {
  const { key, subject, event, side, current } = standing;
  return {
    key,
    subject,
    event,
    side,
    observationId: observation,
    asOf: current.asOf,
    body: standing,
  };
}

function newAlert(alert: Alert, rows: ReadonlyMap<string, LedgerObservation>): NewAlert {
  const trigger = alert.evidence[0] as Observation;
  return {
    id: alert.id,
    story: alert.story,
    kind: alert.kind,
    event: alert.event,
    subject: alert.subject,
    measure: alert.measure,
    party: alert.party,
    topic: alert.topic,
    severity: alert.severity,
    confidence: alert.confidence,
    about: alert.about,
    langs: [...new Set(alert.evidence.map(({ lang }) => lang))],
    sources: [...new Set(alert.evidence.map(({ source }) => source))],
    body: alertBody(alert),
    observationId: trigger.id,
    revisionId: rows.get(trigger.id)?.revisionId ?? null,
    at: new Date(alert.at),
  };
}
