import type { Item } from "../item.ts";
import { foldText } from "./folding.ts";
import type { LanguagePack, LanguagePacks } from "./language-pack.ts";
import { readNumbers } from "./numbers.ts";
import type { FieldName, FieldReading, Reading } from "./reading.ts";
import { splitSentences } from "./sentences.ts";
import { tokenize } from "./tokens.ts";

/** The pack of a language, or the one that reads digits and names alone. */
export function packOf(lang: string, packs: LanguagePacks): LanguagePack {
  return packs.byIso.get(lang) ?? packs.other;
}

/**
 * Reads an item once: its language, and of each field that is not empty the tokens, sentences and numbers.
 * The feed's language is a hint; a text that clearly speaks another language is read in that one.
 */
export function readItem(item: Item, packs: LanguagePacks): Reading {
  const lang = packs.detect(`${item.title}\n${item.text}`, item.lang);
  const pack = packOf(lang, packs);
  const fields: FieldReading[] = [];
  if (item.title !== "") fields.push(readField("title", item.title, pack));
  if (item.text !== "") fields.push(readField("text", item.text, pack));
  return { lang, fields };
}

/** Reads one field in a known language. */
export function readField(field: FieldName, original: string, pack: LanguagePack): FieldReading {
  const tokens = tokenize(foldText(original), pack.writing);
  const sentences = splitSentences(tokens, original, pack.writing);
  return { field, original, tokens, sentences, numbers: readNumbers(tokens, original, pack.numbers) };
}
