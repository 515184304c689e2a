import { createContext } from "preact";
import { useContext } from "preact/hooks";

export type Language = "en" | "ar";

export const DIRECTIONS: Readonly<Record<Language, "ltr" | "rtl">> = { en: "ltr", ar: "rtl" };

/** Each language in its own name. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", ar: "العربية" };

const COOKIE = "rasid_language";
const YEAR_SECONDS = 365 * 24 * 3600;

/** The language that the document was served in: the reader's choice, or the browser's wish. */
export function servedLanguage(): Language {
  return document.documentElement.lang === "ar" ? "ar" : "en";
}

/** Remembers the choice and turns the document. */
export function rememberLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${COOKIE}=${language}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  document.documentElement.lang = language;
  document.documentElement.dir = DIRECTIONS[language];
}

export const LanguageContext = createContext<Language>("en");

/** The language of the interface. */
export function useLanguage(): Language {
  return useContext(LanguageContext);
}
