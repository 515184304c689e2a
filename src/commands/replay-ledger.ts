import { isDeepStrictEqual } from "node:util";
import { loadConfiguration } from "../config/load-configuration.ts";
import { alertBody } from "../domain/alert/envelope.ts";
import { CLAIM_ALERT_KINDS } from "../domain/alert/kinds.ts";
import type { Frame } from "../domain/baseline/frame.ts";
import { type ObservationBatch, replayBatches } from "../domain/replay-batches.ts";
import { listAlerts } from "../ledger/alerts.ts";
import { readJudgedBatches } from "../ledger/observations.ts";
import type { Database } from "../ledger/schema.ts";
import { writeJsonLine } from "./json-lines.ts";
import { withLedger } from "./ledger-command.ts";

/** What recomputing gave beside what the ledger has. */
export interface LedgerReplay {
  readonly bodies: readonly unknown[];
  /** Ids of alerts that the ledger has and recomputing did not give, that it gave and the ledger lacks, and that differ. */
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly different: readonly string[];
}

/** `rasid replay --from-ledger`: exit code 1 when an alert differs from the ledger's. */
export function replayLedger(): Promise<void> {
  return withLedger(async ({ db }, { configDir, feedsFile }) => {
    const { bodies, ...differences } = await recomputeAlerts(db, loadConfiguration(configDir, feedsFile).frames);
    for (const body of bodies) await writeJsonLine(body);
    const told = Object.entries(differences).filter(([, ids]) => ids.length > 0);
    for (const [what, ids] of told) for (const id of ids) console.error(`${what}: ${id}`);
    console.error(
      `${bodies.length} alerts recomputed, ${told.length === 0 ? "all as in the ledger" : "not all as in the ledger"}`,
    );
    if (told.length > 0) process.exitCode = 1;
  });
}

/**
 * Judges the ledger's observations anew and holds the alerts against those that were told. Both are read as they stood
 * at one moment, beside a running daemon too; the judging, which may take long, holds no transaction open.
 */
export async function recomputeAlerts(db: Database, frames: ReadonlyMap<string, Frame>): Promise<LedgerReplay> {
  const { batches, told } = await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (snapshot) => ({ batches: await judgedBatches(snapshot), told: await toldAlerts(snapshot) }));
  const computed = new Map(replayBatches(frames, batches).map((alert) => [alert.id, asStored(alertBody(alert))]));
  return {
    bodies: [...computed.values()],
    missing: [...told.keys()].filter((id) => !computed.has(id)),
    unexpected: [...computed.keys()].filter((id) => !told.has(id)),
    different: [...told]
      .filter(([id, body]) => computed.has(id) && !isDeepStrictEqual(computed.get(id), body))
      .map(([id]) => id),
  };
}

async function judgedBatches(db: Database): Promise<ObservationBatch[]> {
  const batches: ObservationBatch[] = [];
  for await (const batch of readJudgedBatches(db)) batches.push(batch);
  return batches;
}

async function toldAlerts(db: Database): Promise<Map<string, unknown>> {
  const told = new Map<string, unknown>();
  for (let after = "0"; ; ) {
    const rows = await listAlerts(db, { kinds: CLAIM_ALERT_KINDS, after, limit: 500 });
    for (const { id, body } of rows) told.set(id, body);
    const last = rows.at(-1);
    if (last === undefined) return told;
    after = last.seq;
  }
}

/** As JSON keeps it: without what is undefined. */
function asStored(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body));
}
