/** What the charset was taken from, in order of precedence (RFC 7303, with the bytes as judge). */
export type CharsetOrigin = "bom" | "header" | "declaration" | "utf-8" | "detection";

export interface CharsetDecision {
  /** Lower-case name as the WHATWG and iconv know it. */
  readonly charset: string;
  readonly origin: CharsetOrigin;
  /** Bytes of the byte order mark, to be skipped. */
  readonly skip: number;
  /** Set where a declaration was passed over because another or the bytes contradict it. */
  readonly warning?: string;
}

/** How the caller looks at bytes; the domain itself decodes nothing. */
export interface ByteJudge {
  /** Whether the bytes are valid UTF-8, and hold anything but ASCII. */
  readonly utf8: { readonly valid: boolean; readonly ascii: boolean };
  /** Whether this charset can be decoded at all. */
  readonly known: (charset: string) => boolean;
  /** The most probable charset of undeclared bytes that are not UTF-8. */
  readonly detect: () => string;
}

/**
 * Decides the charset: byte order mark, HTTP header, XML declaration, valid UTF-8, detection, in this order.
 * The bytes overrule a declaration that they contradict: bytes that are no UTF-8 are not read as UTF-8, and bytes
 * that are UTF-8 beyond ASCII are, since text of an older charset practically never happens to be valid UTF-8.
 */
export function decideCharset(bytes: Uint8Array, header: string | undefined, judge: ByteJudge): CharsetDecision {
  const marked = byteOrderMark(bytes);
  if (marked !== undefined) return marked;
  const wide = unmarkedUtf16(bytes);
  if (wide !== undefined) return wide;
  const declared = [
    {
      name: header === undefined ? undefined : canonicalName(header),
      origin: "header" as const,
      where: "the HTTP header",
    },
    { name: declaredCharset(bytes), origin: "declaration" as const, where: "the XML declaration" },
  ].filter((candidate) => candidate.name !== undefined) as {
    name: string;
    origin: "header" | "declaration";
    where: string;
  }[];
  const refusals: string[] = [];
  for (const { name, origin, where } of declared) {
    const refusal = contradiction(name, judge);
    if (refusal === undefined)
      return { charset: name, origin, skip: 0, ...warningOf([...refusals, ...disagreement(declared)]) };
    refusals.push(`${where} says ${name}, but ${refusal}`);
  }
  if (judge.utf8.valid) return { charset: "utf-8", origin: "utf-8", skip: 0, ...warningOf(refusals) };
  const detected = judge.detect();
  return {
    charset: detected,
    origin: "detection",
    skip: 0,
    ...warningOf([...refusals, `the charset was detected as ${detected}`]),
  };
}

/** The charset parameter of a Content-Type header, or undefined. */
export function charsetOfContentType(contentType: string | undefined): string | undefined {
  const match = /;\s*charset\s*=\s*(?:"([^"]{1,60})"|'([^']{1,60})'|([^\s;"']{1,60}))/i.exec(contentType ?? "");
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

function warningOf(parts: readonly string[]): { warning: string } | Record<string, never> {
  return parts.length === 0 ? {} : { warning: parts.join("; ") };
}

function contradiction(name: string, judge: ByteJudge): string | undefined {
  if (!judge.known(name)) return "this charset is not known";
  if (name === "utf-8") return judge.utf8.valid ? undefined : "the bytes are not UTF-8";
  // A UTF-16 document is recognised by its bytes; the name alone on a document of single bytes is a slip.
  if (name.startsWith("utf-16") || name.startsWith("utf-32") || name.startsWith("ucs-")) return "the bytes are not";
  return judge.utf8.valid && !judge.utf8.ascii ? "the bytes are UTF-8" : undefined;
}

function disagreement(declared: readonly { name: string }[]): string[] {
  const [header, declaration] = declared;
  if (header === undefined || declaration === undefined || header.name === declaration.name) return [];
  return [`the HTTP header says ${header.name}, the XML declaration ${declaration.name}`];
}

function byteOrderMark(bytes: Uint8Array): CharsetDecision | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { charset: "utf-8", origin: "bom", skip: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { charset: "utf-32le", origin: "bom", skip: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { charset: "utf-32be", origin: "bom", skip: 4 };
  if (a === 0xff && b === 0xfe) return { charset: "utf-16le", origin: "bom", skip: 2 };
  if (a === 0xfe && b === 0xff) return { charset: "utf-16be", origin: "bom", skip: 2 };
  return undefined;
}

/** A document that begins with "<" and a zero byte is UTF-16 without its mark (XML 1.0, appendix F). */
function unmarkedUtf16(bytes: Uint8Array): CharsetDecision | undefined {
  const [a, b, c, d] = bytes;
  const opens = (unit: number | undefined): boolean => unit === 0x3c || unit === 0x7b;
  if (opens(a) && b === 0 && c !== 0 && d === 0) return { charset: "utf-16le", origin: "declaration", skip: 0 };
  if (a === 0 && opens(b) && c === 0 && d !== 0) return { charset: "utf-16be", origin: "declaration", skip: 0 };
  return undefined;
}

function declaredCharset(bytes: Uint8Array): string | undefined {
  let head = "";
  for (let index = 0; index < Math.min(bytes.length, 512); index += 1) head += String.fromCharCode(bytes[index] ?? 0);
  const match = /^\s*<\?xml\s[^>]{0,400}?\sencoding\s*=\s*["']\s*([A-Za-z0-9._:-]{1,40})\s*["']/.exec(head);
  return match?.[1] === undefined ? undefined : canonicalName(match[1]);
}

/** Names as publishers write them, folded onto those of the Encoding Standard: ISO-8859-1 means windows-1252 there, too. */
function canonicalName(name: string): string {
  const lower = name.trim().toLowerCase().replaceAll("_", "-");
  if (/^(utf-?8|unicode-1-1-utf-8|utf8mb4)$/.test(lower)) return "utf-8";
  if (/^(iso-?8859-?1|latin-?1|l1|us-ascii|ascii|cp1252|win-?1252|x-cp1252)$/.test(lower)) return "windows-1252";
  const windows = /^(?:x-cp|cp|win-?|windows-?)(125[0-8])$/.exec(lower);
  if (windows !== null) return `windows-${windows[1]}`;
  return lower;
}
