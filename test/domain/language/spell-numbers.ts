/**
 * Spells numbers out in seven languages, from the grammar of each and with no part of the reader: the tests read back
 * what this writes. Every speller takes 0 to 9,999,999 and gives all spellings that news use.
 */
export type Speller = (value: number) => string[];

const split = (value: number): { millions: number; thousands: number; rest: number } => ({
  millions: Math.floor(value / 1_000_000),
  thousands: Math.floor(value / 1000) % 1000,
  rest: value % 1000,
});
const words = (...parts: string[]): string => parts.filter((part) => part !== "").join(" ");
const unique = (spellings: string[]): string[] => [...new Set(spellings)];

// English

const EN_SMALL = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
  "eighteen nineteen"
).split(" ");
const EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

function english(value: number, and: string, hyphen: string): string {
  const below100 = (n: number): string => {
    if (n < 20) return EN_SMALL[n]!;
    return n % 10 === 0 ? EN_TENS[n / 10]! : `${EN_TENS[Math.floor(n / 10)]}${hyphen}${EN_SMALL[n % 10]}`;
  };
  const below1000 = (n: number): string => {
    if (n < 100) return below100(n);
    const hundreds = `${EN_SMALL[Math.floor(n / 100)]} hundred`;
    return n % 100 === 0 ? hundreds : words(hundreds, and, below100(n % 100));
  };
  const { millions, thousands, rest } = split(value);
  const high = words(
    millions ? `${below1000(millions)} million` : "",
    thousands ? `${below1000(thousands)} thousand` : "",
  );
  if (high === "") return below1000(rest);
  if (rest === 0) return high;
  return words(high, rest < 100 ? and : "", below1000(rest));
}

const spellEnglish: Speller = (value) =>
  unique([english(value, "and", "-"), english(value, "", "-"), english(value, "and", " ")]);

// French

const FR_SMALL =
  "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split(
    " ",
  );
const FR_TENS = [
  "",
  "",
  "vingt",
  "trente",
  "quarante",
  "cinquante",
  "soixante",
  "soixante",
  "quatre-vingt",
  "quatre-vingt",
];

function french(value: number, final: boolean, and: string): string {
  if (value < 20) return FR_SMALL[value]!;
  if (value < 100) {
    const ten = Math.floor(value / 10);
    const unit = ten === 7 || ten === 9 ? (value % 10) + 10 : value % 10;
    if (unit === 0) return value === 80 && final ? "quatre-vingts" : FR_TENS[ten]!;
    if ((unit === 1 || unit === 11) && ten < 8) return `${FR_TENS[ten]}${and}et${and}${FR_SMALL[unit]}`;
    return `${FR_TENS[ten]}-${FR_SMALL[unit]}`;
  }
  if (value < 1000) {
    const hundreds = Math.floor(value / 100);
    const cent = hundreds > 1 && value % 100 === 0 && final ? "cents" : "cent";
    return words(hundreds > 1 ? FR_SMALL[hundreds]! : "", cent, value % 100 ? french(value % 100, final, and) : "");
  }
  const { millions, thousands, rest } = split(value);
  return words(
    millions ? `${french(millions, true, and)} ${millions > 1 ? "millions" : "million"}` : "",
    thousands ? words(thousands > 1 ? french(thousands, false, and) : "", "mille") : "",
    rest ? french(rest, final, and) : "",
  );
}

/** The traditional spelling, the one of 1990 (hyphens throughout), and the regional tens. */
const spellFrench: Speller = (value) => {
  const traditional = french(value, true, " ");
  const regional = traditional.replace(/soixante-dix$/, "septante").replace(/quatre-vingt-dix$/, "nonante");
  return unique([traditional, french(value, true, "-"), traditional.replaceAll(" ", "-"), regional]);
};

// Russian: nominative, genitive, dative, instrumental, prepositional

