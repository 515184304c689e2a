import type { WordWriting } from "../domain/language/tokens.ts";
import { searchPlaces } from "../domain/search/search-words.ts";
import { fillItemSearch, isPipelineBusy } from "../ledger/item-search.ts";
import type { Database } from "../ledger/schema.ts";
import { startDuty } from "./duty.ts";

const BATCH = 400;
/** While so many revisions wait for the pipeline, the search takes one part in fifty of the time. */
const BUSY_FROM = 300;
const BUSY_REST = 49;
/** How soon new items can be searched when there is nothing else to do. */
const IDLE_MS = 2_000;

export interface SearchUpkeepOptions {
  readonly db: Database;
  readonly now: () => Date;
  readonly writing: WordWriting;
  readonly onError: (error: unknown) => void;
}

/** Makes new revisions searchable a few seconds after they came, out of the pipeline's way. An owned resource: stop it. */
export function startSearchUpkeep({ db, now, writing, onError }: SearchUpkeepOptions): { stop(): Promise<void> } {
  let pause = IDLE_MS;
  const duty = async (): Promise<void> => {
    pause = IDLE_MS;
    const busy = await isPipelineBusy(db, BUSY_FROM);
    const begun = performance.now();
    const filled = await fillItemSearch(db, {
      limit: BATCH,
      now: now(),
      wordsOf: (revision) => searchPlaces(revision, writing),
    });
    const took = performance.now() - begun;
    if (filled === BATCH) pause = took;
    if (busy && filled > 0) pause = took * BUSY_REST;
  };
  return startDuty(duty, { everyMs: () => pause, firstAfterMs: IDLE_MS, onError });
}
