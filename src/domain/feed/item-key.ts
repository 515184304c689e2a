import type { ParsedItem } from "./parsed-feed.ts";

/** A short, stable name for a text (64 bits of FNV-1a in two halves); not for anything that must withstand an attacker. */
export function textKey(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + index), 0x01000193);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}

/** Items are looked up by their keys, and an index of the ledger holds no longer ones. In bytes of UTF-8. */
const LONGEST_KEY = 2000;

/** A key as it is, or a short one made of it where it is too long to be looked up by. */
function boundedKey(key: string): string {
  const bytes = key.length * 3 > LONGEST_KEY ? new TextEncoder().encode(key).length : 0;
  return bytes > LONGEST_KEY ? `id:${textKey(key)}` : key;
}

/**
 * Makes keys unique within a document. Items that repeat a key and say the same are one item. Those that say something
 * else get keys of their own, all of them, so that a poll that shows the same items gives the same keys: their links
 * where these tell them apart, otherwise their text. Keys that are too long are shortened.
 */
export function separateKeys(items: readonly ParsedItem[]): {
  items: ParsedItem[];
  repeated: number;
  separated: number;
} {
  const groups = new Map<string, ParsedItem[]>();
  for (const item of items) {
    const group = groups.get(item.guid);
    if (group === undefined) groups.set(item.guid, [item]);
    else if (!group.some((other) => sayTheSame(other, item))) group.push(item);
  }
  if (groups.size === items.length) return { items: items.map(withBoundedKey), repeated: 0, separated: 0 };
  const kept: ParsedItem[] = [];
  let separated = 0;
  for (const group of groups.values()) {
    if (group.length > 1) separated += group.length;
    kept.push(...(group.length === 1 ? group : withOwnKeys(group)));
  }
  const order = new Map(
    items.map((item, index) => [`${item.link}\n${item.title}\n${item.text}`, index] as const).reverse(),
  );
  kept.sort((a, b) => place(order, a) - place(order, b));
  return { items: kept.map(withBoundedKey), repeated: items.length - kept.length, separated };
}

const withBoundedKey = (item: ParsedItem): ParsedItem => ({ ...item, guid: boundedKey(item.guid) });

function place(order: ReadonlyMap<string, number>, item: ParsedItem): number {
  return order.get(`${item.link}\n${item.title}\n${item.text}`) ?? 0;
}

function sayTheSame(one: ParsedItem, other: ParsedItem): boolean {
  return one.title === other.title && one.text === other.text && one.link === other.link;
}

function withOwnKeys(group: readonly ParsedItem[]): ParsedItem[] {
  const links = new Set(group.map((item) => item.link));
  const byLink = links.size === group.length && !links.has(null);
  return group.map((item) => ({
    ...item,
    guid: byLink ? (item.link as string) : `${item.guid}#${textKey(`${item.title}\n${item.text}`)}`,
  }));
}
