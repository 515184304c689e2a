import { MEASURES } from "../../../domain/claims/claim.ts";
import { dayText } from "../../words/dates.ts";
import { claimWords } from "../claims/claim-words.ts";
import { countedText } from "../claims/counted-words.ts";
import type { Namer } from "../claims/use-labels.ts";
import { words } from "./words.ts";

/** Why a rule decided, as the domain says it, in Arabic; what is missing here is shown as it came. */
export const REASONS_ARABIC: Readonly<Record<string, string>> = {
  // whose people or land
  "the sum of the two sides' numbers": "مجموع عددي الطرفين",
  "the sentence speaks of another theatre": "تتحدث الجملة عن ساحة أخرى",
  "they are called martyrs": "يوصفون بالشهداء",
  "listed with a figure of this party": "ذُكر مع رقم لهذا الطرف",
  "the name right before": "الاسم الذي يسبقه مباشرة",
  "a side reports its own people": "طرف يتحدث عن أفراده",
  "who accuses speaks of its own people": "من يتّهم يتحدث عن أفراده",
  "the sentence names no other side": "لا تسمي الجملة طرفًا آخر",
  "the people of disputed land": "أهل الأرض المتنازع عليها",
  "the sentence before names this side alone": "الجملة السابقة تسمي هذا الطرف وحده",
  "the side that speaks in the sentence before": "الطرف المتحدث في الجملة السابقة",
  "no side is named, in media of this side": "لم يُسمَّ طرف، والوسيلة من هذا الطرف",
  "the item names no other side": "لا تسمي المادة طرفًا آخر",
  "no side is named, so the number counts both": "لم يُسمَّ طرف، فالعدد للطرفين معًا",
  "no side of the story is named": "لم يُسمَّ أي من طرفي القصة",
  "both sides stand with the counted people": "الطرفان مذكوران مع المعدودين",
  "the place that opens the sentence": "المكان الذي تبدأ به الجملة",
  "both sides are named together": "ذُكر الطرفان معًا",
  "both sides are the subject": "الطرفان هما الفاعل",
  "each side's number stands behind its name": "عدد كل طرف يلي اسمه",
  "the counted people are named so": "هكذا سُمّي المعدودون",
  "the words say both sides together": "تقول العبارة إن الطرفين معًا",
  "the land is named so": "هكذا سُمّيت الأرض",
  "the land that the baseline follows": "الأرض التي يتابعها خط الأساس",
  "the name before a listed number": "الاسم الذي يسبق عددًا في قائمة",
  "a name stands beside the words that count": "اسم بجوار عبارة العدّ",
  "they fell against the other side": "سقطوا في مواجهة الطرف الآخر",
  "the people are those of the subject or speaker": "المعدودون من أفراد الفاعل أو المتحدث",
  "the people are the enemy of the subject or speaker": "المعدودون من خصوم الفاعل أو المتحدث",
  "the subject of the sentence": "فاعل الجملة",
  "the party that the baseline follows": "الطرف الذي يتابعه خط الأساس",
  "the party whose bodies the baseline follows": "الطرف الذي يتابع خط الأساس جثامينه",
  "the side that receives them": "الطرف الذي يتسلمهم",
  "the side that hands over or holds the other's people": "الطرف الذي يسلّم أفراد الآخر أو يحتجزهم",
  "a side speaks of the people that the baseline follows": "طرف يتحدث عمن يتابعهم خط الأساس",
  "the sides are named in this order": "سُمّي الطرفان بهذا الترتيب",
  "the side named before": "الطرف المسمّى قبله",
  "a rounding of the number that the item gives": "تقريب للعدد الذي يذكره الخبر",
  "a part of it is said to be one side's": "قيل عن جزء منه إنه لأحد الطرفين",
  "the figures of the sentence before count this side": "أرقام الجملة السابقة لهذا الطرف",
  "it goes on with a figure of this party": "يواصل رقمًا لهذا الطرف",
  "found, not handed over: of the party counted before": "عُثر عليهم ولم يُسلَّموا: للطرف المعدود قبلهم",
  // what a number is in its text
  "the size of a country": "مساحة بلد",
  "the value that a change started from": "القيمة التي بدأ منها التغيير",
  "some of those counted before": "بعض من عُدّوا من قبل",
  "some of the whole named first": "بعض المجموع المذكور أولًا",
  "in brackets behind the number that it is part of": "بين قوسين بعد العدد الذي هو جزء منه",
  "land besides what was taken now": "أرض غير ما أُخذ الآن",
  "a pronoun stands for the side named before": "ضمير يعود على الطرف المسمّى قبله",
  "the words beside the number": "العبارة المجاورة للعدد",
  "listed with a part of the whole": "ذُكر مع جزء من المجموع",
  "said earlier than another value of the item": "قيل قبل قيمة أخرى في المادة",
  "it happened before the story began": "وقع قبل بداية القصة",
  "it adds up both sides": "يجمع الطرفين",
  "it is the present count": "هو العدد الحالي",
  // what it is about
  "the item is not about the story": "المادة لا تتعلق بالقصة",
  "the people or land of another party": "أفراد أو أرض لجهة أخرى",
  "published before the story began": "نُشر قبل بداية القصة",
  "published since the story began, and the text gives no earlier time": "نُشر منذ بداية القصة، ولا يذكر النص وقتًا أسبق",
  "no time is given": "لم يُذكر وقت",
  "the time is said of another number": "الوقت المذكور لعدد آخر",
  // what is no figure
  "it counts things, not people or land": "يعدّ أشياء، لا أشخاصًا ولا أرضًا",
  "more that is still to come": "مزيد لم يقع بعد",
  "no words near it say what it measures": "لا عبارة قريبة منه تقول ما الذي يقيسه",
  "so many numbers in one sentence are a table": "كثرة الأعداد في جملة واحدة تعني أنها جدول",
};

