import { FeedError } from "./feed-error.ts";
import { cutText, endOfText, isBracketFlood, isTextElement, markupOf, mendAroundCdata } from "./mend-text-element.ts";
import { isOddPrefix } from "./xml-namespaces.ts";
import { type DeclaredEntities, endOfDoctype, mendReferences, readDoctype } from "./xml-references.ts";
import { type OpenTag, openTagAt, tagSource } from "./xml-tags.ts";

/** An XML document made fit for strict parsers, and what was wrong with it. */
export interface MendedXml {
  readonly xml: string;
  /** Local name of the root element, lower case. */
  readonly root: string;
  /** xml:lang and xml:base of the root. */
  readonly language: string | undefined;
  readonly base: string | undefined;
  /** True where the document ends before its root does; an item that was cut is left out. */
  readonly truncated: boolean;
  /** Items beyond the most that are taken. */
  readonly droppedItems: number;
  /** Known namespaces under other prefixes than the usual ones, which rss-parser would not recognise. */
  readonly oddPrefixes: boolean;
  /** Tags that were closed, dropped or escaped. */
  readonly mended: number;
  /** A text over which rss-parser would not come to an end. */
  readonly bracketFlood: boolean;
  /** Texts of which only the beginning was taken. */
  readonly cutTexts: number;
}

/** Honest feeds nest ten deep; beyond this parsers begin to suffer. */
const DEEPEST = 100;
/** Honest feeds of the most items stay far below. */
const MOST_ELEMENTS = 250_000;
/** A document broken in more places than this is not worth mending. */
const MOST_MENDS = 50_000;
/** Items taken from one document. */
export const MOST_ITEMS = 2000;

const FEED_ROOTS = new Set(["rss", "rdf", "feed"]);

interface Mending {
  readonly source: string;
  readonly out: string[];
  readonly stack: string[];
  entities: DeclaredEntities;
  root: string;
  rootAttributes: ReadonlyMap<string, string>;
  items: number;
  droppedItems: number;
  elements: number;
  mended: number;
  cutTexts: number;
  bracketFlood: boolean;
  /** Length of `out` where the open item began, to take it back if the document ends inside it. */
  itemStart: number;
  oddPrefixes: boolean;
}

/**
 * Mends an XML document in one linear pass, before any parser sees it: references, stray and missing tags, attributes,
 * markup that stands unescaped in a text element; comments, instructions and the document type are left out.
 * @throws FeedError for hostile documents (nested or external entities, deep nesting) and for what is no feed.
 */
export function mendXml(text: string): MendedXml {
  const start = startOfDocument(text);
  if (text.trim() === "") throw new FeedError("empty", "the document is not a feed: it is empty");
  if (start === -1) throw notFeed("it holds no markup");
  refuseHtml(text.slice(start, start + 1024));
  const state: Mending = {
    source: text,
    out: [],
    stack: [],
    entities: new Map(),
    root: "",
    rootAttributes: new Map(),
    items: 0,
    droppedItems: 0,
    elements: 0,
    mended: 0,
    cutTexts: 0,
    bracketFlood: false,
    itemStart: 0,
    oddPrefixes: false,
  };
  let at = start;
  while (at < text.length) {
    const next = text.indexOf("<", at);
    const segment = text.slice(at, next === -1 ? text.length : next);
    if (state.stack.length > 0 && segment !== "")
      state.out.push(mendReferences(textOf(state, segment), state.entities));
    if (next === -1) break;
    const end = piece(state, next);
    if (end === -1) break;
    at = end;
    if (state.root !== "" && state.stack.length === 0) break;
  }
  return finish(state);
}

/** Messages that a broken site prints before its feed are skipped. */
function startOfDocument(text: string): number {
  const declared = text.slice(0, 8192).indexOf("<?xml");
  return declared === -1 ? text.indexOf("<") : declared;
}

function finish(state: Mending): MendedXml {
  if (state.root === "") throw notFeed("it holds no element");
  const truncated = state.stack.length > 0;
  if (truncated) {
    const item = state.stack.findIndex((name) => isItem(name));
    if (item !== -1) {
      state.out.length = state.itemStart;
      state.stack.length = item;
    }
    while (state.stack.length > 0) state.out.push(`</${state.stack.pop()}>`);
  }
  const { root, droppedItems, oddPrefixes, mended, cutTexts, bracketFlood } = state;
  const language = state.rootAttributes.get("xml:lang");
  return {
    xml: state.out.join(""),
    root,
    language,
    base: state.rootAttributes.get("xml:base"),
    truncated,
    droppedItems,
    oddPrefixes,
    mended,
    cutTexts,
    bracketFlood,
  };
}

/** Takes what begins with the "<" at `at`; returns where it ends, -1 where the document ends first. */
function piece(state: Mending, at: number): number {
  const { source } = state;
  const next = source.charCodeAt(at + 1);
  if (next === 33) return declaration(state, at);
  if (next === 63) return after(source.indexOf("?>", at), 2);
  if (next === 47) return closeTag(state, at);
  const tag = openTagAt(source, at);
  if (tag === "unfinished") return -1;
  if (tag !== undefined) return openTag(state, tag);
  state.out.push("&lt;");
  noteMend(state);
  return at + 1;
}

function after(found: number, length: number): number {
  return found === -1 ? -1 : found + length;
}

