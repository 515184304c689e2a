import type { FastifyRequest } from "fastify";
import type { AuditedAction } from "../domain/audited-action.ts";
import type { Frame } from "../domain/baseline/frame.ts";
import type { LanguagePacks } from "../domain/language/language-pack.ts";
import type { RevisionText } from "../domain/revision-reader.ts";
import type { Story } from "../domain/story.ts";
import type { TraceReading } from "../domain/trace.ts";
import { recordAudit } from "../ledger/audit.ts";
import { inTransaction } from "../ledger/in-transaction.ts";
import type { Database } from "../ledger/schema.ts";
import type { SealingKey } from "../ledger/sealed-secret.ts";
import type { AlertSignal } from "./alert-signal.ts";

/** What the routes work on. */
export interface ApiContext {
  readonly db: Database;
  /** Seals endpoint secrets. */
  readonly key: SealingKey;
  readonly stories: readonly Story[];
  readonly packs: LanguagePacks;
  /** By story: what its observations are held against. */
  readonly frames: ReadonlyMap<string, Frame>;
  /** Reads a text off the event loop, under a deadline. @throws AnalysisError where it does not come to an end */
  readonly readToTrace: (revision: RevisionText) => Promise<readonly TraceReading[]>;
  readonly now: () => Date;
  /** Tells that alerts were entered. */
  readonly alerts: AlertSignal;
  /** Makes jobs for deliveries that the ledger owes. */
  readonly enqueueDeliveries: (ids: readonly string[]) => Promise<void>;
  /** Makes a job for feeds that are due. */
  readonly enqueueFetch: () => Promise<void>;
  /** Addresses inside that webhooks may reach nevertheless. */
  readonly allowAddresses: readonly string[];
  /** The configuration folder, where the list of feeds and the baselines stand. */
  readonly configDir: string;
  /** Stands in for `feeds.yaml` of the configuration. */
  readonly feedsFile: string | null;
}

/** Who asks, as the audit log names them: a key, or nobody where no key exists. */
export function actorOf(request: FastifyRequest): string {
  return request.caller.keyId === null ? "local" : `key:${request.caller.keyId}`;
}

/** What the audit log says of a write. */
export interface Audited {
  readonly action: AuditedAction;
  /** As `endpoint:7`. */
  readonly target: string;
  /** Never a secret. */
  readonly detail?: unknown;
}

/**
 * Does a write and enters it in the audit log, in one transaction.
 * @param entry what was done, made from what the work gave; a work that throws leaves neither trace nor change.
 */
export function audited<T>(
  { db, now }: Pick<ApiContext, "db" | "now">,
  actor: string,
  work: (trx: Database) => Promise<T>,
  entry: (result: T) => Audited,
): Promise<T> {
  return inTransaction(db, async (trx) => {
    const result = await work(trx);
    await recordAudit(trx, { at: now(), actor, ...entry(result) });
    return result;
  });
}
