import { cleanText } from "./clean-text.ts";
import { decodeEntities } from "./html-entities.ts";
import type { RawLink } from "./raw-feed.ts";

const LONGEST_URL = 4000;

/**
 * The address of the thing itself: the "alternate" link, HTML before other types, the first of
 * equals. Anything but http and https ("javascript:", "data:") is passed over.
 */
export function chooseLink(links: readonly RawLink[], base: string | undefined): string | null {
  let best: { url: string; rank: number } | undefined;
  for (const link of links) {
    const rank = rankOf(link);
    if (rank === 0) continue;
    const url = absoluteUrl(link.href, base);
    if (url !== undefined && (best === undefined || rank > best.rank)) best = { url, rank };
  }
  return best?.url ?? null;
}

/** The base for relative links: each inner base resolves against the outer one. */
export function resolveBase(bases: readonly string[], outer: string | undefined): string | undefined {
  return bases.reduce((base: string | undefined, next) => absoluteUrl(next, base) ?? base, outer);
}

/** An absolute http or https URL as the feed wrote it, resolved only where it is relative; undefined for anything else. */
export function absoluteUrl(href: string, base: string | undefined): string | undefined {
  const text = cleanText(href)
    .replace(/[\n\r\t]/g, "")
    .trim();
  const plain = text.includes("&") && /&(?:amp|#38|#x26);/i.test(text) ? decodeEntities(text) : text;
  if (plain === "" || plain.length > LONGEST_URL) return undefined;
  const absolute = URL.canParse(plain);
  if (!absolute && (base === undefined || !URL.canParse(plain, base))) return undefined;
  const url = absolute ? new URL(plain) : new URL(plain, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  return absolute && /^https?:\/\/[^\s"<>\\]+$/i.test(plain) ? plain : url.href;
}

function rankOf(link: RawLink): number {
  const rel = link.rel?.toLowerCase() ?? "";
  if (rel !== "" && rel !== "alternate" && !rel.endsWith("/alternate")) return 0;
  const html = link.type === undefined || /html/i.test(link.type);
  return (rel === "" ? 1 : 2) + (html ? 2 : 0);
}
