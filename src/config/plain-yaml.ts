/**
 * Reads the plain part of YAML 1.2 that configuration is written in, some twenty times faster than a full parser: block
 * and flow maps and lists, plain and quoted scalars on one line, comments. Whatever lies outside (anchors, tags, block
 * scalars, scalars over several lines, double keys, mistakes) makes it give up, and the full parser decides.
 */
class Unplain extends Error {}

/** The content of a plain YAML document; `undefined` where the text is not plain. */
export function parsePlainYaml(text: string): { readonly content: unknown } | undefined {
  try {
    const source: Source = { text, at: 0, floor: -1 };
    toContent(source);
    const content = source.at >= text.length ? null : readBlock(source, columnOf(source));
    toContent(source);
    return source.at < text.length ? undefined : { content };
  } catch (error) {
    if (error instanceof Unplain) return undefined;
    throw error;
  }
}

interface Source {
  readonly text: string;
  at: number;
  /** Lines of a flow collection stand deeper than this column. */
  floor: number;
}

const MOST_NESTED = 100;
/** White space to YAML; others that Unicode knows are content. */
const WHITE = /[ \t\r\n]/;
const AROUND = /^[ \t\r]+|[ \t\r]+$/g;
const TRAILING = /[ \t\r]+$/;
const NEWLINE = 10;
const SPACE = 32;

/** Skips blank lines, comments and spaces up to the next content. */
function toContent(source: Source): void {
  const { text } = source;
  for (;;) {
    const code = text.charCodeAt(source.at);
    if (code === SPACE || code === NEWLINE || code === 13) source.at += 1;
    else if (text[source.at] === "#" && startsComment(source)) source.at = lineEnd(source);
    else if (text[source.at] === "\t") throw new Unplain();
    else return;
  }
}

function startsComment({ text, at }: Source): boolean {
  return at === 0 || WHITE.test(text[at - 1]!);
}

function lineEnd({ text, at }: Source): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function columnOf({ text, at }: Source): number {
  return at - (text.lastIndexOf("\n", at - 1) + 1);
}

function readBlock(source: Source, column: number, depth = 0): unknown {
  if (depth > MOST_NESTED || source.text.startsWith("---", source.at)) throw new Unplain();
  return isDash(source) ? readList(source, column, depth) : readMap(source, column, depth);
}

function isDash({ text, at }: Source): boolean {
  return text[at] === "-" && (at + 1 >= text.length || WHITE.test(text[at + 1]!));
}

function readList(source: Source, column: number, depth: number): unknown[] {
  const items: unknown[] = [];
  while (source.at < source.text.length && columnOf(source) === column && isDash(source)) {
    source.at += 1;
    items.push(readValue(source, column, depth, true));
    toContent(source);
  }
  if (source.at < source.text.length && columnOf(source) > column) throw new Unplain();
  return items;
}

function readMap(source: Source, column: number, depth: number): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  while (source.at < source.text.length && columnOf(source) === column && !isDash(source)) {
    const key = readKey(source);
    if (Object.hasOwn(map, key) || key === "__proto__" || key === "<<") throw new Unplain();
    map[key] = readValue(source, column, depth, false);
    toContent(source);
  }
  if (source.at < source.text.length && columnOf(source) > column) throw new Unplain();
  return map;
}

/** A key and its colon, on one line. */
function readKey(source: Source): string {
  const { text } = source;
  const quote = text[source.at];
  let key: string;
  if (quote === '"' || quote === "'") key = readQuoted(source);
  else {
    const from = source.at;
    const end = lineEnd(source);
    let at = from;
    while (at < end && !(text[at] === ":" && (at + 1 >= end || WHITE.test(text[at + 1]!)))) at += 1;
    key = text.slice(from, at).replace(TRAILING, "");
    if (key === "" || !isPlain(key) || key.includes(" #") || key.includes("\t#")) throw new Unplain();
    key = String(typed(key) ?? "");
    source.at = at;
  }
  if (text[source.at] !== ":" || !WHITE.test(text[source.at + 1] ?? " ")) throw new Unplain();
  source.at += 1;
  return key;
}

