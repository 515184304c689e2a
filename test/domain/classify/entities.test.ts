import { describe, expect, it } from "vitest";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { loadStory } from "../../../src/config/load-story.ts";
import { findItemEntities } from "../../../src/domain/classify/entities.ts";
import { readItem } from "../../../src/domain/language/read-item.ts";

const packs = loadLanguages("config");
const story = loadStory("config", "armenia-azerbaijan");

function names(lang: string, text: string, title = ""): string[] {
  const reading = readItem({ id: "1", title, text, published: null, lang }, packs);
  return findItemEntities(reading, story).flatMap((mentions) => mentions.map(({ entity }) => entity.id));
}

describe("one person in many spellings", () => {
  it.each([
    ["en", "Pashinian"],
    ["fr", "Nikol Pachinian"],
    ["tr", "Paşinyan'ın"],
    ["az", "Paşinyanın"],
    ["de", "Paschinjan"],
    ["ru", "Пашиняна"],
    ["ar", "لباشينيان"],
    ["ar", "باشنيان"],
    ["hy", "Փաշինյանի"],
    ["es", "Pashinián"],
  ])("%s %s", (lang, text) => {
    expect(names(lang, `${text} …`)).toEqual(["pashinyan"]);
  });
});

describe("the two sides in every form", () => {
  it.each([
    ["ar", "قالت أذربيجان", ["azerbaijan"]],
    ["ar", "وباذربيجان", ["azerbaijan"]],
    ["ar", "القوات الأذرية", ["azerbaijani"]],
    ["ar", "الجنود الأرمن", ["armenian"]],
    ["ru", "с Азербайджаном", ["azerbaijan"]],
    ["ru", "армянских военных", ["armenian"]],
    ["tr", "Ermenistan'ın Azerbaycan'a", ["armenia", "azerbaijan"]],
    ["fr", "de l'Azerbaïdjan", ["azerbaijan"]],
    ["hy", "ադրբեջանցի զինվոր", ["azerbaijani"]],
    ["hy", "Ադրբեջանի հետ", ["azerbaijan"]],
    ["az", "Ermənistanla", ["armenia"]],
    ["en", "Nagorno-Karabakh", ["karabakh"]],
  ])("%s %s", (lang, text, expected) => {
    expect(names(lang, text)).toEqual(expected);
  });
});

describe("what merely looks like a name", () => {
  it.each([
    ["en", "they told us the price of akar wood", []],
    ["en", "the US and the UN", ["us", "un"]],
    ["tr", "kapan bir kapı", []],
    ["fr", "un accord michel", []],
    ["ru", "тех, кто", []],
  ])("%s %s", (lang, text, expected) => {
    expect(names(lang, text)).toEqual(expected);
  });
});

describe("bearers of one surname", () => {
  it("the secretary when nobody else is named in full", () => {
    expect(names("en", "Grigoryan spoke on television.")).toEqual(["armen-grigoryan"]);
  });
  it("the ombudswoman when it is she who was named in full", () => {
    expect(names("en", "Ombudswoman Kristine Grigorian says so.", "Grigorian: 300 missing")).toEqual([
      "kristinne-grigoryan",
      "kristinne-grigoryan",
    ]);
  });
  it("each in their place when both are", () => {
    expect(names("ru", "Армен Григорян ответил. Анна Григорян возразила. Григорян добавила.")).toEqual([
      "armen-grigoryan",
      "anna-grigoryan",
      "anna-grigoryan",
    ]);
  });
});

describe("two councils", () => {
  it.each([
    ["ar", "أمين مجلس الأمن الأرميني", "armenia-security-council"],
    ["ar", "مجلس الأمن الدولي", "un-security-council"],
    ["ru", "Совет Безопасности ООН", "un-security-council"],
    ["ru", "секретарь Совбеза", "armenia-security-council"],
    ["tr", "BM Güvenlik Konseyi", "un-security-council"],
  ])("%s %s", (lang, text, expected) => {
    expect(names(lang, text)).toContain(expected);
  });
});
