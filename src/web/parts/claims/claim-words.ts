import { defineWords, type Words } from "../../words/words.ts";

type Named = Readonly<Record<string, string>>;

/** What claims are made of, in words. */
export const claimWords: Words<{
  readonly measures: Named;
  readonly qualifiers: Named;
  readonly roles: Named;
  readonly kinds: Named;
  readonly severities: Named;
  readonly tiers: Named;
  readonly civilians: string;
  readonly soldiers: string;
  readonly nobody: string;
  readonly happening: string;
  readonly units: Named;
  readonly notCounted: string;
}> = defineWords({
  en: {
    measures: {
      killed: "killed",
      wounded: "wounded",
      missing: "missing",
      captured: "captured",
      bodies: "bodies",
      area_km2: "km²",
      displaced: "displaced",
      other: "counted",
    } as Named,
    qualifiers: {
      exact: "",
      at_least: "at least",
      more_than: "more than",
      about: "about",
      nearly: "nearly",
      vague: "not counted",
    } as Named,
    roles: {
      current: "as it stands",
      previous: "an earlier count",
      increment: "a step",
      component: "a part",
      combined: "both sides together",
      denied: "denied",
      background: "background",
    } as Named,
    kinds: {
      "figure.revised": "Figure revised",
      "figure.disputed": "Figure disputed",
      "figure.new": "New figure",
      "figure.denied": "Figure denied",
      "statement.changed": "Position changed",
      "statement.new": "New position",
      "item.edited": "Item edited",
      "report.discrepancy": "Report contradicts itself",
      "alert.confirmed": "Confirmed",
      "alert.withdrawn": "Withdrawn",
      "feed.failing": "Feed failing",
      "feed.silent": "Feed silent",
      "endpoint.disabled": "Endpoint disabled",
    } as Named,
    severities: { low: "low", medium: "medium", high: "high", critical: "critical" } as Named,
    tiers: {
      1: "Tier 1: national agency or official body",
      2: "Tier 2: established media",
      3: "Tier 3: everyone else",
    } as Named,
    civilians: "civilians",
    soldiers: "soldiers",
    nobody: "nobody named",
    happening: "as reported",
    units: { area_km2: "km²" } as Named,
    notCounted: "no number given",
  },
  ar: {
    measures: {
      killed: "قتيلا",
      wounded: "جريحا",
      missing: "مفقودا",
      captured: "أسيرا",
      bodies: "جثمانا",
      area_km2: "كم²",
      displaced: "نازحا",
      other: "معدودا",
    },
    qualifiers: {
      exact: "",
      at_least: "ما لا يقل عن",
      more_than: "أكثر من",
      about: "نحو",
      nearly: "قرابة",
      vague: "بلا عدد محدد",
    },
    roles: {
      current: "قائم",
      previous: "حصيلة سابقة",
      increment: "زيادة",
      component: "جزء",
      combined: "مجموع الطرفين",
      denied: "منفي",
      background: "خلفية",
    },
    kinds: {
      "figure.revised": "تعديل رقم",
      "figure.disputed": "رقم متنازع عليه",
      "figure.new": "رقم جديد",
      "figure.denied": "نفي رقم",
      "statement.changed": "تغير موقف",
      "statement.new": "موقف جديد",
      "item.edited": "تعديل مادة منشورة",
      "report.discrepancy": "تناقض داخل الخبر",
      "alert.confirmed": "تأكيد",
      "alert.withdrawn": "سحب",
      "feed.failing": "مصدر متعطل",
      "feed.silent": "مصدر صامت",
      "endpoint.disabled": "إيقاف نقطة استلام",
    },
    severities: { low: "منخفضة", medium: "متوسطة", high: "عالية", critical: "حرجة" },
    tiers: {
      1: "الفئة 1: وكالة وطنية أو جهة رسمية",
      2: "الفئة 2: وسيلة إعلام راسخة",
      3: "الفئة 3: سواها",
    },
    civilians: "مدنيون",
    soldiers: "عسكريون",
    nobody: "من دون تسمية",
    happening: "كما ورد",
    units: { area_km2: "كم²" } as Named,
    notCounted: "من دون رقم",
  },
});
