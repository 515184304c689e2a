import { describe, expect, it } from "vitest";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { loadStory } from "../../../src/config/load-story.ts";
import { findItemEntities } from "../../../src/domain/classify/entities.ts";
import { judgeRelevance, type Relevance } from "../../../src/domain/classify/relevance.ts";
import { readItem } from "../../../src/domain/language/read-item.ts";
import { OTHER_SUBJECTS } from "./other-subjects.ts";
import { STORY_SUBJECTS } from "./story-subjects.ts";

const packs = loadLanguages("config");
const story = loadStory("config", "armenia-azerbaijan");

function judge(lang: string, title: string, text: string): Relevance {
  const reading = readItem({ id: "1", title, text, published: "2022-09-16", lang }, packs);
  return judgeRelevance(reading, findItemEntities(reading, story), story, "2022-09-16");
}

describe("an item about another subject stays out", () => {
  it.each(OTHER_SUBJECTS)("%s %s", (lang, title, text) => {
    const said = judge(lang, title, text);
    expect(said.relevant, said.evidence.join(", ")).toBe(false);
  });
});

describe("an item about the conflict is found", () => {
  it.each(STORY_SUBJECTS)("%s %s", (lang, title, text) => {
    const said = judge(lang, title, text);
    expect(said.relevant, `${said.score} ${said.evidence.join(", ")}`).toBe(true);
  });
});

describe("the words that decided", () => {
  it("stand in the item as given", () => {
    const text = "Азербайджан передал Армении тела 32 военнослужащих.";
    const { evidence } = judge("ru", "", text);
    expect(evidence.length).toBeGreaterThan(2);
    for (const words of evidence) expect(text).toContain(words);
  });

  it("are those against the story when the item is not its own", () => {
    const { score, evidence } = judge("en", "Armenia draw with Azerbaijan", "The football match in Baku ended 1-1.");
    expect(score).toBeLessThan(0.5);
    expect(evidence).toContain("football");
  });

  it("do not come from the name of an agency in brackets", () => {
    expect(
      judge("en", "", "Troops clash with rebels on the border, dozens are dead. (Azeri Press Agency)").relevant,
    ).toBe(false);
  });
});