/** The value behind a colon or dash: on the same line, or a block on the lines below. */
function readValue(source: Source, column: number, depth: number, inList: boolean): unknown {
  const { text } = source;
  while (text[source.at] === " ") source.at += 1;
  if (
    source.at < text.length &&
    text[source.at] !== "\n" &&
    text[source.at] !== "\r" &&
    !(text[source.at] === "#" && startsComment(source))
  ) {
    if (inList && (isDash(source) || opensMap(source))) return readBlock(source, columnOf(source), depth + 1);
    source.floor = column;
    return text.startsWith(">-", source.at) ? readFolded(source, column) : readInline(source);
  }
  toContent(source);
  if (source.at >= text.length) return null;
  const inner = columnOf(source);
  if (inner > column || (!inList && inner === column && isDash(source))) {
    if (!isDash(source) && !opensMap(source)) throw new Unplain();
    return readBlock(source, inner, depth + 1);
  }
  return null;
}

/** Whether the line from here on is `key: value`, so that a block map begins. */
function opensMap(source: Source): boolean {
  const first = source.text[source.at];
  if (first === "[" || first === "{") return false;
  const ahead: Source = { text: source.text, at: source.at, floor: source.floor };
  try {
    readKey(ahead);
    return true;
  } catch (error) {
    if (error instanceof Unplain) return false;
    throw error;
  }
}

/** A scalar or flow collection that must fill the rest of its line. */
function readInline(source: Source): unknown {
  const { text } = source;
  const first = text[source.at];
  if (first === "[" || first === "{" || first === '"' || first === "'") {
    const value = first === "[" || first === "{" ? readFlow(source, 0) : readQuoted(source);
    const rest = text.slice(source.at, lineEnd(source)).replace(AROUND, "");
    if (rest !== "" && !(rest.startsWith("#") && WHITE.test(text[source.at]!))) throw new Unplain();
    source.at = lineEnd(source);
    return value;
  }
  const line = text.slice(source.at, lineEnd(source));
  const comment = line.search(/[ \t]#/);
  const scalar = (comment < 0 ? line : line.slice(0, comment)).replace(AROUND, "");
  if (!isPlain(scalar) || /:(?:[ \t\r]|$)/.test(scalar)) throw new Unplain();
  source.at = lineEnd(source);
  return typed(scalar);
}

/** A folded scalar of even lines: ">-" and deeper lines, which are joined by spaces. */
function readFolded(source: Source, column: number): string {
  const { text } = source;
  if (text.slice(source.at + 2, lineEnd(source)).replace(AROUND, "") !== "") throw new Unplain();
  const lines: string[] = [];
  let indent = -1;
  for (;;) {
    const from = lineEnd(source) + 1;
    let at = from;
    while (text[at] === " ") at += 1;
    if (at < text.length && (text[at] === "\n" || text[at] === "\r" || text[at] === "\t")) throw new Unplain();
    if (indent < 0) indent = at - from;
    if (at >= text.length || at - from <= column || at - from < indent) break;
    if (at - from > indent) throw new Unplain();
    source.at = at;
    const line = text.slice(at, lineEnd(source));
    if (TRAILING.test(line)) throw new Unplain();
    lines.push(line);
  }
  if (lines.length === 0) throw new Unplain();
  source.at = lineEnd(source);
  return lines.join(" ");
}

/** Skips to the next content of a flow collection, which must not stand left of the block around it. */
function toFlowContent(source: Source): void {
  const from = source.at;
  toContent(source);
  if (source.at === from || source.at >= source.text.length) return;
  if (columnOf(source) <= source.floor && source.text.slice(from, source.at).includes("\n")) throw new Unplain();
}

function readFlow(source: Source, depth: number): unknown {
  if (depth > MOST_NESTED) throw new Unplain();
  return source.text[source.at] === "[" ? readFlowList(source, depth) : readFlowMap(source, depth);
}

function readFlowList(source: Source, depth: number): unknown[] {
  const items: unknown[] = [];
  source.at += 1;
  for (;;) {
    toFlowContent(source);
    if (source.text[source.at] === "]") break;
    items.push(readFlowItem(source, depth));
    endFlowItem(source, "]");
  }
  source.at += 1;
  return items;
}

function readFlowMap(source: Source, depth: number): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  source.at += 1;
  for (;;) {
    toFlowContent(source);
    if (source.text[source.at] === "}") break;
    const key = readFlowItem(source, depth);
    while (source.text[source.at] === " ") source.at += 1;
    if (source.text[source.at] !== ":" || !WHITE.test(source.text[source.at + 1] ?? " ")) throw new Unplain();
    source.at += 1;
    toFlowContent(source);
    if (typeof key === "object" && key !== null) throw new Unplain();
    const name = String(key ?? "");
    if (Object.hasOwn(map, name) || name === "__proto__" || name === "<<") throw new Unplain();
    map[name] = readFlowItem(source, depth);
    endFlowItem(source, "}");
  }
  source.at += 1;
  return map;
}

