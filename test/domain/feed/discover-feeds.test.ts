import { expect, test } from "vitest";
import { discoverFeeds } from "../../../src/domain/feed/discover-feeds.ts";

const PAGE = "https://agency.example/en/news";
const urls = (html: string) => discoverFeeds(html, PAGE).map(({ url, from }) => `${from} ${url}`);

test("declared feeds are taken as the page names them, and nothing else then", () => {
  const html = `<html><head>
    <link rel="alternate" type="application/rss+xml" title="Top &amp; World" href="/rss.xml">
    <LINK REL='alternate' TYPE='application/atom+xml' HREF='https://feeds.agency.example/atom?lang=en&amp;n=20'>
    <link rel="alternate" type="application/feed+json" href="feed.json">
    <link rel="alternate" hreflang="ru" href="/ru/news"><link rel="stylesheet" href="/rss.css">
    </head><body><a href="/rss/sport">RSS</a></body></html>`;
  expect(urls(html)).toEqual([
    "declared https://agency.example/rss.xml",
    "declared https://feeds.agency.example/atom?lang=en&n=20",
    "declared https://agency.example/en/feed.json",
  ]);
  expect(discoverFeeds(html, PAGE)[0]?.title).toBe("Top & World");
});

test("without them links that look like feeds come first, then the usual places", () => {
  const found = urls(
    `<a href="/en/rss">RSS</a><a href="/breakfeeding">no</a><a href="news_rss.php">x</a><a href="/war">War</a>`,
  );
  expect(found.slice(0, 2)).toEqual([
    "linked https://agency.example/en/rss",
    "linked https://agency.example/en/news_rss.php",
  ]);
  expect(found[2]).toBe("guessed https://agency.example/feed");
});

test("a base and addresses that are none are heeded", () => {
  const html = `<base href="https://cdn.example/x/"><link rel="alternate" type="application/rss+xml" href="f.xml">
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">`;
  expect(urls(html)).toEqual(["declared https://cdn.example/x/f.xml"]);
});
