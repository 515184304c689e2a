import { defineWords, type PluralForms } from "../../words/words.ts";

export const words = defineWords({
  en: {
    points: { one: "# observation", other: "# observations" } as PluralForms,
    keys: "Arrow keys move from one to the next; Enter opens its evidence, or lists what lies at one place.",
    repeats: (count: string) => `and ${count} more that say the same`,
    all: "All observations, one by one",
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
    keys: "تنقلك مفاتيح الأسهم بينها، ويفتح مفتاح الإدخال دليلها أو قائمة ما يجتمع في موضع واحد.",
    repeats: (count: string) => `ومعها ${count} تقول الشيء نفسه`,
    all: "كل المشاهدات واحدة واحدة",
  },
});
