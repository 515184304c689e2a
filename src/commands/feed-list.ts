import type { Audited } from "../api/api-context.ts";
import { planFeedsEdit, withFeeds, withoutFeed } from "../config/edit-feeds.ts";
import { ledgerIsOpen } from "../context.ts";
import { changeFeedList } from "../feeds/change-feed-list.ts";
import { configured, type FeedSaid, feedsFileOf, fitFeed, opmlOfList, takeOpml } from "../feeds/feed-list.ts";
import { FeedListError } from "../feeds/feed-list-error.ts";
import type { Probe } from "../feeds/feed-probe.ts";
import { InputError } from "../input-error.ts";
import type { Settings } from "../settings.ts";
import { CLI_ACTOR, type Output, print, withLedger } from "./ledger-command.ts";

/** What is said of a feed on the command line. */
export type FeedFlags = FeedSaid & { readonly test: boolean };

/** Says what is wrong with a feed as users of the command line are told. @throws InputError */
export async function tellingOfFeeds<T>(work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FeedListError)) throw error;
    const flagged = ["source", "lang", "tier", "id"].includes(error.field);
    throw new InputError(flagged ? `${error.message} (--${error.field})` : error.message);
  }
}

/** `rasid feeds add`. @throws InputError in words for users. */
export function addFeed(
  url: string,
  { json = false, ...flags }: FeedFlags & Output,
  probe: Probe,
  settings: Settings,
): Promise<void> {
  return tellingOfFeeds(async () => {
    const list = configured(settings).feeds;
    const { feed, items } = await fitFeed(url, flags, { probe: flags.test ? probe : null, list });
    await changeList(settings, (text) => withFeeds(text, [feed]), { action: "feed.add", target: `feed:${feed.id}` });
    print({ feed, items }, { json }, () => `added ${feed.id}: ${feed.url}${items === null ? "" : ` (${items} items)`}`);
  });
}

/** `rasid feeds remove`. */
export async function removeFeed(id: string, output: Output, settings: Settings): Promise<void> {
  const edit = (text: string): string => {
    const without = withoutFeed(text, id);
    if (without === null) throw new InputError(`there is no feed «${id}» in ${feedsFileOf(settings)}`);
    return without;
  };
  await changeList(settings, edit, { action: "feed.remove", target: `feed:${id}` });
  print({ id }, output, () => `removed ${id}; its items stay in the ledger`);
}

const LACKS = { address: "no http or https address", language: "no language is named; give --lang" } as const;

/** `rasid feeds import`: adds what the list has not yet, and says what it passed over. */
export function importOpml(
  document: string,
  { json = false, ...flags }: Pick<FeedFlags, "lang" | "tier"> & Output,
  settings: Settings,
): Promise<void> {
  return tellingOfFeeds(async () => {
    const { added, passed } = takeOpml(document, flags, configured(settings).feeds);
    for (const { url, lacks } of passed) console.error(`${url}: ${LACKS[lacks]}`);
    if (passed.length > 0) process.exitCode = 1;
    if (added.length > 0)
      await changeList(settings, (text) => withFeeds(text, added), { action: "feed.import", target: "feeds" });
    print({ added, passed }, { json }, () => `${added.length} feeds added, ${passed.length} passed over`);
  });
}

/** `rasid feeds export`. */
export function exportOpml(settings: Settings): string {
  return opmlOfList(configured(settings).feeds);
}

/** Changes the file, and tells a ledger that is open, so that a running daemon polls by the new list at once. */
async function changeList(settings: Settings, edit: (text: string) => string, audit: Audited): Promise<void> {
  const file = feedsFileOf(settings);
  // What is wrong with the change itself is told before a ledger is asked.
  const { write } = planFeedsEdit(file, edit);
  if (!ledgerIsOpen(settings)) return write();
  await withLedger(({ db }) =>
    changeFeedList(db, { file, edit, entry: { ...audit, at: new Date(), actor: CLI_ACTOR } }),
  );
}