function endFlowItem(source: Source, close: string): void {
  toFlowContent(source);
  const mark = source.text[source.at];
  if (mark === ",") source.at += 1;
  else if (mark !== close) throw new Unplain();
}

function readFlowItem(source: Source, depth: number): unknown {
  const { text } = source;
  const first = text[source.at];
  if (first === "[" || first === "{") return readFlow(source, depth + 1);
  if (first === '"' || first === "'") return readQuoted(source);
  const from = source.at;
  let at = from;
  for (; at < text.length; at += 1) {
    const mark = text[at]!;
    if (mark === "," || mark === "]" || mark === "}" || mark === "\n") break;
    if (mark === "[" || mark === "{") throw new Unplain();
    if (mark === ":" && /[ \t\r\n,\]}]/.test(text[at + 1] ?? " ")) break;
    if (mark === "#" && text[at - 1] === " ") break;
  }
  source.at = at;
  const scalar = text.slice(from, at).replace(AROUND, "");
  if (!isPlain(scalar)) throw new Unplain();
  return typed(scalar);
}

function readQuoted(source: Source): string {
  const { text } = source;
  const quote = text[source.at]!;
  let end = source.at + 1;
  for (; ; end += 1) {
    const mark = text[end];
    if (mark === undefined || mark === "\n") throw new Unplain();
    if (mark === "\\" && quote === '"') end += 1;
    else if (mark === quote && quote === "'" && text[end + 1] === "'") end += 1;
    else if (mark === quote) break;
  }
  const body = text.slice(source.at + 1, end);
  source.at = end + 1;
  if (quote === "'") return body.replaceAll("''", "'");
  if (!body.includes("\\")) return body;
  try {
    return String(JSON.parse(`"${body}"`));
  } catch {
    throw new Unplain();
  }
}

/** Marks that give a scalar another meaning when it begins with them. */
const INDICATORS = new Set(["&", "*", "!", "|", ">", "%", "@", "`", "#", ",", "]", "}", "?", "[", "{", '"', "'"]);

function isPlain(scalar: string): boolean {
  if (scalar === "") return false;
  if (INDICATORS.has(scalar[0]!)) return false;
  return !((scalar[0] === "-" || scalar[0] === ":") && (scalar.length === 1 || scalar[1] === " "));
}

const INTEGER = /^[-+]?(?:0|[1-9]\d*)$/;
const DECIMAL = /^[-+]?(?:0|[1-9]\d*)\.\d+$/;
/** Numbers in other notations, which the full parser must read. */
const OTHER_NUMBER = /^[-+]?(?:\.\d|\.(?:inf|nan)|\d[\d_.]*(?:e[-+]?\d+)?$|0[xo])/i;

function typed(scalar: string): unknown {
  const code = scalar.charCodeAt(0);
  if (code > 0x7a) return scalar === "~" ? null : scalar;
  if (scalar === "true" || scalar === "True" || scalar === "TRUE") return true;
  if (scalar === "false" || scalar === "False" || scalar === "FALSE") return false;
  if (scalar === "null" || scalar === "Null" || scalar === "NULL") return null;
  if (code > 0x39) return scalar;
  if (INTEGER.test(scalar) || DECIMAL.test(scalar)) return Number(scalar);
  if (OTHER_NUMBER.test(scalar)) throw new Unplain();
  return scalar;
}
