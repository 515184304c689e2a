import { describe, expect, it } from "vitest";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { readTimes } from "../../../src/domain/classify/read-times.ts";
import { packOf, readField } from "../../../src/domain/language/read-item.ts";

const packs = loadLanguages("config");

/** The times of a text published on Friday, 16 September 2022, as «words from to». */
function times(lang: string, text: string, published: string | null = "2022-09-16"): string[] {
  const pack = packOf(lang, packs);
  const field = readField("text", text, pack);
  return readTimes(field, pack, published, "Asia/Yerevan").map(({ first, last, from, to }) => {
    const words = text.slice(field.tokens[first]!.start, field.tokens[last - 1]!.end);
    return `${words} ${from ?? ""}..${to ?? ""}`;
  });
}

describe("dates with a month by name", () => {
  it.each([
    ["en", "on September 13-14 in Jermuk", "September 13-14 2022-09-13..2022-09-14"],
    ["en", "on the 9th of November 2020", "9th of November 2020 2020-11-09..2020-11-09"],
    ["en", "on Sept. 13 near Goris", "Sept. 13 2022-09-13..2022-09-13"],
    ["en", "in May 2021 near Sotk", "in May 2021 2021-05-01..2021-05-31"],
    ["ar", "في 13 سبتمبر/أيلول 2022", "13 سبتمبر/أيلول 2022 2022-09-13..2022-09-13"],
    ["ar", "يوم 27 تشرين الأول 2020", "27 تشرين الأول 2020 2020-10-27..2020-10-27"],
    ["ru", "в ночь с 12 на 13 сентября", "12 на 13 сентября 2022-09-12..2022-09-13"],
    ["ru", "9 ноября 2020 года", "9 ноября 2020 2020-11-09..2020-11-09"],
    ["tr", "12-14 Eylül'deki çatışmalar", "12-14 Eylül'deki 2022-09-12..2022-09-14"],
    ["fr", "le 1er septembre 2022", "1er septembre 2022 2022-09-01..2022-09-01"],
    ["hy", "սեպտեմբերի 13-ին", "սեպտեմբերի 13-ին 2022-09-13..2022-09-13"],
    ["hy", "2022 թ. դեկտեմբերի 12-ից", "2022 թ. դեկտեմբերի 12-ից 2022-12-12..2022-12-12"],
    ["az", "2023-cü il sentyabrın 19-20-də", "2023-cü il sentyabrın 19-20-də 2023-09-19..2023-09-20"],
    ["az", "sentyabrın 12-dən 13-nə keçən gecə", "sentyabrın 12-dən 13-nə 2022-09-12..2022-09-13"],
  ])("%s %s", (lang, text, expected) => {
    expect(times(lang, text)).toEqual([expected]);
  });
});

describe("stretches up to now that begin with «in the past»", () => {
  it.each(["in the past few days", "in the past three days", "in the past 4 days", "in the past week"])(
    "%s",
    (text) => {
      expect(times("en", `killed ${text} near Goris`)).toEqual([`${text} 2022-09-09..2022-09-16`]);
    },
  );
});

describe("dates in figures and bare years", () => {
  it.each([
    ["en", "as of 2022-09-13", "2022-09-13 2022-09-13..2022-09-13"],
    ["ru", "13.09.2022 в Гори́се", "13.09.2022 2022-09-13..2022-09-13"],
    ["ar", "بتاريخ 27/9/2020", "27/9/2020 2020-09-27..2020-09-27"],
    ["tr", "2020'deki savaş", "2020'deki 2020-01-01..2020-12-31"],
    ["az", "1988-1994-cü illərdə", "1988-1994-cü 1988-01-01..1994-12-31"],
  ])("%s %s", (lang, text, expected) => {
    expect(times(lang, text)).toEqual([expected]);
  });

  it("a day that does not exist is no date", () => {
    expect(times("en", "31.02.2022")).toEqual([]);
  });
});

describe("days counted from that of publication", () => {
  it.each([
    ["en", "yesterday", "2022-09-15..2022-09-15"],
    ["en", "on Tuesday", "2022-09-13..2022-09-13"],
    ["en", "last month", "2022-08-01..2022-08-31"],
    ["en", "last year", "2021-01-01..2021-12-31"],
    ["en", "two days ago", "2022-09-14..2022-09-14"],
    ["ar", "أمس", "2022-09-15..2022-09-15"],
    ["ar", "أول أمس", "2022-09-14..2022-09-14"],
    ["ar", "الشهر الماضي", "2022-08-01..2022-08-31"],
    ["ru", "вчера", "2022-09-15..2022-09-15"],
    ["ru", "в прошлом месяце", "2022-08-01..2022-08-31"],
    ["tr", "dün", "2022-09-15..2022-09-15"],
    ["tr", "geçen ay", "2022-08-01..2022-08-31"],
    ["fr", "avant-hier", "2022-09-14..2022-09-14"],
    ["fr", "l'an dernier", "2021-01-01..2021-12-31"],
    ["hy", "երեկ", "2022-09-15..2022-09-15"],
    ["hy", "անցած տարի", "2021-01-01..2021-12-31"],
    ["az", "dünən", "2022-09-15..2022-09-15"],
    ["az", "keçən il", "2021-01-01..2021-12-31"],
  ])("%s %s", (lang, text, days) => {
    expect(times(lang, text).map((time) => time.split(" ").at(-1))).toEqual([days]);
  });

  it("without a day of publication only full dates are known", () => {
    expect(times("en", "yesterday, on September 13, in 2020", null)).toEqual(["2020 2020-01-01..2020-12-31"]);
  });
});

describe("words that only look like times", () => {
  it.each([
    ["en", "Armenia may declare martial law"],
    ["en", "the army will march on"],
    ["ar", "في اليوم الأول من القتال"],
    ["ar", "نقلت روسيا اليوم"],
    ["hy", "մարտի դաշտում"],
    ["tr", "dünya barışı"],
  ])("%s %s", (lang, text) => {
    expect(times(lang, text)).toEqual([]);
  });

  it("a weekday beside a date is the date's", () => {
    expect(times("fr", "mardi 13 septembre")).toEqual(["13 septembre 2022-09-13..2022-09-13"]);
  });

  it("a date without a year follows the one before it", () => {
    expect(times("en", "from September 27, 2020 to November 10")).toEqual([
      "September 27, 2020 2020-09-27..2020-09-27",
      "November 10 2020-11-10..2020-11-10",
    ]);
  });
});
