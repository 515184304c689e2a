import type { Language } from "../../words/language.ts";

interface Counted {
  readonly measure: string;
  readonly party: string | null;
  readonly civilian: boolean | null;
}

const ENGLISH_NOUNS: Readonly<Record<string, string>> = {
  killed: "deaths",
  wounded: "wounded",
  missing: "missing",
  captured: "prisoners",
  bodies: "bodies",
  area_km2: "territory, km²",
  displaced: "displaced",
  other: "count",
};
const ENGLISH_PARTIES: Readonly<Record<string, string>> = {
  armenia: "Armenian",
  azerbaijan: "Azerbaijani",
  both: "both sides’",
  other: "other",
};
const ARABIC_NOUNS: Readonly<Record<string, readonly [string, string]>> = {
  killed: ["قتلى", "القتلى المدنيون"],
  wounded: ["جرحى", "الجرحى المدنيون"],
  missing: ["مفقودو", "المفقودون المدنيون"],
  captured: ["أسرى", "المحتجزون المدنيون"],
  bodies: ["جثامين", "جثامين المدنيين"],
  area_km2: ["أراضي", "أراضي"],
  displaced: ["نازحو", "نازحو"],
  other: ["حصيلة", "حصيلة المدنيين"],
};
const ARABIC_PARTIES: Readonly<Record<string, string>> = {
  armenia: "أرمينيا",
  azerbaijan: "أذربيجان",
  both: "الطرفين",
  other: "جهة أخرى",
};

/** What a figure counts: "Armenian civilian deaths". */
export function countedText(language: Language, { measure, party, civilian }: Counted): string {
  if (language === "ar") {
    const nouns = ARABIC_NOUNS[measure] ?? [measure, measure];
    const whose = ARABIC_PARTIES[party ?? "other"] ?? party ?? "";
    const separate = civilian && !["area_km2", "displaced"].includes(measure);
    return separate ? `${nouns[1]} (${whose})` : `${nouns[0]} ${whose}`;
  }
  const whose = ENGLISH_PARTIES[party ?? "other"] ?? party ?? "";
  const separate = civilian && !["area_km2", "displaced"].includes(measure);
  const text = `${whose} ${separate ? "civilian " : ""}${ENGLISH_NOUNS[measure] ?? measure}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
