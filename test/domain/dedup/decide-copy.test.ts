import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadReadingConfiguration } from "../../../src/config/load-configuration.ts";
import { loadCopyRules } from "../../../src/config/load-copy-rules.ts";
import { type CopyCandidate, decideCopy, type NewItem } from "../../../src/domain/dedup/decide-copy.ts";
import { fingerprintItem } from "../../../src/domain/dedup/fingerprint-item.ts";
import { createRevisionReader } from "../../../src/domain/revision-reader.ts";

const config = join(import.meta.dirname, "../../../config");
const { packs, stories } = loadReadingConfiguration(config);
const rules = loadCopyRules(config);
const read = createRevisionReader({ packs, stories, keep: 1 });
const DAY = 86_400_000;

function item(
  id: string,
  text: string,
  { title = "", at = 0, url = null as string | null, lang = "en" } = {},
): NewItem {
  const readings = read({ id: `${id} ${text}`, title, text, lang, published: new Date(at).toISOString() });
  return { id, at, fingerprint: fingerprintItem(readings, url, rules) };
}

function candidate({ id, at, fingerprint }: NewItem, cluster = id): CopyCandidate {
  return { id, cluster, at, exact: fingerprint.exact, sketch: fingerprint.sketch };
}

const SHELLING =
  "Shelling went on overnight around three border towns, local officials said, and the roads to the east are closed to civilians until further notice.";
const REPORT = `Armenia's defence ministry put the number of its soldiers killed at 62 on Tuesday evening. ${SHELLING}`;
const UPDATE = `Armenia's defence ministry put the number of its soldiers killed at 88 on Wednesday. ${SHELLING}`;

describe("deciding on copies", () => {
  test("nothing to compare with: the first of its cluster", () => {
    expect(decideCopy(item("a", REPORT), [])).toEqual({ cluster: "a", kind: "first" });
  });

  test("the same text but for the credit line is an exact copy, whatever its heading", () => {
    const first = item("a", REPORT, { title: "Losses" });
    const copy = item("b", `YEREVAN, Sept 13 (Reuters) - ${REPORT}`, { title: "Armenia gives its toll" });
    expect(decideCopy(copy, [candidate(first)])).toEqual({ cluster: "a", kind: "exact", of: "a" });
  });

  test("an update is held apart and says from what and why", () => {
    const decision = decideCopy(item("b", UPDATE), [candidate(item("a", REPORT))]);
    expect(decision).toMatchObject({ cluster: "b", kind: "first", veto: { of: "a" } });
    expect(["toll", "figure"]).toContain(decision.veto?.because);
  });

  test("an update under the same address is held apart too", () => {
    const url = "https://agency.example/live/7";
    expect(decideCopy(item("b", UPDATE, { url }), [candidate(item("a", REPORT, { url }))]).kind).toBe("first");
  });

  test("a part without figures does not bridge two tolls", () => {
    const first = item("a", REPORT);
    const part = item("b", SHELLING);
    expect(decideCopy(part, [candidate(first)])).toMatchObject({ cluster: "a", kind: "copy" });
    const update = decideCopy(item("c", UPDATE), [candidate(part, "a"), candidate(first)]);
    expect(update).toMatchObject({ cluster: "c", kind: "first" });
  });

  test("of two clusters the one without a conflict is joined", () => {
    const decision = decideCopy(item("c", UPDATE), [candidate(item("a", REPORT)), candidate(item("b", UPDATE))]);
    expect(decision).toMatchObject({ cluster: "b", of: "b" });
  });

  test("reworded copies are looked for among reports of the same days only", () => {
    const text =
      "Seventeen people died and 240 were injured when an earthquake shook the mountain district of Ralvo on Friday night, mayor Ilse Brandt told local radio.";
    const again =
      "According to mayor Ilse Brandt, the earthquake of Friday night in the mountain district of Ralvo cost 17 lives and injured 240 people.";
    const first = candidate(item("a", text));
    expect(decideCopy(item("b", again, { at: DAY }), [first])).toMatchObject({ kind: "copy" });
    expect(decideCopy(item("b", again, { at: 9 * DAY }), [first])).toMatchObject({ kind: "first" });
  });

  test("an item is no copy of itself", () => {
    const first = item("a", REPORT);
    expect(decideCopy(first, [candidate(first)])).toEqual({ cluster: "a", kind: "first" });
  });

  test("one front page as the address of two items makes no copy of them", () => {
    const url = "https://agency.example/";
    const other = item("b", "The museum in Hallen opens a new hall of maps in October, its director told reporters.", {
      url,
    });
    expect(decideCopy(other, [candidate(item("a", REPORT, { url }))]).kind).toBe("first");
  });

  test("the same number of the same people, once dead and once missing, is no copy", () => {
    const of = (id: string, what: string) =>
      item(id, `Armenia said that 62 of its soldiers were ${what}. ${SHELLING}`, { at: Date.parse("2022-09-14") });
    expect(decideCopy(of("b", "missing"), [candidate(of("a", "killed"))])).toMatchObject({
      kind: "first",
      veto: { of: "a" },
    });
  });

  test("an empty item is a copy of nothing", () => {
    expect(decideCopy(item("b", ""), [candidate(item("a", ""))]).kind).toBe("first");
  });
});

test("a fingerprint stays small, however long the text", () => {
  const words = Array.from({ length: 1500 }, (_, place) => `Word${place % 977} counts ${place}, not Ilse.`).join(" ");
  const { keys, sketch } = item("a", words).fingerprint;
  const lists = Object.values(sketch).map((part) =>
    typeof part === "object" ? ("hashes" in part ? part.hashes.length : part.length) : 2,
  );
  expect(keys.length).toBeLessThanOrEqual(31);
  expect(4 * lists.reduce((sum, length) => sum + length, 0)).toBeLessThan(2048);
});
