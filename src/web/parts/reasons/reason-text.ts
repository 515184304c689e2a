import type { CodedShown } from "../../../api/coded-reason.ts";
import type { Language } from "../../words/language.ts";
import { RANGES_ARABIC, REASONS_ARABIC } from "./reason-words.ts";

/** A text of the API that says why something did not work, with its code. */
export interface Told {
  /** In English. */
  readonly text: string;
  readonly coded: CodedShown;
  /** The field of the request that it is about, where that must be said. */
  readonly field?: string;
}

/** Something that the API tells in two fields; null where there is nothing. */
export function toldOf(text: string | null | undefined, coded: CodedShown): Told | null {
  return text == null ? null : { text, coded };
}

/** What is told, in the language of the interface; `lang` is that of the words given. */
export function reasonText(
  language: Language,
  { text, coded }: Told,
): { readonly text: string; readonly lang: Language } {
  const arabic = language === "ar" && coded !== null ? arabicOf(coded) : null;
  return arabic === null ? { text, lang: "en" } : { text: arabic, lang: "ar" };
}

const SENTENCES: Readonly<Record<string, string>> = REASONS_ARABIC;

/** An address with the range that it belongs to: "10.0.0.1 (private)". */
const ADDRESS = /^([\d.:a-f]+) \(([\w ]+)\)$/i;

function arabicOf({ code, parameters, cause }: NonNullable<CodedShown>): string | null {
  const because = cause === undefined ? null : arabicOf(cause);
  return (
    SENTENCES[code]?.replace(/\{(\w+)\}/g, (place, name: string) => {
      if ((name === "reason" || name === "message") && because !== null) return because;
      const range = name === "name" ? ADDRESS.exec(parameters[name] ?? "") : null;
      if (range !== null) return `\u2068${range[1]}\u2069 (${RANGES_ARABIC[range[2] ?? ""] ?? range[2]})`;
      // What is written in another script keeps its own direction inside the sentence.
      return `\u2068${parameters[name] ?? place}\u2069`;
    }) ?? null
  );
}
