import { defineWords } from "../../words/words.ts";

export const words = defineWords({
  en: {
    lists: {
      kinds: "Kind",
      events: "About",
      parties: "Party",
      languages: "Language",
      sources: "Source",
      stories: "Story",
    },
    parties: { armenia: "Armenia", azerbaijan: "Azerbaijan", both: "Both sides", other: "Others" } as Readonly<
      Record<string, string>
    >,
    severity: "Severity",
    severityFrom: (severity: string) => `${severity} and above`,
    confidence: "Confidence",
    confidenceFrom: (percent: number) => `${percent}% and above`,
    any: "any",
  },
  ar: {
    lists: {
      kinds: "النوع",
      events: "الموضوع",
      parties: "الطرف",
      languages: "اللغة",
      sources: "المصدر",
      stories: "القصة",
    },
    parties: { armenia: "أرمينيا", azerbaijan: "أذربيجان", both: "الطرفان", other: "آخرون" },
    severity: "الأهمية",
    severityFrom: (severity: string) => `${severity} فأعلى`,
    confidence: "الثقة",
    confidenceFrom: (percent: number) => `${percent}٪ فأكثر`,
    any: "الكل",
  },
});
