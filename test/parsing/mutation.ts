import fc from "fast-check";
import { SAMPLE_FEEDS } from "./sample-feeds.ts";

const HOSTILE = [
  "<",
  ">",
  "&",
  "]]>",
  "<![CDATA[",
  "<!--",
  "-->",
  "<?",
  "?>",
  "<!DOCTYPE x [",
  "<!ENTITY a '&b;'>",
  "</item>",
  "<item>",
  "<entry>",
  "</channel>",
  "<description>",
  "</description>",
  "<b><i>",
  "&#0;",
  "&#xD800;",
  "&nbsp",
  "\0",
  "\ufffe",
  "'",
  '"',
  "<p",
  '<a href="',
  "{",
  "[[",
  "\\u0000",
  "\\ud800",
  "__proto__",
  "\u202e",
  "xmlns:x=''",
  "<script>",
  "<style",
  "=".repeat(50),
  "<".repeat(500),
  "<p>\n".repeat(100),
  "&lt;".repeat(300),
  "<x>".repeat(120),
  " ".repeat(2000),
  "9".repeat(400),
].map((text) => Buffer.from(text));

type Change = (bytes: Buffer) => Buffer;

const position = fc.double({ min: 0, max: 1, noNaN: true });
const at = (bytes: Buffer, share: number): number => Math.floor(share * bytes.length);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(position, fc.nat(255)).map(
    ([where, value]): Change =>
      (bytes) => {
        const copy = Buffer.from(bytes);
        if (copy.length > 0) copy[Math.min(at(copy, where), copy.length - 1)] = value;
        return copy;
      },
  ),
  fc.tuple(position, fc.constantFrom(...HOSTILE)).map(
    ([where, text]): Change =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at(bytes, where)), text, bytes.subarray(at(bytes, where))]),
  ),
  fc.tuple(position, position).map(
    ([from, length]): Change =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at(bytes, from)), bytes.subarray(at(bytes, from) + at(bytes, length * 0.2))]),
  ),
  fc.tuple(position, position, fc.integer({ min: 2, max: 30 })).map(
    ([from, length, times]): Change =>
      (bytes) => {
        const start = at(bytes, from);
        const piece = bytes.subarray(start, start + at(bytes, length * 0.1));
        return Buffer.concat([bytes.subarray(0, start), ...Array<Buffer>(times).fill(piece), bytes.subarray(start)]);
      },
  ),
  fc.tuple(position, fc.constantFrom(...SAMPLE_FEEDS)).map(
    ([where, other]): Change =>
      (bytes) =>
        Buffer.concat([
          bytes.subarray(0, at(bytes, where)),
          Buffer.from(other).subarray(at(Buffer.from(other), where)),
        ]),
  ),
  position.map(
    (where): Change =>
      (bytes) =>
        bytes.subarray(0, at(bytes, where)),
  ),
  fc.constant<Change>((bytes) => Buffer.from(bytes.toString("utf8"), "utf16le")),
);

/** Real documents after one to six mutations, or bytes of no kind. */
export const mutatedFeed: fc.Arbitrary<Buffer> = fc.oneof(
  {
    weight: 19,
    arbitrary: fc
      .tuple(fc.constantFrom(...SAMPLE_FEEDS), fc.array(change, { minLength: 1, maxLength: 6 }))
      .map(([sample, changes]) => changes.reduce<Buffer>((bytes, apply) => apply(bytes), Buffer.from(sample))),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)) },
);
