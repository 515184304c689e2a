import { afterAll, beforeAll, expect, test } from "vitest";
import type { FeedParser } from "../../src/parsing/feed-parser.ts";
import { startFeedParser } from "../../src/parsing/feed-parser.ts";
import { readPage } from "../../src/parsing/read-page.ts";

const URL_OF_PAGE = "https://news.example/2022/road";
const SENTENCES = [
  "Der Gouverneur der Grenzprovinz sagte am Dienstag, die Straße zu den oberen Dörfern sei seit dem Morgen offen.",
  "Zwölf Lastwagen mit Mehl und Medizin hätten den Posten bis zum Mittag passiert, nachdem sie vier Tage warten mussten.",
];
const page = (head: string, body = SENTENCES.map((text) => `<p>${text}</p>`).join("")): string =>
  `<html><head>${head}<title>Straße offen</title></head><body><div class="menu"><a href="/">Start</a></div><article>${body}</article></body></html>`;
const read = (html: string, hints = {}) => readPage(Buffer.from(html), { url: URL_OF_PAGE, ...hints });

let parser: FeedParser;
beforeAll(() => {
  parser = startFeedParser({ dateWords: { months: new Map(), zones: new Map() }, threads: 1, deadlineMs: 1500 });
});
afterAll(() => parser.stop());

test("the body is read in paragraphs, without the frame of the page", () => {
  expect(read(page("")).text).toBe(SENTENCES.join("\n\n"));
});

test("the address that the page calls its own is taken, unless that is the home page", () => {
  expect(read(page('<link rel="canonical" href="/road?id=7">')).canonical).toBe("https://news.example/road?id=7");
  expect(read(page('<link rel="canonical" href="https://news.example/">')).canonical).toBeNull();
  expect(read(page('<link rel="canonical" href="javascript:alert(1)">')).canonical).toBeNull();
  expect(read(page("")).canonical).toBeNull();
});

test("a charset that only the page's head names is honoured", () => {
  const bytes = Buffer.from(page('<meta charset="iso-8859-1">'), "latin1");
  expect(readPage(bytes, { url: URL_OF_PAGE }).text).toContain("Straße");
});

test("captions of pictures stand after the body", () => {
  const figure = "<figure><img src='x.jpg'><figcaption>Lastwagen am Posten</figcaption></figure>";
  expect(read(page("", SENTENCES.map((text) => `<p>${text}</p>`).join(figure))).text).toBe(
    [...SENTENCES, "Lastwagen am Posten"].join("\n\n"),
  );
});

test("what is no page is said to be none", () => {
  expect(() => read("%PDF-1.4 binary")).toThrow(/no HTML page/);
  expect(() => read("<html><body></body></html>")).toThrow(/no article/);
});

test("a page made to cost time costs its thread, and the next one is read", async () => {
  const nested = Buffer.from(`<html><body>${"<div>".repeat(200_000)}`);
  const began = Date.now();
  await expect(parser.readPage(nested, { url: URL_OF_PAGE })).rejects.toThrow();
  expect(Date.now() - began).toBeLessThan(15_000);
  expect((await parser.readPage(Buffer.from(page("")), { url: URL_OF_PAGE })).text).toBe(SENTENCES.join("\n\n"));
}, 30_000);
