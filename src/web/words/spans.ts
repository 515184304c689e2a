import type { Language } from "./language.ts";

/** A length of time in words: "15 minutes". */
export function spanText(language: Language, amount: number, unit: "second" | "minute" | "hour" | "day"): string {
  const locale = language === "ar" ? "ar-u-nu-latn" : "en";
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}