const RU_UNITS: readonly string[][] = [
  ["ноль", "ноля", "нолю", "нолем", "ноле"],
  ["один", "одного", "одному", "одним", "одном"],
  ["два", "двух", "двум", "двумя", "двух"],
  ["три", "трёх", "трём", "тремя", "трёх"],
  ["четыре", "четырёх", "четырём", "четырьмя", "четырёх"],
  ...["пят", "шест", "сем", "восьм", "девят", "десят"].map((stem) => [
    stem === "восьм" ? "восемь" : `${stem}ь`,
    `${stem}и`,
    `${stem}и`,
    stem === "восьм" ? "восемью" : `${stem}ью`,
    `${stem}и`,
  ]),
  ..."одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат"
    .split(" ")
    .map((stem) => [`${stem}ь`, `${stem}и`, `${stem}и`, `${stem}ью`, `${stem}и`]),
];
const RU_TENS: readonly string[][] = [
  [],
  [],
  ["двадцать", "двадцати", "двадцати", "двадцатью", "двадцати"],
  ["тридцать", "тридцати", "тридцати", "тридцатью", "тридцати"],
  ["сорок", "сорока", "сорока", "сорока", "сорока"],
  ...["пят", "шест", "сем"].map((stem) => [
    `${stem}ьдесят`,
    `${stem}идесяти`,
    `${stem}идесяти`,
    `${stem}ьюдесятью`,
    `${stem}идесяти`,
  ]),
  ["восемьдесят", "восьмидесяти", "восьмидесяти", "восемьюдесятью", "восьмидесяти"],
  ["девяносто", "девяноста", "девяноста", "девяноста", "девяноста"],
];
const RU_HUNDREDS: readonly string[][] = [
  [],
  ["сто", "ста", "ста", "ста", "ста"],
  ["двести", "двухсот", "двумстам", "двумястами", "двухстах"],
  ["триста", "трёхсот", "трёмстам", "тремястами", "трёхстах"],
  ["четыреста", "четырёхсот", "четырёмстам", "четырьмястами", "четырёхстах"],
  ...["пят", "шест", "сем"].map((stem) => [
    `${stem}ьсот`,
    `${stem}исот`,
    `${stem}истам`,
    `${stem}ьюстами`,
    `${stem}истах`,
  ]),
  ["восемьсот", "восьмисот", "восьмистам", "восемьюстами", "восьмистах"],
  ["девятьсот", "девятисот", "девятистам", "девятьюстами", "девятистах"],
];
const RU_ONE_FEMININE = ["одна", "одной", "одной", "одной", "одной"];
const RU_THOUSAND = {
  one: ["тысяча", "тысячи", "тысяче", "тысячей", "тысяче"],
  many: ["тысяч", "тысяч", "тысячам", "тысячами", "тысячах"],
};
const RU_MILLION = {
  one: ["миллион", "миллиона", "миллиону", "миллионом", "миллионе"],
  many: ["миллионов", "миллионов", "миллионам", "миллионами", "миллионах"],
};

function russian(value: number, at: number, feminine: boolean): string {
  const below1000 = (n: number, asFeminine: boolean): string => {
    const small = n % 100 < 20 ? n % 100 : n % 10;
    const ten = n % 100 < 20 ? 0 : Math.floor((n % 100) / 10);
    const unit = small === 0 ? "" : asFeminine && small === 1 ? RU_ONE_FEMININE[at]! : RU_UNITS[small]![at]!;
    return words(
      n >= 100 ? RU_HUNDREDS[Math.floor(n / 100)]![at]! : "",
      ten ? RU_TENS[ten]![at]! : "",
      asFeminine && small === 2 && at === 0 ? "две" : unit,
    );
  };
  const counted = (n: number, noun: { one: string[]; many: string[] }): string => {
    const small = n % 100 < 20 ? n % 100 : n % 10;
    if (small === 1) return noun.one[at]!;
    return at === 0 && small >= 2 && small <= 4 ? noun.one[1]! : noun.many[at]!;
  };
  if (value === 0) return RU_UNITS[0]![at === 0 ? 0 : 1]!;
  const { millions, thousands, rest } = split(value);
  return words(
    millions ? words(below1000(millions, false), counted(millions, RU_MILLION)) : "",
    thousands
      ? words(thousands === 1 && at % 2 === 0 ? "" : below1000(thousands, true), counted(thousands, RU_THOUSAND))
      : "",
    rest ? below1000(rest, feminine) : "",
  );
}

