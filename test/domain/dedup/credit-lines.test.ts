import { join } from "node:path";
import { expect, test } from "vitest";
import { loadCopyRules } from "../../../src/config/load-copy-rules.ts";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { markCreditLines } from "../../../src/domain/dedup/credit-lines.ts";
import { packOf, readField } from "../../../src/domain/language/read-item.ts";

const config = join(import.meta.dirname, "../../../config");
const { credits } = loadCopyRules(config);
const packs = loadLanguages(config);

/** What is left of a text without its credit lines. */
function report(lang: string, text: string): string {
  const field = readField("text", text, packOf(lang, packs));
  const marked = markCreditLines(field, credits);
  const kept = field.tokens.filter((_, index) => marked[index] === 0);
  return text.slice(kept[0]?.start ?? 0, kept.at(-1)?.end ?? 0);
}

test.each([
  ["en", "PORT HALLEN, Sept 19 (Reuters) - The ferry sank.", "The ferry sank."],
  ["en", "Hallen - The ferry sank at dawn.", "The ferry sank at dawn."],
  ["en", "By Press Association. The ferry sank at dawn.", "The ferry sank at dawn."],
  ["en", "By Ilse Brandt. The ferry sank at dawn.", "The ferry sank at dawn."],
  ["en", "The ferry sank at dawn. (AP)", "The ferry sank at dawn."],
  ["en", "The ferry sank at dawn. TASS", "The ferry sank at dawn."],
  ["en", "The ferry sank at dawn. Source: Interfax", "The ferry sank at dawn."],
  ["en", "The ferry sank at dawn. Reporting by Ilse Brandt; editing by Jan Moor.", "The ferry sank at dawn."],
  ["en", "The ferry sank at dawn. Read also: 71 dead in another place", "The ferry sank at dawn."],
  [
    "ru",
    "МОСКВА, 19 сентября. Паром затонул на рассвете. Источник: ТАСС",
    "МОСКВА, 19 сентября. Паром затонул на рассвете.",
  ],
  ["ru", "Паром затонул на рассвете. Читайте также: другое", "Паром затонул на рассвете."],
  ["fr", "(AFP) - Le ferry a coulé à l'aube.", "Le ferry a coulé à l'aube."],
  ["tr", "ANKARA (AA) - Feribot sabah battı.", "Feribot sabah battı."],
  ["ar", "هالن، 19 سبتمبر - غرقت العبارة فجرا.", "غرقت العبارة فجرا."],
  ["ar", "غرقت العبارة فجرا. (رويترز)", "غرقت العبارة فجرا."],
])("%s: «%s»", (lang, text, expected) => {
  expect(report(lang, text)).toBe(expected);
});

test.each([
  ["en", "The agency Reuters reported that the ferry sank (with 60 on board) at dawn."],
  ["en", "The toll - the highest so far - was given by a source in the ministry."],
  ["en", "Players of Birmingham City F.C. were questioned by police over the weekend in Hallen."],
  ["ru", "Источник в министерстве сообщил, что паром затонул."],
])("%s: leaves «%s» as it is", (lang, text) => {
  expect(report(lang, text)).toBe(text);
});
