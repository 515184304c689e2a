/** An item of a feed that a test publishes. */
export interface RssItem {
  readonly id: string;
  readonly text?: string;
  readonly link?: string;
  readonly published?: Date;
}

/** An RSS document; `head` goes into the channel. */
export function rss(items: readonly RssItem[], head = ""): string {
  const entries = items.map(
    ({ id, text = `Text of ${id}`, link, published }) =>
      `<item><guid isPermaLink="false">${id}</guid><title>Title of ${id}</title><description>${text}</description>${
        link === undefined ? "" : `<link>${link.replaceAll("&", "&amp;")}</link>`
      }${published === undefined ? "" : `<pubDate>${published.toUTCString()}</pubDate>`}</item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://news.example/</link>${head}${entries.join("")}</channel></rss>`;
}
