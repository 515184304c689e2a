import { type Language, useLanguage } from "./language.ts";

const NAMES = new Map<Language, Intl.DisplayNames>();

/** The name of a language in the language of the interface: "hy" → "Armenian". */
export function useLanguageName(): (lang: string) => string {
  const language = useLanguage();
  return (lang) => {
    const names = NAMES.get(language) ?? new Intl.DisplayNames(language, { type: "language", fallback: "code" });
    NAMES.set(language, names);
    try {
      return names.of(lang) ?? lang;
    } catch {
      return lang;
    }
  };
}
