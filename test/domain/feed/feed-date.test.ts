import { describe, expect, test } from "vitest";
import { loadFeedDates } from "../../../src/config/feed-dates-schema.ts";
import { parseFeedDate } from "../../../src/domain/feed/feed-date.ts";

const words = loadFeedDates("config");
const read = (text: string, zone?: string): string | null => parseFeedDate(text, words, zone);
const moment = "2022-09-15T10:30:00.000Z";

describe("dates with a zone", () => {
  test.each([
    "Thu, 15 Sep 2022 10:30:00 GMT",
    "Thu, 15 Sep 2022 14:30:00 +0400",
    "Thu,15 Sep 2022 14:30:00 +04:00",
    "15 Sep 2022 10:30 UTC",
    "15 Sep 22 10:30:00 Z",
    "Thursday, 15-Sep-22 10:30:00 GMT",
    "Thu Sep 15 10:30:00 GMT 2022",
    "Thu Sep 15 2022 14:30:00 GMT+0400 (Armenia Standard Time)",
    "September 15, 2022 6:30 AM EDT",
    "Sept. 15, 2022, 10:30 a.m. UTC",
    "2022-09-15T10:30:00Z",
    "2022-09-15T14:30:00+04:00",
    "2022-09-15T14:30:00.000+0400",
    "2022-09-15 10:30:00 UTC",
    "2022-09-15T10:30Z",
    "20220915T103000Z",
    "1663237800",
    "1663237800000",
    "Чт, 15 сен 2022 13:30:00 +0300",
    "15 сентября 2022, 13:30 (МСК)",
    "الخميس، 15 سبتمبر 2022 10:30 GMT",
    "١٥ أيلول ٢٠٢٢ ١٠:٣٠ GMT",
    "15 أيلول/سبتمبر 2022 10:30 GMT",
    "15 Eylül 2022 13:30 +0300",
    "15 sentyabr 2022 14:30 +0400",
    "15 սեպտեմբերի 2022 14:30 +0400",
    "jeu, 15 septembre 2022 12:30:00 +0200",
    "15.09.2022 10:30 GMT",
    "15/09/2022 10:30:00 +0000",
    "9/15/2022 10:30:00 AM GMT",
  ])("%s", (text) => {
    expect(read(text)).toBe(moment);
  });
});

describe("dates without a zone", () => {
  test("are read in the feed's zone, in UTC where it has none", () => {
    expect(read("2022-09-15 14:30:00", "Asia/Yerevan")).toBe(moment);
    expect(read("15 сентября 2022 г. в 13:30", "Europe/Moscow")).toBe(moment);
    expect(read("15 Sep 2022 10:30")).toBe(moment);
  });

  test("follow summer time", () => {
    expect(read("2022-07-01 12:00", "Europe/Paris")).toBe("2022-07-01T10:00:00.000Z");
    expect(read("2022-12-01 12:00", "Europe/Paris")).toBe("2022-12-01T11:00:00.000Z");
    expect(read("2022-03-27 03:30", "Europe/Paris")).toBe("2022-03-27T01:30:00.000Z");
  });

  test("without a time mean midnight", () => {
    expect(read("15 Sep 2022")).toBe("2022-09-15T00:00:00.000Z");
    expect(read("2022-09-15", "Asia/Baku")).toBe("2022-09-14T20:00:00.000Z");
    expect(read("15 كانون الثاني 2022")).toBe("2022-01-15T00:00:00.000Z");
    expect(read("3 تشرين الثاني 2022")).toBe("2022-11-03T00:00:00.000Z");
  });
});

test.each([
  "",
  "soon",
  "yesterday",
  "Thu, 32 Sep 2022 10:00:00 GMT",
  "2022-02-30",
  "2022-13-01",
  "2022-09-15T25:00:00Z",
  "0000-00-00 00:00:00",
  "Thu, 01 Jan 1970 00:00:00 GMT",
  "12",
  "2022",
  "Sep 2022",
  "1:2:3",
  "x".repeat(500),
])("«%s» is no date", (text) => {
  expect(read(text)).toBeNull();
});
