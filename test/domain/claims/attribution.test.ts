import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { loadStory } from "../../../src/config/load-story.ts";
import { readSpeakers } from "../../../src/domain/claims/attribution.ts";
import { readContext } from "../../../src/domain/read-context.ts";

const root = join(import.meta.dirname, "../../..");
const packs = loadLanguages(join(root, "config"));
const story = loadStory(join(root, "config"), "armenia-azerbaijan");

/** Who asserts what stands at `words` in the text (or the title). */
function speakerOf(lang: string, text: string, words: string, title = ""): string {
  const context = readContext({ id: "x", title, text, published: "2022-09-16", lang }, { packs, story });
  const field = context.fields.find(({ reading }) => reading.original.includes(words))!;
  const { tokens, original, field: name } = field.reading;
  const at = original.indexOf(words);
  const first = tokens.findIndex((token) => token.end > at);
  const last = tokens.findIndex((token) => token.end >= at + words.length) + 1;
  return readSpeakers(context)(name, first, last).speaker;
}

const CASES: readonly [lang: string, text: string, words: string, speaker: string][] = [
  ["en", "Pashinyan told parliament that 105 soldiers had been killed.", "105 soldiers", "pashinyan"],
  ["en", "At least 105 soldiers were killed, according to Nikol Pashinyan.", "105 soldiers", "pashinyan"],
  ["en", "Armenia said 49 soldiers died; Azerbaijan said it lost 50.", "49 soldiers", "armenia"],
  ["en", "Armenia said 49 soldiers died; Azerbaijan said it lost 50.", "lost 50", "azerbaijan"],
  ["en", "“We lost 49 men,” Pashinyan said. “It may not be the final number.”", "not be the final", "pashinyan"],
  [
    "en",
    "Azerbaijan's Defence Ministry reported 71 dead. The fighting began on Tuesday near Jermuk, in Armenia.",
    "began on Tuesday",
    "-",
  ],
  ["ru", "Пашинян заявил о 118 погибших. Ранены еще 40 человек. Бои шли двое суток.", "40 человек", "pashinyan"],
  ["ru", "Пашинян заявил о 118 погибших. Ранены еще 40 человек. Бои шли двое суток.", "Бои шли", "-"],
  ["fr", "Selon Bakou, 64 soldats sont morts. Les combats ont cessé. La trêve tient.", "La trêve", "-"],
  [
    "en",
    "The Armenian ombudsman Kristinne Grigoryan reported one civilian death.",
    "one civilian",
    "kristinne-grigoryan",
  ],
  ["en", "Azerbaijan's defence ministry published a list of 64 servicemen killed.", "64", "azerbaijan-mod"],
  ["en", "The Azerbaijani defence ministry has released the names of 64 fallen soldiers.", "64", "azerbaijan-mod"],
  ["en", "Azerbaijan's defence ministry lists 64 servicemen killed.", "64", "azerbaijan-mod"],
  ["en", "Baku is ready to return 64 dead soldiers to Yerevan, its foreign ministry said.", "64", "azerbaijan-mfa"],
  [
    "en",
    "Azerbaijan's defence ministry spoke of fighting with Armenia. The defence ministry said its losses had reached 64.",
    "64",
    "azerbaijan-mod",
  ],
  ["en", "Armenia's defence ministry corrected its toll to 118 dead.", "118", "armenia-mod"],
  ["en", "Azerbaijan has released 5 prisoners.", "5 prisoners", "-"],
  ["ru", "Минобороны Азербайджана опубликовало имена 64 погибших солдат.", "64", "azerbaijan-mod"],
  ["ru", "Министерство обороны Азербайджана обнародовало список 64 погибших.", "64", "azerbaijan-mod"],
  ["ru", "Баку оценил свои потери в 64 человека.", "64", "azerbaijan"],
  ["uk", "Міноборони Азербайджану оприлюднило список із 64 загиблих.", "64", "azerbaijan-mod"],
  ["ar", "نشرت وزارة الدفاع الأذربيجانية قائمة بأسماء 64 عسكريا قتيلا.", "64", "azerbaijan-mod"],
  ["fr", "Erevan a recensé 118 tués et Bakou 64 tués.", "64", "-"],
  ["tr", "Azerbaycan Savunma Bakanlığı 64 şehidin listesini yayımladı.", "64", "azerbaijan-mod"],
  ["fr", "Bakou fait état de 64 soldats tués.", "64", "azerbaijan"],
  ["fr", "Le ministère azerbaïdjanais de la Défense a publié les noms de 64 tués.", "64", "azerbaijan-mod"],
  ["fr", "Erevan chiffre ses pertes à 64 soldats.", "64", "armenia"],
  ["az", "Azərbaycan Müdafiə Nazirliyi 64 şəhidin siyahısını dərc edib.", "64", "azerbaijan-mod"],
  ["hy", "Ադրբեջանի պաշտպանության նախարարությունը հրապարակել է 64 զոհվածի ցուցակ։", "64", "azerbaijan-mod"],
  ["en", "Armen Grigoryan said a truce was agreed. “It holds,” Grigoryan added.", "It holds", "armen-grigoryan"],
  ["en", "Pashinyan spoke in parliament. The prime minister said 105 had died.", "105 had died", "pashinyan"],
  ["ar", "قال رئيس وزراء أرمينيا باشينيان إن 118 جنديا قتلوا.", "118 جنديا", "pashinyan"],
  ["ar", "وفق وزارة الدفاع الأذربيجانية قتل 71 جنديا.", "71 جنديا", "azerbaijan-mod"],
  ["ar", "كان باشينيان قد أعلن مقتل 49 جنديا، وأعلنت أذربيجان مقتل 50 من جنودها.", "49 جنديا", "pashinyan"],
  ["ar", "كان باشينيان قد أعلن مقتل 49 جنديا، وأعلنت أذربيجان مقتل 50 من جنودها.", "50 من جنودها", "azerbaijan"],
  ["ru", "По данным Минобороны Азербайджана, погибли 71 военнослужащих.", "71 военнослужащих", "azerbaijan-mod"],
  [
    "ru",
    "Погибли 105 военных, сообщил в среду в парламенте премьер-министр Никол Пашинян.",
    "105 военных",
    "pashinyan",
  ],
  ["ru", "Погиб 71 военный, сообщили в Минобороны Азербайджана.", "71 военный", "azerbaijan-mod"],
  [
    "tr",
    "Azerbaycan Savunma Bakanlığı, Ermenistan'ın saldırısında 71 askerin öldüğünü bildirdi.",
    "71 askerin",
    "azerbaijan-mod",
  ],
  ["tr", "Paşinyan'a göre 105 asker öldü.", "105 asker", "pashinyan"],
  ["fr", "Selon Nikol Pachinian, 105 soldats ont été tués.", "105 soldats", "pashinyan"],
  ["fr", "Le ministère azerbaïdjanais de la Défense a fait état de 71 morts.", "71 morts", "azerbaijan-mod"],
  ["hy", "Փաշինյանի խոսքով՝ զոհվել է 105 զինծառայող։", "105 զինծառայող", "pashinyan"],
  ["hy", "Զոհվել է 105 զինծառայող, ասել է վարչապետ Նիկոլ Փաշինյանը։", "105 զինծառայող", "pashinyan"],
  ["az", "Azərbaycan Müdafiə Nazirliyi 71 hərbçinin şəhid olduğunu açıqlayıb.", "71 hərbçinin", "azerbaijan-mod"],
  ["az", "Paşinyanın sözlərinə görə, 105 hərbçi həlak olub.", "105 hərbçi", "pashinyan"],
];

describe("who asserts it", () => {
  for (const [lang, text, words, speaker] of CASES) {
    test(`${lang}: ${text} «${words}»`, () => {
      expect(speakerOf(lang, text, words)).toBe(speaker);
    });
  }

  test("a headline's label speaks", () => {
    expect(speakerOf("en", "More follows.", "105 soldiers", "Pashinyan: 105 soldiers killed")).toBe("pashinyan");
    expect(speakerOf("ru", "Подробности позже.", "135 человек", "Погибли 135 человек — Пашинян")).toBe("pashinyan");
  });

  test("nobody speaks where nobody is named", () => {
    expect(speakerOf("en", "At least 155 people were killed.", "155 people")).toBe("-");
  });
});
