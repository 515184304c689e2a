import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { packOf, readField } from "../../../src/domain/language/read-item.ts";

const packs = loadLanguages(fileURLToPath(new URL("../../../config", import.meta.url)));

function sentencesOf(iso: string, text: string): string[] {
  return readField("text", text, packOf(iso, packs)).sentences.map(({ start, end }) => text.slice(start, end));
}

/** Each text as the sentences that it must fall into. */
const TEXTS: readonly (readonly [string, readonly string[]])[] = [
  ["en", ["Gen. Adams met Mr. Lee at 9 a.m. on Monday.", "The U.S. Army left.", "Why?"]],
  ["en", ["It began at 8 p.m.", "The town of 3.5 thousand slept."]],
  ["en", ["“Stop!” he said.", "He left (at once!).", "Then silence…"]],
  ["en", ["See example.org for v2.1 of the list.", "Done."]],
  ["fr", ["M. Martin et Mme Petit sont arrivés à 8 h 30.", "« C'est fini ! » a-t-il dit.", "Fin."]],
  ["ru", ["В 2020 г. на 1,5 тыс. кв. км жили 25 тыс. человек.", "А. И. Петров приехал.", "«Хватит!» — сказал он."]],
  ["ru", ["Это случилось в 2020 г.", "В городе тихо."]],
  ["tr", ["Gol 89. dakikada geldi.", "Sayı 71 oldu.", "2. Ordu döndü."]],
  ["az", ["Prof. Əliyev 20.00-da gəldi.", "Say 71-dir.", "Son."]],
  ["hy", ["Զոհվել է հինգ մարդ:", "Ժամը 20:00-ին՝ լռություն։", "Վերջ։"]],
  ["hy", ["Ի՞նչ է եղել։", "Ոչինչ:"]],
  ["ar", ["قال د. سالم إن الهدنة صامدة.", "هل انتهت؟", "لا، بحسب 3.5 تقدير."]],
  ["ka", ["ომი დასრულდა.", "სოფელი მშვიდია."]],
  ["de", ["Am 3. Mai kam Dr. Weber.", "Er ging."]],
  ["xx", ["One 3.5 two.", "Three."]],
];

describe("sentences", () => {
  it.each(TEXTS)("%s %j", (iso, sentences) => {
    expect(sentencesOf(iso, sentences.join(" "))).toEqual(sentences);
  });

  it("ends a sentence at every line break, as headlines and captions have no stop", () => {
    expect(sentencesOf("en", "Truce holds\nPhoto: a bridge\r\n\r\nThe guns are silent.")).toEqual([
      "Truce holds",
      "Photo: a bridge",
      "The guns are silent.",
    ]);
  });

  it("covers every token once, in order", () => {
    const { tokens, sentences } = readField("text", "A. b! C\nd e. F", packOf("en", packs));
    let next = 0;
    for (const { first, last } of sentences) {
      expect(first).toBe(next);
      next = last;
    }
    expect(next).toBe(tokens.length);
  });
});
