import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { codedReason } from "../../src/domain/reasons/coded-reason.ts";
import { LIBRARY_REASONS } from "../../src/domain/reasons/library-reasons.ts";
import { REASONS, type ReasonCode } from "../../src/domain/reasons/reasons.ts";
import { failureOf } from "../../src/net/failure.ts";
import { RefusedError } from "../../src/net/guarded-connect.ts";
import { reasonText } from "../../src/web/parts/reasons/reason-text.ts";
import { REASONS_ARABIC } from "../../src/web/parts/reasons/reason-words.ts";

const root = new URL("../../src/", import.meta.url);
const code = readdirSync(root, { recursive: true })
  .map(String)
  .filter((path) => path.endsWith(".ts") && !path.startsWith("domain/reasons/"))
  .map((path) => readFileSync(new URL(path, root), "utf8"))
  .join("\n");

/** Beginnings that are put before what differs. */
const PREFIXES =
  /^(?:refused: |the text was given up: |the feed \{name\} is not configured|the document is not a feed: |parsing was given up: the parser |item \{count\}: |looking at the feed:? ?|reading the article:? ?|there is no |published: (?:taken from )?)/;
/** The words of zod. */
const ZODS = /^(?:Invalid |Too (?:small|big): )/;

test("every sentence that has a code is one that is told", () => {
  // What libraries say stands in their code, not in ours.
  const others = new Set<string>(Object.values(LIBRARY_REASONS));
  const told = Object.values(REASONS).filter((sentence) => !ZODS.test(sentence) && !others.has(sentence));
  const pieces = told.flatMap((sentence) => sentence.replace(PREFIXES, "").split(/\{\w+\}/));
  const fixed = pieces.map((piece) =>
    piece
      .replace(" (see RASID_ALLOW_ADDRESSES)", "")
      .replace(/^[,: ]+/, "")
      .trim(),
  );
  expect(fixed.filter((piece) => !code.includes(piece))).toEqual([]);
});

/** Told by what is put into them, each of which has a code; the last by the pages of the queues, not by the API. */
const WITHOUT_CODE = new Set([
  "~: ~",
  "item ~: ~",
  "refused: ~~",
  "the document is not a feed: ~",
  "there is no ~ ~",
  "the text was ~",
  "the feed ~ is ~",
  "~: ~ are under way; try again soon",
  "~ took longer than ~ seconds",
  "the log has the cause",
]);
/** What may stand where a sentence has a place. */
const SAMPLES = ["7", "EACCES", "https://example.org/"];

test("every sentence that is told of what did not work has a code", () => {
  const places =
    /(?:FeedError\(\s*"[\w-]+",\s*|FeedListError\(\s*"\w+",\s*|Problem\(\s*\d+,\s*"[^"]+",\s*|invalidFields\(\[\{ field: "[^"]+", problem: |BodyError\(\s*"[\w-]+",\s*|failed\("\w+", "[\w-]+", |warnings\.push\()(?:"([^"]*)"|`([^`]*)`)/g;
  const told = [...code.matchAll(places)].map(([, plain, filled]) =>
    (plain ?? filled ?? "").replace(/\$\{[^}]*\}/g, "~"),
  );
  expect(told.length).toBeGreaterThan(60);
  const has = (sentence: string) =>
    SAMPLES.some((sample) => codedReason(sentence.replaceAll("~", sample).replaceAll("\\n", "\n")) !== null);
  expect(told.filter((sentence) => !WITHOUT_CODE.has(sentence) && !has(sentence))).toEqual([]);
});

test.each([
  ["scheme ftp is not http or https", "scheme-refused"],
  ["address 10.0.0.1 is not public", "address-refused"],
  ["inner.example.org resolves to 10.0.0.1, which is not public", "name-refused"],
  ["the URL carries a user name or password", "password-refused"],
])("what the guard refuses: %s", (message, reason) => {
  expect(codedReason(failureOf(new RefusedError(message), null, 0).reason)?.code).toBe(reason);
});

test.each<[string, z.ZodType, unknown, ReasonCode]>([
  ["a text too short", z.string().min(1), "", "text-short"],
  ["a text too long", z.string().max(3), "four", "text-long"],
  ["a list too short", z.array(z.string()).min(1), [], "list-short"],
  ["a list too long", z.array(z.string()).max(1), ["a", "b"], "list-long"],
  ["a number too small", z.number().min(0.1), 0, "number-small"],
  ["a number too large", z.number().max(100), 101, "number-large"],
  ["a field left out", z.strictObject({ name: z.string() }), {}, "field-missing"],
  ["another type", z.number().int(), 1.5, "type-other"],
  ["no option", z.enum(["a", "b"]), "c", "option-unknown"],
  ["no date", z.iso.date(), "yesterday", "date-form"],
  ["no time", z.iso.datetime({ offset: true }), "noon", "datetime-form"],
])("what a schema says of %s", (_, schema, given, reason) => {
  const [issue] = schema.safeParse(given).error?.issues ?? [];
  expect(codedReason(issue?.message ?? "")?.code).toBe(reason);
});

const placesOf = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

test.each(Object.entries(REASONS_ARABIC))("%s is said in Arabic", (reason, arabic) => {
  const places = placesOf(REASONS[reason as ReasonCode]);
  expect(placesOf(arabic).filter((place) => !places.includes(place))).toEqual([]);
  expect(arabic).toMatch(/[\u0621-\u064a]|^\{url\}: \{reason\}$/);
});

const tell = (text: string) => ({ text, coded: codedReason(text) });

test.each([
  ["the endpoint answered 503", "أجابت نقطة الاستلام بالرمز \u2068503\u2069"],
  ["https://a.example/x: the server refuses connections", "\u2068https://a.example/x\u2069: يرفض الخادم الاتصال"],
  [
    "the publisher says that the feed is gone (410); it is not polled until it is resumed",
    "يقول الناشر إن المصدر أُزيل نهائيًا (410)؛ ولا يُستطلع حتى يُستأنف",
  ],
  ["https://a.example/x: words of tomorrow", "\u2068https://a.example/x\u2069: \u2068words of tomorrow\u2069"],
])("«%s» in Arabic", (english, arabic) => {
  expect(reasonText("ar", tell(english))).toEqual({ text: arabic, lang: "ar" });
  expect(reasonText("en", tell(english))).toEqual({ text: english, lang: "en" });
});

test("a reason whose code is not known here is said in the words of the API", () => {
  expect(reasonText("ar", { text: "new words", coded: null })).toEqual({ text: "new words", lang: "en" });
  const coded = { code: "of-tomorrow", parameters: {} };
  expect(reasonText("ar", { text: "new words", coded })).toEqual({ text: "new words", lang: "en" });
});
