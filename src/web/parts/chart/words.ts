import { defineWords, type PluralForms } from "../../words/words.ts";

export const words = defineWords({
  en: {
    points: { one: "# observation", other: "# observations" } as PluralForms,
    keys: "Arrow keys move from one to the next; Enter opens its evidence.",
    baseline: "Baseline",
  },
  ar: {
    points: {
      zero: "لا مشاهدات",
      one: "مشاهدة واحدة",
      two: "مشاهدتان",
      few: "# مشاهدات",
      many: "# مشاهدة",
      other: "# مشاهدة",
    },
    keys: "تنقلك مفاتيح الأسهم بينها، ويفتح مفتاح الإدخال دليلها.",
    baseline: "خط الأساس",
  },
});
