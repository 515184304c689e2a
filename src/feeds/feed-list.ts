import { join } from "node:path";
import { type FeedConfig, type FeedsConfig, loadFeeds } from "../config/feeds-schema.ts";
import { type OpmlFeed, readOpml, writeOpml } from "../parsing/opml.ts";
import { FeedListError } from "./feed-list-error.ts";
import type { Probe, ProbedFeed } from "./feed-probe.ts";

/** Where the list of feeds stands. */
export interface FeedListPlace {
  readonly configDir: string;
  /** Stands in for `feeds.yaml` of the configuration. */
  readonly feedsFile: string | null;
}

/** What is said of a feed that is to be added; what is left out the feed says itself. */
export interface FeedSaid {
  readonly id?: string | undefined;
  readonly source?: string | undefined;
  readonly lang?: string | undefined;
  /** 1 to 3. */
  readonly tier?: string | undefined;
  readonly side?: string | undefined;
  readonly timezone?: string | undefined;
  readonly fullText?: boolean | undefined;
}

export const DEFAULT_TIER = "3";

export const feedsFileOf = ({ feedsFile, configDir }: FeedListPlace): string =>
  feedsFile ?? join(configDir, "feeds.yaml");

/** The list of feeds as its file has it now. @throws ConfigError */
export const configured = (place: FeedListPlace): FeedsConfig => loadFeeds(feedsFileOf(place));

/** A feed that fits a list, and how many items it showed; null where it was not looked at. */
export interface FittedFeed {
  readonly feed: FeedConfig;
  readonly items: number | null;
}

const UNSEEN = "a feed that is not looked at needs its publisher and its language";

/**
 * Makes the entry for a feed, looking at it with `probe`; a site's page will do where it names one feed.
 * @throws FeedListError
 */
export async function fitFeed(
  url: string,
  said: FeedSaid,
  { probe, list }: { probe: Probe | null; list: readonly FeedConfig[] },
): Promise<FittedFeed> {
  const found = probe === null ? null : await findOne(url, probe);
  const source = said.source ?? found?.parsed.feed.title;
  const lang = said.lang ?? (found === null ? undefined : languageOf(found));
  if (!source) throw new FeedListError("source", found === null ? UNSEEN : "the feed has no title: name its publisher");
  if (!lang) throw new FeedListError("lang", found === null ? UNSEEN : "the feed does not say its language: name it");
  const feed = entryOf({ ...said, url: found?.url ?? url, source, lang }, list);
  return { feed, items: found?.parsed.items.length ?? null };
}

/** The language that a feed claims, as ISO 639; undefined where it says none. */
export function languageOf({ parsed }: Pick<ProbedFeed, "parsed">): string | undefined {
  return parsed.feed.language?.split(/[-_]/)[0]?.toLowerCase();
}

/** The feed at an address, or the only one that the page there names. */
async function findOne(url: string, probe: Probe): Promise<ProbedFeed> {
  const found = await probe.discover(url);
  const [first, ...others] = found.filter(({ from }) => from === found[0]?.from);
  if (first === undefined) throw new FeedListError("url", `${url}: neither a feed nor a page that names one`);
  if (others.length > 0)
    throw new FeedListError(
      "url",
      `${url} names several feeds; add one of them:\n${found.map((feed) => feed.url).join("\n")}`,
    );
  return first;
}

type Wanted = FeedSaid & { readonly url: string; readonly source: string; readonly lang: string };

function entryOf(wanted: Wanted, list: readonly FeedConfig[]): FeedConfig {
  const { id, url, source, lang, tier = DEFAULT_TIER, side, timezone, fullText } = wanted;
  if (!/^[123]$/.test(tier)) throw new FeedListError("tier", `«${tier}» is none of 1, 2 and 3`);
  const same = list.find((other) => other.url === url);
  if (same !== undefined) throw new FeedListError("url", `${url} is in the list already, as «${same.id}»`);
  if (id !== undefined && list.some((other) => other.id === id))
    throw new FeedListError("id", `another feed has the id «${id}»`);
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

/** An id made of publisher and language that no feed of the list has. */
export function freeId(source: string, lang: string, list: readonly Pick<FeedConfig, "id">[]): string {
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

/** What an OPML file brings to a list. */
export interface OpmlTaken {
  readonly added: readonly FeedConfig[];
  readonly passed: readonly { readonly url: string; readonly lacks: "address" | "language" }[];
}

/** The feeds of an OPML file that a list has not yet. @throws FeedListError where it is no OPML. */
export function takeOpml(
  document: string,
  said: Pick<FeedSaid, "lang" | "tier">,
  list: readonly FeedConfig[],
): OpmlTaken {
  const known = new Set(list.map(({ url }) => url));
  const added: FeedConfig[] = [];
  const passed: { url: string; lacks: "address" | "language" }[] = [];
  for (const feed of opmlFeeds(document)) {
    const lang = feed.lang?.split(/[-_]/)[0]?.toLowerCase() ?? said.lang;
    if (known.has(feed.url)) continue;
    if (!/^https?:/i.test(feed.url) || !URL.canParse(feed.url)) passed.push({ url: feed.url, lacks: "address" });
    else if (lang === undefined) passed.push({ url: feed.url, lacks: "language" });
    else {
      known.add(feed.url);
      added.push(importedFeed(feed, lang, said.tier, [...list, ...added]));
    }
  }
  return { added, passed };
}

function opmlFeeds(document: string): OpmlFeed[] {
  try {
    return readOpml(document);
  } catch (error) {
    throw new FeedListError("opml", error instanceof Error ? error.message : String(error));
  }
}

function importedFeed(feed: OpmlFeed, lang: string, tier: string | undefined, list: readonly FeedConfig[]): FeedConfig {
  const { url, title: source, id, timezone, side, fullText } = feed;
  const free = id !== undefined && !list.some((other) => other.id === id) ? { id } : {};
  return entryOf(
    {
      ...{ url, source, lang, tier: feed.tier ?? tier ?? DEFAULT_TIER, fullText: fullText === "true", ...free },
      ...(timezone === undefined ? {} : { timezone }),
      ...(side === undefined ? {} : { side }),
    },
    list,
  );
}

/** A list as OPML. */
export function opmlOfList(list: readonly FeedConfig[]): string {
  return writeOpml(list.map(opmlOf), "Rasid");
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
