import { expect, test } from "vitest";
import { codedReason } from "../../src/domain/reasons/coded-reason.ts";
import { reasonText } from "../../src/web/parts/reasons/reason-text.ts";

const arabicOf = (told: string) => reasonText("ar", { text: told, coded: codedReason(told) }).text;

test.each([
  "TLS: self-signed certificate",
  "TLS: certificate has expired",
  "the body cannot be decoded: incorrect header check",
  "the document is no JSON: Expected property name or '}' in JSON at position 60",
  "the document is no JSON: Unexpected end of JSON input",
  "the document is not a feed: it is built like none",
  "gave up after 20 tries that did not end",
  "refused: address 10.0.0.1 (private) is not public (see RASID_ALLOW_ADDRESSES)",
])("«%s» is told in Arabic, also where a library said it", (told) => {
  // Names of formats and settings stay as they are written.
  expect(arabicOf(told).replace(/JSON|TLS|RASID_ALLOW_ADDRESSES/g, "")).not.toMatch(/[A-Za-z]/);
});

test("what nobody foresaw stands as it came, inside the Arabic sentence", () => {
  expect(arabicOf("TLS: something of tomorrow")).toBe("تعذّر تأمين الاتصال (TLS): \u2068something of tomorrow\u2069");
});
