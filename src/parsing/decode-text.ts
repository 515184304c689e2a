import { isUtf8 } from "node:buffer";
import { analyse } from "chardet";
import iconv from "iconv-lite";
import { type CharsetDecision, decideCharset } from "../domain/feed/charset.ts";
import { cleanText } from "../domain/feed/clean-text.ts";
import { FeedError } from "../domain/feed/feed-error.ts";

/** Characters within which a feed's first tag or bracket stands. */
const HEAD = 65_536;

/** Bytes looked at to tell an undeclared charset; more makes no better guess. */
const SAMPLE = 256 * 1024;

/**
 * Decodes a document.
 * @param header the charset that the HTTP header names, or undefined.
 * @throws FeedError for long bytes of no kind.
 * @returns text without control characters and lone surrogates, and what the charset was taken from.
 */
export function decodeText(bytes: Uint8Array, header: string | undefined): { text: string; decision: CharsetDecision } {
  const decision = decideCharset(bytes, header, {
    utf8: judgeUtf8(bytes),
    known: (charset) => iconv.encodingExists(charset),
    detect: () => detectCharset(bytes),
  });
  const body = Buffer.from(bytes.buffer, bytes.byteOffset + decision.skip, bytes.byteLength - decision.skip);
  const text = iconv.decode(body, decision.charset);
  // Cleaning bytes of no kind takes long, and a feed shows what it is at its beginning.
  if (text.length > HEAD && !/[<{]/.test(text.slice(0, HEAD)))
    throw new FeedError("not-a-feed", "the document is not a feed: it holds no markup");
  return { text: cleanText(text), decision };
}

/** One broken character in a document of thousands does not make it another charset's. */
const TOLERATED = 0.05;

function judgeUtf8(bytes: Uint8Array): { valid: boolean; ascii: boolean } {
  if (isAscii(bytes)) return { valid: true, ascii: true };
  if (isUtf8(bytes)) return { valid: true, ascii: false };
  let broken = 0;
  let sound = 0;
  for (const character of Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SAMPLE)).toString(
    "utf8",
  )) {
    if (character === "\ufffd") broken += 1;
    else if (character > "\u007f") sound += 1;
  }
  return { valid: broken < (sound + broken) * TOLERATED, ascii: false };
}

function isAscii(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index += 1) if ((bytes[index] ?? 0) > 127) return false;
  return true;
}

/** Charsets in which news are published; a detector's wider guesses on short texts are noise. */
const LIKELY = new Set([
  "windows-1251",
  "windows-1256",
  "windows-1252",
  "windows-1254",
  "windows-1250",
  "windows-1253",
  "windows-1255",
  "koi8-r",
  "iso-8859-5",
  "iso-8859-6",
  "iso-8859-9",
  "gb18030",
  "big5",
  "shift_jis",
  "euc-jp",
  "euc-kr",
]);

/** The most probable charset of the text between the tags: the ASCII of the markup says nothing. */
function detectCharset(bytes: Uint8Array): string {
  const sample = withoutMarkup(bytes.subarray(0, SAMPLE));
  for (const { name } of analyse(sample)) {
    const charset = name.toLowerCase() === "iso-8859-1" ? "windows-1252" : name.toLowerCase();
    if (LIKELY.has(charset) && iconv.encodingExists(charset)) return charset;
  }
  return "windows-1252";
}

function withoutMarkup(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  let tag = false;
  for (const byte of bytes) {
    if (byte === 0x3c) tag = true;
    if (!tag) kept[length++] = byte;
    if (byte === 0x3e) tag = false;
  }
  return kept.subarray(0, length);
}
