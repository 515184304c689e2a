import { type FetchRecord, recordFetches } from "./feed-records.ts";
import type { Database } from "./schema.ts";

/** Records fetches that end at about the same time in one statement. */
export interface FetchRecorder {
  /** Resolves when the fetch is in the ledger. */
  record(fetch: FetchRecord): Promise<void>;
}

interface Waiting {
  readonly fetch: FetchRecord;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** While one batch is written, the next one gathers. */
export function createFetchRecorder(db: Database): FetchRecorder {
  let waiting: Waiting[] = [];
  let writing = false;

  async function write(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await recordFetches(
        db,
        batch.map(({ fetch }) => fetch),
      ).then(
        () => batch.forEach(({ resolve }) => void resolve()),
        (error: unknown) => batch.forEach(({ reject }) => void reject(error)),
      );
    }
    writing = false;
  }

  return {
    record: (fetch) =>
      new Promise((resolve, reject) => {
        waiting.push({ fetch, resolve, reject });
        if (!writing) setImmediate(() => (writing ? undefined : void write()));
      }),
  };
}