/** Reasons that carry something of the text, with their Arabic. */
const PATTERNS: readonly (readonly [RegExp, (found: readonly string[], names: Namer) => string])[] = [
  [/^published on (\d{4}-\d{2}-\d{2})$/, ([day = ""]) => `نُشر في ${dayText("ar", day)}`],
  [
    /^published (\d{4}-\d{2}-\d{2}), no date in the text$/,
    ([day = ""]) => `نُشر في ${dayText("ar", day)} ولا تاريخ في النص`,
  ],
  [/^by position and day of publication \((.+)\)$/, ([day = ""]) => `بحسب الموقف ويوم النشر (${day})`],
  [/^signs of (.+)$/, ([event = ""], names) => `دلائل على: ${names.topic(event)}`],
  [/^the clause says that it is (.+)$/, ([role = ""]) => `تقول العبارة إنه: ${claimWords.ar.roles[role] ?? role}`],
  [
    /^it is an? (.+)$/,
    ([reason = ""]) => `هو: ${(words.ar.reasons as Readonly<Record<string, string>>)[reason] ?? reason}`,
  ],
];

const COUNT = new RegExp(`^(${MEASURES.join("|")}) of (armenia|azerbaijan|both|other)(?:, (.+))?$`);

/**
 * One reason of a rule in Arabic; null where it is unknown, as the words of a text are. Words that follow a count stay
 * as they are.
 */
export function arabicReason(reason: string, names: Namer): string | null {
  const known = REASONS_ARABIC[reason];
  if (known !== undefined) return known;
  const [, measure, party, when] = COUNT.exec(reason) ?? [];
  if (measure !== undefined && party !== undefined) {
    const counted = countedText("ar", { measure, party, civilian: null });
    return when === undefined ? counted : `${counted}، ${arabicReason(when, names) ?? `«\u2068${when}\u2069»`}`;
  }
  for (const [pattern, say] of PATTERNS) {
    const found = pattern.exec(reason);
    if (found !== null) return say(found.slice(1), names);
  }
  return null;
}

/** What a rule is called in Arabic: what it read; null where it is unknown. */
export function arabicRule(rule: string, names: Namer): string | null {
  if (rule === "not a figure") return "ليس رقمًا";
  const [, topic, position] = /^statement (\S+) (\S+)$/.exec(rule) ?? [];
  if (topic !== undefined && position !== undefined) return `${names.topic(topic)}: ${names.position(position)}`;
  return COUNT.test(rule) ? arabicReason(rule, names) : null;
}

/** What weighs for or against a story, in Arabic: the groups of cues of its configuration and who is named. */
export const FACTORS_ARABIC: Readonly<Record<string, string>> = {
  "both sides": "الطرفان",
  "one side": "أحد الطرفين",
  "both sides in the title": "الطرفان في العنوان",
  contested: "أماكن متنازع عليها",
  "the language of a side": "لغة أحد الطرفين",
  "neither side": "لا أحد من الطرفين",
  involved: "جهات معنية",
  elsewhere: "نزاعات أخرى",
  "published in the window": "نُشر ضمن فترة القصة",
  named: "أسماء النزاع",
  fighting: "القتال",
  shelling: "القصف",
  truce: "الهدنة",
  soldiers: "العسكريون",
  losses: "الخسائر",
  toll: "الحصيلة",
  captives: "الأسرى",
  territory: "الأراضي",
  people: "السكان",
  mines: "الألغام",
  observers: "المراقبون",
  civilians: "المدنيون",
  diplomacy: "الدبلوماسية",
  leaders: "القادة",
  ankara: "موقف أنقرة",
  sides: "الأطراف",
  sport: "الرياضة",
  shows: "العروض والثقافة",
  energy: "الطاقة",
  climate: "المناخ",
  genocide: "الإبادة الجماعية",
  disaster: "الكوارث",
  politics: "السياسة الداخلية",
  routine: "شؤون معتادة",
  abroad: "بعثات في الخارج",
};
