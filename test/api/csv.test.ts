import { describe, expect, test } from "vitest";
import { csvRecord } from "../../src/api/csv.ts";

describe("a CSV record", () => {
  test("quotes what would break it, and ends with CRLF (RFC 4180)", () => {
    expect(csvRecord(["plain", 'he said "no"', "a,b", "two\nlines", "", null])).toBe(
      'plain,"he said ""no""","a,b","two\nlines",,\r\n',
    );
  });

  test.each(["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])(
    "takes %j for text, not for a formula",
    (text) => {
      const [cell] = csvRecord([text]).split("\r\n");
      expect(cell?.replace(/^"/, "")).toMatch(/^'/);
    },
  );

  test("leaves numbers, flags and times what they are", () => {
    expect(csvRecord([-5, 0.25, true, new Date("2022-09-16T08:10:00Z")])).toBe(
      "-5,0.25,true,2022-09-16T08:10:00.000Z\r\n",
    );
  });

  test("keeps every script", () => {
    expect(csvRecord(["باشينيان", "Пашинян", "Փաշինյան"])).toBe("باشينيان,Пашинян,Փաշինյան\r\n");
  });
});
