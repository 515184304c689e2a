/** What makes two addresses of one article differ without meaning anything; it comes from the configuration. */
export interface UrlRules {
  /** Parameters that say nothing of the article: full names, and beginnings of names; lower case. */
  readonly parameters: ReadonlySet<string>;
  readonly parameterStarts: readonly string[];
  /** First host labels of the versions for phones and AMP. */
  readonly mobileHosts: ReadonlySet<string>;
  /** Last parts of a path that mark the AMP version. */
  readonly ampPaths: ReadonlySet<string>;
  /** Addresses that only lead on to the one in a parameter. */
  readonly redirectors: readonly Redirector[];
}

export interface Redirector {
  readonly host: string;
  readonly path: string;
  readonly parameters: readonly string[];
}

const MOST_HOPS = 4;
/** Items are looked up by it, and an index of the ledger holds no longer ones. It is ASCII throughout. */
const LONGEST = 2000;

/**
 * The address under which one article is compared, whatever way led to it: redirectors and AMP caches undone, phone and
 * AMP versions, tracking parameters, fragments, order of parameters, default ports, "www." and http or https made equal.
 * It is for comparing, not for fetching.
 * @returns null where the text is no http or https address, or too long to be looked up by.
 */
export function canonicalUrl(text: string, rules: UrlRules): string | null {
  let url = parse(text);
  for (let hop = 0; url !== undefined && hop < MOST_HOPS; hop += 1) {
    const target: URL | undefined = targetOf(url, rules);
    if (target === undefined) break;
    url = target;
  }
  if (url === undefined) return null;
  const query = queryOf(url, rules);
  const canonical = `https://${hostOf(url, rules)}${pathOf(url, rules)}${query === "" ? "" : `?${query}`}`;
  return canonical.length > LONGEST ? null : canonical;
}

function parse(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url : undefined;
}

/** Where a redirector or an AMP cache leads: www.google.com/amp/s/host/path, host.cdn.ampproject.org/c/s/host/path. */
function targetOf(url: URL, rules: UrlRules): URL | undefined {
  const cached = /^\/(?:amp|[cv])\/(s\/)?([^/]+\.[^/]+(?:\/.*)?)$/.exec(url.pathname);
  const cache =
    url.hostname.endsWith(".cdn.ampproject.org") ||
    (/^(?:www\.)?google\./.test(url.hostname) && url.pathname.startsWith("/amp/"));
  if (cache && cached !== null)
    return parse(`${cached[1] === undefined ? "http" : "https"}://${cached[2]}${url.search}`);
  for (const { host, path, parameters } of rules.redirectors) {
    if (url.hostname !== host || !url.pathname.startsWith(path)) continue;
    for (const name of parameters) {
      const target = parse(url.searchParams.get(name) ?? "");
      if (target !== undefined) return target;
    }
  }
  return undefined;
}

function hostOf(url: URL, rules: UrlRules): string {
  const labels = url.hostname.replace(/\.$/, "").split(".");
  while (labels.length > 2 && (labels[0] === "www" || rules.mobileHosts.has(labels[0] ?? ""))) labels.shift();
  return labels.join(".") + (url.port === "" ? "" : `:${url.port}`);
}

function pathOf(url: URL, rules: UrlRules): string {
  const parts = url.pathname.split("/").filter((part) => part !== "");
  if (parts.length > 1 && rules.ampPaths.has((parts.at(-1) ?? "").toLowerCase())) parts.pop();
  if (parts.length > 1 && parts[0]?.toLowerCase() === "amp") parts.shift();
  const last = parts.pop()?.replace(/\.amp(?=\.html?$)|\.amp$/i, "");
  return last === undefined ? "/" : `/${[...parts, last].join("/")}`;
}

function queryOf(url: URL, rules: UrlRules): string {
  const kept = [...url.searchParams].filter(([name]) => {
    const lower = name.toLowerCase();
    return !rules.parameters.has(lower) && !rules.parameterStarts.some((start) => lower.startsWith(start));
  });
  return kept
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join("&");
}
