import { describe, expect, test } from "vitest";
import { loadLabels } from "../../src/config/labels-schema.ts";
import { loadStory } from "../../src/config/load-story.ts";

const CONFIG = new URL("../../config", import.meta.url).pathname;
const story = loadStory(CONFIG, "armenia-azerbaijan");
const labels = loadLabels(CONFIG, "armenia-azerbaijan");

/** The ids that have no label in English or Arabic. */
function unnamed(ids: Iterable<string>, known: Record<string, Record<string, string>>): string[] {
  return [...new Set(ids)].filter((id) => !known[id]?.en || !known[id]?.ar);
}

describe("the labels of the story", () => {
  test("name everyone who may speak, and every side", () => {
    const speaking = [...story.entities.values()].filter(({ kind }) => kind !== "place" && kind !== "demonym");
    const sides = speaking.flatMap(({ side }) => (side === null ? [] : [side]));
    expect(unnamed([...speaking.map(({ id }) => id), ...sides], labels.entities)).toEqual([]);
  });

  test("name every position and speaker of the baseline", () => {
    const { events } = story.baseline;
    const claims = events.flatMap((event) => event.claims);
    const positions = claims.flatMap(({ position }) => (position === undefined ? [] : [position]));
    const ranked = events.flatMap(({ rank, stages }) => [...rank.keys(), ...stages]);
    expect(unnamed([...positions, ...ranked], labels.positions)).toEqual([]);
    const stated = events.filter((event) => event.kind !== "figure").map(({ id }) => id);
    expect(unnamed(stated, labels.topics)).toEqual([]);
    const speakers = claims.map(({ speaker }) => speaker).filter((speaker) => speaker !== "-");
    expect(unnamed(speakers, labels.entities)).toEqual([]);
  });

  test("are none for a story without the file", () => {
    expect(loadLabels(CONFIG, "nowhere")).toEqual({ title: {}, entities: {}, positions: {}, topics: {} });
  });
});