const spellRussian: Speller = (value) =>
  unique([0, 1, 2, 3, 4].flatMap((at) => [russian(value, at, false), russian(value, at, true)]));

// Turkish and Azerbaijani

interface Turkic {
  readonly units: readonly string[];
  readonly tens: readonly string[];
  readonly hundred: string;
  readonly thousand: string;
  readonly million: string;
  readonly zero: string;
}
const TURKISH: Turkic = {
  zero: "sıfır",
  units: ["", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"],
  tens: ["", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"],
  hundred: "yüz",
  thousand: "bin",
  million: "milyon",
};
const AZERBAIJANI: Turkic = {
  zero: "sıfır",
  units: ["", "bir", "iki", "üç", "dörd", "beş", "altı", "yeddi", "səkkiz", "doqquz"],
  tens: ["", "on", "iyirmi", "otuz", "qırx", "əlli", "altmış", "yetmiş", "səksən", "doxsan"],
  hundred: "yüz",
  thousand: "min",
  million: "milyon",
};

function turkic(value: number, language: Turkic): string {
  const below1000 = (n: number): string =>
    words(
      n >= 200 ? language.units[Math.floor(n / 100)]! : "",
      n >= 100 ? language.hundred : "",
      language.tens[Math.floor((n % 100) / 10)]!,
      language.units[n % 10]!,
    );
  if (value === 0) return language.zero;
  const { millions, thousands, rest } = split(value);
  return words(
    millions ? `${below1000(millions)} ${language.million}` : "",
    thousands ? words(thousands > 1 ? below1000(thousands) : "", language.thousand) : "",
    below1000(rest),
  );
}

const BACK = "aıou";
/** The dative and ablative by vowel harmony: "beş" → "beşe", "altı" → "altıya", "üç" → "üçten". */
function turkicCases(spelled: string, front: string): string[] {
  const last = [...spelled].findLast((letter) => "aeəıioöuü".includes(letter))!;
  const harmony = BACK.includes(last) ? "a" : front;
  const vowel = "aeəıioöuü".includes(spelled.at(-1)!);
  const hard = "fstkçşhp".includes(spelled.at(-1)!);
  const softened = spelled.endsWith("dört") ? `${spelled.slice(0, -1)}d` : spelled;
  return [`${softened}${vowel ? "y" : ""}${harmony}`, `${spelled}${hard && front === "e" ? "t" : "d"}${harmony}n`];
}

const spellTurkish: Speller = (value) => {
  const spelled = turkic(value, TURKISH);
  return unique([spelled, spelled.replaceAll(" ", ""), ...(value > 10 ? turkicCases(spelled, "e") : [])]);
};
const spellAzerbaijani: Speller = (value) => {
  const spelled = turkic(value, AZERBAIJANI);
  return unique([spelled, ...(value > 10 ? turkicCases(spelled, "ə") : [])]);
};

// Armenian

const HY_UNITS = ["", "մեկ", "երկու", "երեք", "չորս", "հինգ", "վեց", "յոթ", "ութ", "ինը"];
const HY_TENS = ["", "տասն", "քսան", "երեսուն", "քառասուն", "հիսուն", "վաթսուն", "յոթանասուն", "ութսուն", "իննսուն"];

function armenian(value: number): string {
  const below100 = (n: number): string => (n === 10 ? "տասը" : `${HY_TENS[Math.floor(n / 10)]}${HY_UNITS[n % 10]}`);
  const below1000 = (n: number): string =>
    words(n >= 200 ? HY_UNITS[Math.floor(n / 100)]! : "", n >= 100 ? "հարյուր" : "", n % 100 ? below100(n % 100) : "");
  if (value === 0) return "զրո";
  const { millions, thousands, rest } = split(value);
  return words(
    millions ? `${below1000(millions)} միլիոն` : "",
    thousands ? words(thousands > 1 ? below1000(thousands) : "", "հազար") : "",
    below1000(rest),
  );
}

const spellArmenian: Speller = (value) => {
  const spelled = armenian(value);
  if (value < 2) return [spelled];
  const stem = spelled.endsWith("ը") ? spelled.slice(0, -1) : spelled.endsWith("երկու") ? `${spelled}ս` : spelled;
  return unique([spelled, `${stem}ը`, `${stem}ի`, `${stem}ից`, `${stem}ով`]);
};

// Arabic: nominative or oblique, with a masculine or feminine counted noun, both spellings of the hundred

const AR_FEMININE = ["", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"];
const AR_MASCULINE = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"];
const AR_TENS = ["", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"];
const AR_HUNDREDS = ["", "", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"];

interface ArabicStyle {
  readonly oblique: boolean;
  readonly feminine: boolean;
  readonly hundred: string;
}

function arabicBelow100(n: number, { oblique, feminine }: ArabicStyle): string {
  const units = feminine ? AR_FEMININE : AR_MASCULINE;
  const unit = (digit: number): string => (digit === 2 && oblique ? units[2]!.replace("ان", "ين") : units[digit]!);
  if (n <= 10) return unit(n);
  if (n === 11) return feminine ? "إحدى عشرة" : "أحد عشر";
  if (n === 12) return feminine ? (oblique ? "اثنتي عشرة" : "اثنتا عشرة") : oblique ? "اثني عشر" : "اثنا عشر";
  if (n < 20) return `${units[n - 10]} ${feminine ? "عشرة" : "عشر"}`;
  const ten = `${AR_TENS[Math.floor(n / 10)]}${oblique ? "ين" : "ون"}`;
  return n % 10 === 0 ? ten : `${unit(n % 10)} و${ten}`;
}

function arabicBelow1000(n: number, style: ArabicStyle): string {
  const hundreds = Math.floor(n / 100);
  const stem = style.hundred.slice(0, -1);
  const spelled =
    hundreds === 0
      ? ""
      : hundreds === 1
        ? style.hundred
        : hundreds === 2
          ? `${stem}ت${style.oblique ? "ين" : "ان"}`
          : `${AR_HUNDREDS[hundreds]}${style.hundred}`;
  const rest = n % 100 ? arabicBelow100(n % 100, style) : "";
  return spelled === "" || rest === "" ? spelled + rest : `${spelled} و${rest}`;
}

function arabicCount(
  n: number,
  style: ArabicStyle,
  noun: { one: string; dual: string; plural: string; accusative: string },
): string {
  if (n === 1) return noun.one;
  if (n === 2) return noun.dual;
  const spelled = arabicBelow1000(n, { ...style, feminine: false });
  const last = n % 100;
  const form = last >= 3 && last <= 10 ? noun.plural : last >= 11 ? noun.accusative : noun.one;
  return `${spelled} ${form}`;
}

function arabic(value: number, style: ArabicStyle): string {
  if (value === 0) return "صفر";
  const { millions, thousands, rest } = split(value);
  const ending = style.oblique ? "ين" : "ان";
  const parts = [
    millions
      ? arabicCount(millions, style, { one: "مليون", dual: `مليون${ending}`, plural: "ملايين", accusative: "مليونا" })
      : "",
    thousands
      ? arabicCount(thousands, style, { one: "ألف", dual: `ألف${ending}`, plural: "آلاف", accusative: "ألفا" })
      : "",
    rest ? arabicBelow1000(rest, style) : "",
  ].filter((part) => part !== "");
  return parts.join(" و");
}

const spellArabic: Speller = (value) =>
  unique(
    [false, true].flatMap((oblique) =>
      [false, true].flatMap((feminine) =>
        ["مئة", "مائة"].map((hundred) => arabic(value, { oblique, feminine, hundred })),
      ),
    ),
  );

export const SPELLERS: Readonly<Record<string, Speller>> = {
  en: spellEnglish,
  fr: spellFrench,
  ru: spellRussian,
  tr: spellTurkish,
  az: spellAzerbaijani,
  hy: spellArmenian,
  ar: spellArabic,
};
