import { z } from "zod";
import { FEED_STATES, type FeedState, feedState } from "../domain/feed/feed-state.ts";
import { feedShown } from "./feed-shown.ts";
import { manyValues, nextCursor } from "./paging.ts";
import { invalidFields } from "./problem.ts";

type Feed = z.output<typeof feedShown>;

/** Ways to order feeds; `list` is that of the ledger. */
export const FEED_SORTS = ["list", "state", "name", "items", "newest", "next"] as const;

export const feedsQuery = z.strictObject({
  q: z.string().max(200).optional().meta({ description: "Words of id, source, address and language, all of them." }),
  states: manyValues
    .pipe(z.array(z.enum(FEED_STATES)))
    .optional()
    .meta({ description: "`ok` and `silent` answer; `removed` left the list and stays with its items." }),
  sort: z.enum(FEED_SORTS).default("list").meta({ description: "`state`: what needs somebody first." }),
  after: z.string().max(80).optional().meta({ description: "The `next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(500).optional().meta({ description: "All, where it is left out." }),
});

export const feedsShown = z.object({
  feeds: z.array(feedShown),
  next: nextCursor,
  total: z.number().meta({ description: "How many fit the words and states, on all pages." }),
  states: z
    .partialRecord(z.enum(FEED_STATES), z.number())
    .meta({ description: "How many feeds are in which state, whatever is asked for." }),
});

interface Wanted extends z.output<typeof feedsQuery> {
  /** Items by feed, for that order. */
  readonly items?: ReadonlyMap<string, number>;
}

/** One page of the feeds. @param all in the ledger's order. @throws Problem where `after` is no feed */
export function feedsPage(all: readonly Feed[], wanted: Wanted): z.output<typeof feedsShown> {
  // What left the list before it was ever asked is nobody's concern; the plain list has it all the same.
  const cared = all.filter(({ configured, status }) => configured || status !== "new");
  const known = wanted.sort === "list" ? all : cared;
  const order = orderOf(wanted, all);
  const fitting = known.filter(fits(wanted)).sort(order);
  const { after, limit } = wanted;
  const rest = after === undefined ? fitting : fitting.filter((feed) => order(feed, feedOf(all, after)) > 0);
  const feeds = rest.slice(0, limit);
  return {
    feeds,
    next: feeds.length < rest.length ? (feeds.at(-1)?.id ?? null) : null,
    total: fitting.length,
    states: countStates(cared),
  };
}

function feedOf(all: readonly Feed[], id: string): Feed {
  const feed = all.find((one) => one.id === id);
  if (feed === undefined) throw invalidFields([{ field: "after", problem: `there is no feed ${id}` }]);
  return feed;
}

function fits({ q = "", states }: Wanted): (feed: Feed) => boolean {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return (feed) => {
    if (states !== undefined && !states.includes(feedState(feed))) return false;
    const text = `${feed.id} ${feed.source} ${feed.url} ${feed.lang}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

type Order = (a: Feed, b: Feed) => number;

const time = (text: string | null): number => (text === null ? 0 : Date.parse(text));
const collator = new Intl.Collator();
const byName: Order = (a, b) => collator.compare(a.source, b.source) || (a.id < b.id ? -1 : Number(a.id !== b.id));
const place = (feed: Feed): number => FEED_STATES.indexOf(feedState(feed));

function orderOf({ sort, items }: Wanted, all: readonly Feed[]): Order {
  if (sort === "list") {
    const at = new Map(all.map(({ id }, index) => [id, index]));
    return (a, b) => (at.get(a.id) ?? 0) - (at.get(b.id) ?? 0);
  }
  const count = (feed: Feed): number => items?.get(feed.id) ?? 0;
  const orders: Record<Exclude<typeof sort, "list">, Order> = {
    state: (a, b) => place(a) - place(b),
    name: () => 0,
    items: (a, b) => count(b) - count(a),
    newest: (a, b) => time(b.lastNewItemAt) - time(a.lastNewItemAt),
    next: (a, b) => time(a.nextFetchAt) - time(b.nextFetchAt),
  };
  const order = orders[sort];
  return (a, b) => order(a, b) || byName(a, b);
}

function countStates(feeds: readonly Feed[]): Partial<Record<FeedState, number>> {
  const counts: Partial<Record<FeedState, number>> = {};
  for (const feed of feeds) counts[feedState(feed)] = (counts[feedState(feed)] ?? 0) + 1;
  return counts;
}
