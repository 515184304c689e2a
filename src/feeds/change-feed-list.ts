import { planFeedsEdit } from "../config/edit-feeds.ts";
import { type AuditEntry, recordAudit } from "../ledger/audit.ts";
import { syncFeeds } from "../ledger/feeds.ts";
import { inTransaction } from "../ledger/in-transaction.ts";
import { lockFeedList } from "../ledger/locks.ts";
import type { Database } from "../ledger/schema.ts";

/** A change of the list of feeds. */
export interface FeedListChange {
  readonly file: string;
  /** What the text of the file becomes. */
  readonly edit: (text: string) => string;
  readonly entry: AuditEntry;
}

/**
 * Changes the list of feeds in its file and in the ledger together, one change after the other: a change that is made
 * of a text which another one replaces meanwhile would take that one back. The file is written last, when everything
 * else has gone well.
 * @throws ConfigError when the file, or what it would become, is no list of feeds; what the system says of writing.
 */
export function changeFeedList(db: Database, { file, edit, entry }: FeedListChange): Promise<void> {
  return inTransaction(db, async (trx) => {
    await lockFeedList(trx);
    const { config, write } = planFeedsEdit(file, edit);
    const { firstIntervalSeconds: intervalSeconds } = config.polling;
    await syncFeeds(trx, config.feeds, { now: entry.at, intervalSeconds });
    await recordAudit(trx, entry);
    write();
  });
}