function declaration(state: Mending, at: number): number {
  const { source } = state;
  if (source.startsWith("<!--", at)) return after(source.indexOf("-->", at + 4), 3);
  if (source.startsWith("<![CDATA[", at)) {
    const end = after(source.indexOf("]]>", at + 9), 3);
    if (end !== -1 && state.stack.length > 0) state.out.push(textOf(state, source.slice(at, end)));
    return end;
  }
  if (!/^<!doctype/i.test(source.slice(at, at + 9)) || state.root !== "") return after(source.indexOf(">", at), 1);
  const end = endOfDoctype(source, at);
  if (end !== -1) state.entities = readDoctype(source.slice(at, end));
  return end;
}

/** A closing tag closes what is open beneath it, too; one that closes nothing is dropped. */
function closeTag(state: Mending, at: number): number {
  const bracket = state.source.indexOf(">", at);
  if (bracket === -1) return -1;
  const name = state.source.slice(at + 2, bracket).trim();
  if (!state.stack.includes(name)) {
    noteMend(state);
    return bracket + 1;
  }
  while (state.stack.length > 0) {
    const open = state.stack.pop();
    state.out.push(`</${open}>`);
    if (open === name) break;
    noteMend(state);
  }
  return bracket + 1;
}

function noteMend(state: Mending): void {
  state.mended += 1;
  if (state.mended > MOST_MENDS)
    throw new FeedError("malformed", `the document is broken in more than ${MOST_MENDS} places`);
}

function textOf(state: Mending, inner: string): string {
  const text = cutText(inner);
  if (text !== inner) state.cutTexts += 1;
  return text;
}

function openTag(state: Mending, tag: OpenTag): number {
  const local = localName(tag.name);
  state.elements += 1;
  if (state.elements > MOST_ELEMENTS)
    throw new FeedError("hostile", `the document holds more than ${MOST_ELEMENTS} elements`);
  if (state.root === "") takeRoot(state, tag, local);
  if (tag.attributes.some(([name, value]) => isOddPrefix(name, value))) state.oddPrefixes = true;
  if (isItem(tag.name)) {
    const end = beginItem(state, tag);
    if (end !== undefined) return end;
  }
  if (tag.selfClosing) {
    state.out.push(tagSource(tag, state.entities, "/>"));
    return tag.end;
  }
  if (state.stack.length >= DEEPEST)
    throw new FeedError("hostile", `the document nests deeper than ${DEEPEST} elements`);
  const textEnd =
    isTextElement(tag.name, local) && state.stack.length > 0 ? endOfText(state.source, tag.end, tag.name) : undefined;
  if (textEnd === undefined) {
    state.out.push(tagSource(tag, state.entities, ">"));
    state.stack.push(tag.name);
    return tag.end;
  }
  return textElement(state, tag, textEnd);
}

/** A text element is written whole: markup in it that should have been escaped is wrapped so that its order survives. */
function textElement(state: Mending, tag: OpenTag, textEnd: { inner: number; after: number; markup: boolean }): number {
  const inner = textOf(state, state.source.slice(tag.end, textEnd.inner));
  if (isBracketFlood(inner)) state.bracketFlood = true;
  if (!textEnd.markup) {
    state.out.push(tagSource(tag, state.entities, ">"), mendAroundCdata(inner, state.entities), `</${tag.name}>`);
    return textEnd.after;
  }
  const attributes = [
    ...tag.attributes.filter(([name]) => name !== "type" && name !== "mode"),
    ["type", "html"] as const,
  ];
  state.out.push(tagSource({ ...tag, attributes }, state.entities, ">"), markupOf(inner), `</${tag.name}>`);
  return textEnd.after;
}

function takeRoot(state: Mending, tag: OpenTag, local: string): void {
  if (local === "html") throw notFeed("it is an HTML page");
  if (!FEED_ROOTS.has(local)) throw notFeed(`its root element is <${tag.name.slice(0, 40)}>`);
  state.root = local;
  state.rootAttributes = new Map(tag.attributes);
}

/** A new item ends an item that was never closed. Items beyond the most that are taken are skipped at once. */
function beginItem(state: Mending, tag: OpenTag): number | undefined {
  const open = state.stack.indexOf(tag.name);
  if (open !== -1) {
    while (state.stack.length > open) state.out.push(`</${state.stack.pop()}>`);
    noteMend(state);
  }
  state.itemStart = state.out.length;
  state.items += 1;
  if (state.items <= MOST_ITEMS) return undefined;
  const closing = `</${tag.name}`;
  const last = state.source.lastIndexOf(closing);
  state.droppedItems = 1;
  for (
    let at = state.source.indexOf(closing, tag.end);
    at !== -1 && at < last;
    at = state.source.indexOf(closing, at + closing.length)
  )
    state.droppedItems += 1;
  return last < tag.end ? state.source.length : after(state.source.indexOf(">", last), 1);
}

function refuseHtml(head: string): void {
  if (/^(?:\s|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)*<!doctype\s+html\b/i.test(head)) throw notFeed("it is an HTML page");
}

function notFeed(what: string): FeedError {
  return new FeedError("not-a-feed", `the document is not a feed: ${what}`);
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1).toLowerCase();
}

function isItem(name: string): boolean {
  const local = localName(name);
  return local === "item" || local === "entry";
}
