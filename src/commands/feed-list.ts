import { join } from "node:path";
import { editFeedsFile, withFeeds, withoutFeed } from "../config/edit-feeds.ts";
import { type FeedConfig, type FeedsConfig, loadFeeds } from "../config/feeds-schema.ts";
import { ledgerIsOpen } from "../context.ts";
import { recordAudit } from "../ledger/audit.ts";
import { syncFeeds } from "../ledger/feeds.ts";
import { type OpmlFeed, readOpml, writeOpml } from "../parsing/opml.ts";
import type { Settings } from "../settings.ts";
import type { Probe, ProbedFeed } from "./feed-probe.ts";
import { CLI_ACTOR, CommandError, withLedger } from "./ledger-command.ts";

/** What is said of a feed on the command line. */
export interface FeedFlags {
  readonly id?: string;
  readonly source?: string;
  readonly lang?: string;
  readonly tier?: string;
  readonly side?: string;
  readonly timezone?: string;
  readonly fullText?: boolean;
  readonly test: boolean;
}

export const DEFAULT_TIER = "3";

const fileOf = ({ feedsFile, configDir }: Settings): string => feedsFile ?? join(configDir, "feeds.yaml");

/** The list of feeds that the settings name. */
export const configured = (settings: Settings): FeedsConfig => loadFeeds(fileOf(settings));

/** `rasid feeds add`. @throws CommandError in words for users. */
export async function addFeed(url: string, flags: FeedFlags, probe: Probe, settings: Settings): Promise<void> {
  const found = flags.test ? await findOne(url, probe) : null;
  const said = found?.parsed.feed.language?.split(/[-_]/)[0]?.toLowerCase();
  const source = flags.source ?? found?.parsed.feed.title;
  const lang = flags.lang ?? said;
  if (!source) throw new CommandError("the feed has no title: give --source");
  if (!lang) throw new CommandError("the feed does not say its language: give --lang");
  const list = configured(settings).feeds;
  const feed = feedOf({ ...flags, url: found?.url ?? url, source, lang }, list);
  await changeList(settings, (text) => withFeeds(text, [feed]), { action: "feed.add", target: `feed:${feed.id}` });
  console.log(`added ${feed.id}: ${feed.url}${found === null ? "" : ` (${found.parsed.items.length} items)`}`);
}

/** The feed at an address, or the only one that the page there names. */
async function findOne(url: string, probe: Probe): Promise<ProbedFeed> {
  const found = await probe.discover(url);
  const [first, ...others] = found.filter(({ from }) => from === found[0]?.from);
  if (first === undefined) throw new CommandError(`${url}: neither a feed nor a page that names one`);
  if (others.length > 0)
    throw new CommandError(`${url} names several feeds; add one of them:\n${found.map((feed) => feed.url).join("\n")}`);
  return first;
}

type Wanted = Pick<FeedFlags, "id" | "tier" | "side" | "timezone" | "fullText"> & {
  readonly url: string;
  readonly source: string;
  readonly lang: string;
};

function feedOf(wanted: Wanted, list: readonly FeedConfig[]): FeedConfig {
  const { id, url, source, lang, tier = DEFAULT_TIER, side, timezone, fullText } = wanted;
  if (!/^[123]$/.test(tier)) throw new CommandError(`--tier: «${tier}» is none of 1, 2 and 3`);
  return {
    id: id ?? freeId(source, lang, list),
    url,
    source,
    lang,
    tier: Number(tier) as FeedConfig["tier"],
    ...(timezone === undefined ? {} : { timezone }),
    ...(side === undefined ? {} : { side }),
    ...(fullText === true ? { fullText } : {}),
  };
}

function freeId(source: string, lang: string, list: readonly FeedConfig[]): string {
  const plain = source.normalize("NFKD").toLowerCase();
  const name =
    plain
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 40) || "feed";
  const taken = new Set(list.map(({ id }) => id));
  const base = `${name}-${lang}`;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** `rasid feeds remove`. */
export async function removeFeed(id: string, settings: Settings): Promise<void> {
  const edit = (text: string): string => {
    const without = withoutFeed(text, id);
    if (without === null) throw new CommandError(`there is no feed «${id}» in ${fileOf(settings)}`);
    return without;
  };
  await changeList(settings, edit, { action: "feed.remove", target: `feed:${id}` });
  console.log(`removed ${id}; its items stay in the ledger`);
}

/** `rasid feeds import`: adds what the list has not yet, and says what it passed over. */
export async function importOpml(
  document: string,
  flags: Pick<FeedFlags, "lang" | "tier">,
  settings: Settings,
): Promise<void> {
  const { feeds: list } = configured(settings);
  const known = new Set(list.map(({ url }) => url));
  const added: FeedConfig[] = [];
  const passed: string[] = [];
  for (const feed of opmlFeeds(document)) {
    const lang = feed.lang?.split(/[-_]/)[0]?.toLowerCase() ?? flags.lang;
    if (known.has(feed.url)) continue;
    if (!/^https?:/i.test(feed.url) || !URL.canParse(feed.url)) passed.push(`${feed.url}: no http or https address`);
    else if (lang === undefined) passed.push(`${feed.url}: no language is named; give --lang`);
    else {
      known.add(feed.url);
      added.push(importedFeed(feed, lang, flags.tier, [...list, ...added]));
    }
  }
  for (const line of passed) console.error(line);
  if (passed.length > 0) process.exitCode = 1;
  if (added.length > 0)
    await changeList(settings, (text) => withFeeds(text, added), { action: "feed.import", target: "feeds" });
  console.log(`${added.length} feeds added, ${passed.length} passed over`);
}

function opmlFeeds(document: string): OpmlFeed[] {
  try {
    return readOpml(document);
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}

function importedFeed(feed: OpmlFeed, lang: string, tier: string | undefined, list: readonly FeedConfig[]): FeedConfig {
  const { url, title: source, id, timezone, side, fullText } = feed;
  const free = id !== undefined && !list.some((other) => other.id === id) ? { id } : {};
  return feedOf(
    {
      ...{ url, source, lang, tier: feed.tier ?? tier ?? DEFAULT_TIER, fullText: fullText === "true", ...free },
      ...(timezone === undefined ? {} : { timezone }),
      ...(side === undefined ? {} : { side }),
    },
    list,
  );
}

/** `rasid feeds export`. */
export function exportOpml(settings: Settings): string {
  return writeOpml(configured(settings).feeds.map(opmlOf), "Rasid");
}

function opmlOf({ id, url, source, lang, tier, side, timezone, fullText }: FeedConfig): OpmlFeed {
  return {
    id,
    url,
    title: source,
    lang,
    tier: String(tier),
    side,
    timezone,
    ...(fullText ? { fullText: "true" } : {}),
  };
}

/** Changes the file, and tells a ledger that is open, so that a running daemon polls by the new list at once. */
async function changeList(
  settings: Settings,
  edit: (text: string) => string,
  audit: { action: string; target: string },
): Promise<void> {
  const { feeds, polling } = editFeedsFile(fileOf(settings), edit);
  if (!ledgerIsOpen(settings)) return;
  await withLedger(async ({ db }) => {
    const now = new Date();
    await db.transaction().execute(async (trx) => {
      await syncFeeds(trx, feeds, { now, intervalSeconds: polling.firstIntervalSeconds });
      await recordAudit(trx, { at: now, actor: CLI_ACTOR, ...audit });
    });
  });
}
