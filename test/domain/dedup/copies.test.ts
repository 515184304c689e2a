import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { loadReadingConfiguration } from "../../../src/config/load-configuration.ts";
import { loadCopyRules } from "../../../src/config/load-copy-rules.ts";
import { clusterItem, createCopyIndex } from "../../../src/domain/dedup/copy-index.ts";
import { fingerprintItem } from "../../../src/domain/dedup/fingerprint-item.ts";
import { createRevisionReader } from "../../../src/domain/revision-reader.ts";

const root = join(import.meta.dirname, "../../..");
const { packs, stories } = loadReadingConfiguration(join(root, "config"));
const rules = loadCopyRules(join(root, "config"));
const read = createRevisionReader({ packs, stories, keep: 1 });

const side = z.strictObject({ title: z.string(), text: z.string() });
const pairs = z.array(z.strictObject({ what: z.string(), same: z.boolean(), one: side, other: side }));
const DAY = Date.parse("2022-09-19T00:00:00Z");

function clustersOf(lang: string, items: readonly z.infer<typeof side>[]): string[] {
  const index = createCopyIndex();
  return items.map((item, place) => {
    const readings = read({ id: `${place}`, ...item, lang, published: new Date(DAY).toISOString() });
    return clusterItem(index, { id: `${place}`, at: DAY, fingerprint: fingerprintItem(readings, null, rules) }).cluster;
  });
}

for (const lang of readdirSync(join(root, "test/golden")).filter((name) => name.length === 2)) {
  describe(`copies and updates in ${lang}`, () => {
    const file = join(root, "test/golden", lang, "copies.yaml");
    test.each(pairs.parse(parse(readFileSync(file, "utf8"))))("$what: $same", ({ same, one, other }) => {
      for (const [first, second] of [clustersOf(lang, [one, other]), clustersOf(lang, [other, one])]) {
        if (same) expect(second).toBe(first);
        else expect(second).not.toBe(first);
      }
    });
  });
}

test("items in different languages are never one cluster, even under one address", () => {
  const index = createCopyIndex();
  const url = "https://agency.example/42";
  const english = read({
    id: "a",
    title: "Ceasefire",
    text: "Armenia and Azerbaijan agreed on a ceasefire that holds.",
    published: null,
  });
  const russian = read({
    id: "b",
    title: "Перемирие",
    text: "Армения и Азербайджан договорились о перемирии, оно держится.",
    published: null,
  });
  clusterItem(index, { id: "a", at: DAY, fingerprint: fingerprintItem(english, url, rules) });
  const decision = clusterItem(index, { id: "b", at: DAY, fingerprint: fingerprintItem(russian, url, rules) });
  expect(decision).toEqual({ cluster: "b", kind: "first" });
});
