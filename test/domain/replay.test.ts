import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadReadingConfiguration } from "../../src/config/load-configuration.ts";
import { loadCopyRules } from "../../src/config/load-copy-rules.ts";
import { loadFrames } from "../../src/config/load-frames.ts";
import { loadUrlRules } from "../../src/config/tracking-parameters-schema.ts";
import type { Item } from "../../src/domain/item.ts";
import { replay } from "../../src/domain/replay.ts";
import { createRevisionReader } from "../../src/domain/revision-reader.ts";
import { line } from "./baseline/course.ts";

const config = join(import.meta.dirname, "../../config");
const { packs, stories } = loadReadingConfiguration(config);
const options = {
  read: createRevisionReader({ packs, stories, keep: 1 }),
  frames: loadFrames(config, stories),
  copyRules: loadCopyRules(config),
  urlRules: loadUrlRules(config),
  tierOf: () => 1 as const,
  from: null,
};

const item = (id: string, published: string, text: string, title = ""): Item => ({
  id,
  published: `2022-09-${published}:00:00.000Z`,
  title,
  text,
  lang: "en",
  source: "Test Wire",
});
const toll = (id: string, published: string, value: number) =>
  item(
    id,
    published,
    `Prime Minister Nikol Pashinyan told the cabinet that ${value} Armenian soldiers were killed in the clashes with Azerbaijan.`,
  );
const baku = (id: string, published: string, value: number) =>
  item(
    id,
    published,
    `The Ministry of Defence of Azerbaijan said that ${value} Azerbaijani servicemen were killed in the clashes with Armenia.`,
  );

const course = [
  baku("b1", "13T18", 50),
  toll("a1", "14T15", 105),
  baku("b2", "15T08", 71),
  toll("a2", "16T08", 135),
  toll("a3", "17T08", 105),
];
const told = (items: readonly Item[], parts: Partial<typeof options> | { from: string } = {}) =>
  replay(items, { ...options, ...parts }).alerts.map(line);

describe("replaying items", () => {
  it("gives the alerts of their course, in order", () => {
    expect(told(course)).toEqual([
      "figure.new new –→50",
      "figure.revised new 50→71",
      "figure.revised armenian-deaths 105→135",
    ]);
  });

  it("takes a side's word that it corrects its count, though the sentence names its adversary", () => {
    const text =
      "Armenia's defence ministry corrected its count of soldiers killed in the fighting with Azerbaijan to 131.";
    expect(told([toll("a2", "16T08", 135), item("c", "17T08", text)])).toEqual([
      "figure.revised armenian-deaths 105→135",
      "figure.revised armenian-deaths 135→131",
    ]);
  });

  it("goes by publication, not by the order of the file", () => {
    expect(told([...course].reverse())).toEqual(told(course));
  });

  it("reads what came before a date without raising it", () => {
    expect(told(course, { from: "2022-09-15T00:00:00Z" })).toEqual([
      "figure.revised new 50→71",
      "figure.revised armenian-deaths 105→135",
    ]);
  });

  it("takes another text under the same id for an edit, the same text for nothing", () => {
    const first = toll("page", "15T09", 105);
    expect(told([first, { ...first, published: "2022-09-15T12:00:00.000Z" }])).toEqual([]);
    expect(told([first, toll("page", "16T09", 135)])).toEqual([
      "item.edited armenian-deaths 105→135",
      "figure.revised armenian-deaths 105→135",
    ]);
  });

  it("counts copies of one report as one source", () => {
    const { standings } = replay([toll("x", "16T08", 135), toll("y", "16T09", 135), baku("z", "16T10", 77)], options);
    const standing = standings.find((one) => one.event === "armenian-deaths" && one.side === "armenia");
    expect(standing).toMatchObject({ current: { value: 135 }, sources: 1 });
  });

  it("leaves other stories alone", () => {
    const football = item(
      "f",
      "16T08",
      "Armenia beat Azerbaijan 3-1 in front of 11,000 supporters, and 207 were refused entry.",
    );
    expect(told([football])).toEqual([]);
  });

  it("quotes exact words of the field", () => {
    for (const alert of replay(course, options).alerts) {
      for (const { quote, field, start, end, item: id } of alert.evidence) {
        const source = course.find((one) => one.id === id) as Item;
        expect(source[field].slice(start, end)).toBe(quote);
      }
    }
  });
});
