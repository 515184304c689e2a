import type { CodedShown } from "../../../api/coded-reason.ts";
import type { DecisionRule } from "../../../domain/baseline/decision.ts";
import type { Language } from "../../words/language.ts";
import { reasonText } from "../reasons/reason-text.ts";

/** Why alerts are raised, as the domain says it, in Arabic; what is missing here is shown as it came. */
export const BECAUSE_ARABIC: Readonly<Record<string, string>> = {
  "the same side gives a higher number": "الطرف نفسه يذكر رقمًا أعلى",
  "the same side corrects its number": "الطرف نفسه يصحح رقمه",
  "the same side gives a lower number later": "الطرف نفسه يذكر لاحقًا رقمًا أدنى",
  "the first number that the baseline lacks": "أول رقم لا يرد في خط الأساس",
  "the first number that the baseline lacks, nobody named": "أول رقم لا يرد في خط الأساس، من دون تسمية قائله",
  "a report gives a higher number without saying whose it is": "خبر يذكر رقمًا أعلى من دون أن ينسبه إلى أحد",
  "another side gives the first number": "طرف آخر يذكر أول رقم",
  "another side gives another number for the same count": "طرف آخر يذكر رقمًا مختلفًا للحصيلة نفسها",
  "a side denies a number that is reported": "طرف ينفي رقمًا متداولًا",
  "the side whose count it is denies the number": "صاحب الحصيلة ينفي الرقم",
  "the side whose count it is now gives a lower number": "صاحب الحصيلة يذكر الآن رقمًا أدنى",
  "the side whose count it is gives the number that another had given": "صاحب الحصيلة يذكر الرقم الذي ذكره غيره من قبل",
  "one source alone jumps far above what is reported; not taken over until another confirms it":
    "مصدر واحد يقفز بالرقم كثيرًا فوق المتداول؛ لا يُعتمد حتى يؤكده مصدر آخر",
  "a source that is believed alone gives the same number": "مصدر موثوق بمفرده يذكر الرقم نفسه",
  "independent sources give the same number": "مصادر مستقلة تذكر الرقم نفسه",
  "the headline gives another number than the text": "العنوان يذكر رقمًا غير الذي في النص",
  "the number was changed inside a published item": "غُيّر الرقم داخل مادة منشورة",
  "the position was changed inside a published item": "غُيّر الموقف داخل مادة منشورة",
  "things have come further": "تقدمت الأمور خطوة أخرى",
  "the same side takes another position": "الطرف نفسه يتخذ موقفًا آخر",
  "the first position that the baseline lacks": "أول موقف لا يرد في خط الأساس",
};

const DECISIONS_ARABIC: Readonly<Record<DecisionRule, string>> = {
  "another-story": "لا يتعلق بأي حدث من أحداث هذه القصة",
  background: "يروي خلفية لا ما يجري الآن",
  "no-measure": "المعدود ليس من المقاييس المتابَعة",
  "another-party": "يعدّ أشخاصًا من غير الطرفين",
  overtaken: "قُرئت قبله نسخة أحدث من المادة نفسها",
  "both-sides": "يجمع الطرفين معًا فلا يدل على أي منهما",
  "outside-window": "نُشر أو وقع خارج فترة القصة",
  "no-number": "لا يذكر رقمًا يمكن مقارنته",
  "role-previous": "النص نفسه يورده على أنه الرقم السابق",
  "role-component": "هو جزء من حصيلة",
  "role-combined": "هو مجموع عدة حصائل",
  "role-background": "يروي خلفية لا ما يجري الآن",
  "denied-unreported": "الرقم المنفي ليس هو المتداول",
  "another-number-counts": "الخبر نفسه يذكر رقمًا آخر لهذه الحصيلة، وهو المعتمد",
  "step-of-total": "الخبر يذكر المجموع، فلا تضيف الزيادة شيئًا",
  "step-known": "حُسبت هذه الزيادة من قبل",
  "older-than-baseline": "نُشر قبل خط الأساس فلا يغيره",
  "repeats-standing": "يكرر ما هو متداول",
  "known-before": "الرقم معروف من قبل، وقد تجاوزه المتداول",
  "baseline-variant": "خط الأساس يعرف هذا الرقم الآخر للحصيلة نفسها",
  "lower-is-old": "الرقم الأدنى من دون عبارة تصحيح رقم قديم",
  "own-lower": "المتحدث نفسه ذكر من قبل رقمًا أعلى",
  "contradicts-nothing": "«ما لا يقل عن» أو «أكثر من» رقم أدنى لا يناقض شيئًا",
  implausible: "بعيد جدًا حتى لا يكون إلا عن حدث آخر",
  rounding: "لا يختلف عن المتداول إلا بالتقريب",
  "unnamed-rounding": "رقم مقرّب لم ينسب إلى أحد ليس خبرًا",
  "outlier-waits": "مصدر إضافي لرقم ما زال ينتظر التأكيد",
  "told-already": "اعتُمد الرقم، وقد أُبلغ عنه من قبل",
  "topic-over": "انتهى هذا الموضوع، والأخبار اللاحقة تروي تاريخه",
  "no-say": "الجهة المتحدثة ليس لها موقف خاص في هذا الموضوع",
  "nobody-named": "مثل هذا الموقف لا يُحتسب إلا منسوبًا إلى شخص أو جهة مسماة",
  "another-position-counts": "الخبر نفسه يذهب أبعد، وذلك الموقف هو المعتمد",
  "position-stands": "الموقف قائم أصلًا",
  "position-old": "الموقف أقدم من القائم، أو عاد بعد وقت قصير جدًا",
  "hearsay-waits": "لم يُسمَّ قائله، والمصادر التي تذكره قليلة",
  "figure-tells": "رقم في الخبر نفسه يدل عليه",
  "known-of-others": "جهة ثالثة تكرر ما يورده خط الأساس عن غيرها",
};

/**
 * Why an alert was raised, in the language of the interface; `lang` is that of the words given.
 * @param coded as the API has it of alerts about the running of the service; those about claims have none.
 */
export function becauseText(
  language: Language,
  because: string,
  coded: CodedShown,
): { readonly text: string; readonly lang: Language } {
  const arabic = language === "ar" ? BECAUSE_ARABIC[because] : undefined;
  return arabic === undefined ? reasonText(language, { text: because, coded }) : { text: arabic, lang: "ar" };
}

/** Why a claim raised no alert. */
export function decisionText(
  language: Language,
  { rule, because }: { readonly rule: string; readonly because: string },
): { readonly text: string; readonly lang: Language } {
  const arabic = language === "ar" ? DECISIONS_ARABIC[rule as DecisionRule] : undefined;
  return arabic === undefined ? { text: because, lang: "en" } : { text: arabic, lang: "ar" };
}
