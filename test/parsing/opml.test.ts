import { expect, test } from "vitest";
import { readOpml, writeOpml } from "../../src/parsing/opml.ts";

test("a list goes out and comes in again as it was", () => {
  const feeds = [
    {
      ...{
        url: "https://a.example/rss?x=1&y=2",
        title: "A & B «C»",
        lang: "ar",
        id: "a-ar",
        tier: "1",
        side: "armenia",
      },
      ...{ timezone: "Asia/Yerevan", fullText: "true" },
    },
    { url: "https://b.example/", title: "B", lang: undefined, id: undefined, tier: undefined, side: undefined },
  ];
  expect(readOpml(writeOpml(feeds, "Rasid"))).toEqual([
    feeds[0],
    { ...feeds[1], timezone: undefined, fullText: undefined },
  ]);
});

test("feeds in groups of other readers are found, whatever the case of their attributes", () => {
  const opml = `<?xml version="1.0"?><opml version="1.1"><head/><body>
    <outline text="Caucasus"><outline text="Inner"><outline type="rss" text="Deep" xmlUrl="https://deep.example/rss"/></outline></outline>
    <outline title="Only a title" xmlURL="https://titled.example/rss" htmlUrl="https://titled.example/"/>
    <outline text="A bookmark" url="https://page.example/"/></body></opml>`;
  expect(readOpml(opml).map(({ url, title }) => `${title} ${url}`)).toEqual([
    "Deep https://deep.example/rss",
    "Only a title https://titled.example/rss",
  ]);
});

test("what is no OPML is said to be none, and nothing outside is read", () => {
  expect(() => readOpml("<html><body>no</body></html>")).toThrow(/no OPML/);
  const entity = `<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;" xmlUrl="https://a.example"/></body></opml>`;
  expect(() => readOpml(entity)).toThrow(/no OPML/);
});
