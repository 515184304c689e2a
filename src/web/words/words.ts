import { type Language, useLanguage } from "./language.ts";

/** The words of a part of the interface, in every language; a text with a number in it is a function. */
export type Words<W> = Readonly<Record<Language, W>>;

/** Declares the words of a page: the compiler holds that Arabic has all that English has, and nothing else. */
export function defineWords<W extends object>(words: { readonly en: W; readonly ar: NoInfer<W> }): Words<W> {
  return words;
}

/** The words in the language of the interface. */
export function useWords<W>(words: Words<W>): W {
  return words[useLanguage()];
}

/** The forms of a counted word; English needs `one` and `other`, Arabic all. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

const RULES: Readonly<Record<Language, Intl.PluralRules>> = {
  en: new Intl.PluralRules("en"),
  ar: new Intl.PluralRules("ar"),
};

/** `counted("en", 3, { one: "# item", other: "# items" })` → "3 items". */
export function counted(language: Language, count: number, forms: PluralForms): string {
  const form = forms[RULES[language].select(count)] ?? forms.other;
  return form.replace("#", NUMBERS[language].format(count));
}

/** Western digits in both languages: figures stand beside quotes and must read alike. */
const NUMBERS: Readonly<Record<Language, Intl.NumberFormat>> = {
  en: new Intl.NumberFormat("en"),
  ar: new Intl.NumberFormat("ar-u-nu-latn"),
};

export function numberText(language: Language, value: number): string {
  return NUMBERS[language].format(value);
}

/** A share of 0 to 1: "85%". */
export function percentText(language: Language, share: number): string {
  const percent = Math.round(share * 100);
  return language === "ar" ? `${percent}٪` : `${percent}%`;
}
