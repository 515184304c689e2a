import { foldPhrase } from "./folding.ts";
import type { Token } from "./tokens.ts";
import type { Word } from "./words.ts";

/**
 * Phrases as data. A phrase is words separated by spaces, matched against the folded forms of tokens:
 *
 *   killed            the word itself (its clitic-free forms too)
 *   погиб*            any word that begins so
 *   (killed|dead)     one of several words, each may end in `*`
 *   #                 a number written in digits
 *   _                 any one word
 *   ..3               up to three tokens of any kind (not across a sentence end)
 *   "," or ":"        a punctuation mark stands for itself
 */
export interface Phrase<T> {
  readonly phrase: string;
  readonly payload: T;
}

/** A phrase found: tokens `first` to `last` (exclusive). */
export interface PhraseHit<T> {
  readonly first: number;
  readonly last: number;
  readonly payload: T;
}

/** A place in the tree of phrases. Tables are made when first needed: most places have one way on. */
interface Node<T> {
  exact: Map<string, Node<T>> | null;
  prefix: Map<string, Node<T>> | null;
  longestPrefix: number;
  digits: Node<T> | null;
  any: Node<T> | null;
  gap: { upTo: number; node: Node<T> }[] | null;
  payloads: T[] | null;
}

/**
 * Finds phrases in tokens `from` to `to` (exclusive), in order of place, longest first at each place. With `lastStart`
 * only those that begin before it.
 */
export type PhraseMatcher<T> = (
  tokens: readonly Token[],
  from?: number,
  to?: number,
  lastStart?: number,
) => PhraseHit<T>[];

const SENTENCE_END = new Set([".", "!", "?", "։", "…"]);
/** Each matcher's place in `Word.openings`, so that a word seen before costs one look into an array. */
let matchers = 0;
const NOWHERE: readonly never[] = [];

function newNode<T>(): Node<T> {
  return { exact: null, prefix: null, longestPrefix: 0, digits: null, any: null, gap: null, payloads: null };
}

/**
 * Compiles phrases into a matcher that walks the tokens once and reports every phrase at every place, longest first
 * at each place. Throws an Error that names the phrase when a phrase is empty or malformed.
 */
export function compilePhrases<T>(phrases: Iterable<Phrase<T>>): PhraseMatcher<T> {
  const root = newNode<T>();
  for (const { phrase, payload } of phrases) insert(root, phrase, payload);
  const matcher = matchers;
  matchers += 1;
  const openedBy = (word: Word): readonly Node<T>[] => {
    const known = word.openings[matcher];
    if (known !== undefined) return known as readonly Node<T>[];
    const found: Node<T>[] = [];
    for (const form of word.forms) waysOn(root, form, found);
    const ways = found.length === 0 ? NOWHERE : found;
    word.openings[matcher] = ways;
    return ways;
  };
  return (tokens, from = 0, to = tokens.length, lastStart = to) => {
    const hits: PhraseHit<T>[] = [];
    for (let first = from; first < lastStart && first < to; first += 1) {
      const before = hits.length;
      const token = tokens[first]!;
      for (const node of openedBy(token.word)) walk(node, tokens, first, first + 1, to, hits);
      if (root.digits !== null && token.kind === "digits") walk(root.digits, tokens, first, first + 1, to, hits);
      if (root.any !== null && token.kind === "word") walk(root.any, tokens, first, first + 1, to, hits);
      if (hits.length > before + 1) sortTail(hits, before);
    }
    return hits;
  };
}

function sortTail<T>(hits: PhraseHit<T>[], from: number): void {
  const tail = hits.splice(from).sort((a, b) => b.last - a.last);
  hits.push(...tail);
}

/** The places that a word leads to: as it is written, and by its beginnings. */
function waysOn<T>(node: Node<T>, form: string, found: Node<T>[]): void {
  const exact = node.exact?.get(form);
  if (exact) found.push(exact);
  if (node.prefix === null) return;
  for (let length = Math.min(form.length, node.longestPrefix); length > 0; length -= 1) {
    const prefix = node.prefix.get(form.slice(0, length));
    if (prefix) found.push(prefix);
  }
}

function walk<T>(
  node: Node<T>,
  tokens: readonly Token[],
  first: number,
  at: number,
  to: number,
  hits: PhraseHit<T>[],
): void {
  if (node.payloads !== null) for (const payload of node.payloads) hits.push({ first, last: at, payload });
  if (at >= to) return;
  const token = tokens[at]!;
  if (node.exact !== null || node.prefix !== null) {
    const ways: Node<T>[] = [];
    for (const form of token.forms) waysOn(node, form, ways);
    for (const way of ways) walk(way, tokens, first, at + 1, to, hits);
  }
  if (node.digits !== null && token.kind === "digits") walk(node.digits, tokens, first, at + 1, to, hits);
  if (node.any !== null && token.kind === "word") walk(node.any, tokens, first, at + 1, to, hits);
  if (node.gap === null) return;
  for (const { upTo, node: after } of node.gap) {
    for (let skip = 0; skip <= upTo && at + skip < to; skip += 1) {
      walk(after, tokens, first, at + skip, to, hits);
      if (SENTENCE_END.has(tokens[at + skip]!.folded)) break;
    }
  }
}

const GAP = /^\.\.(\d+)$/;

function insert<T>(root: Node<T>, phrase: string, payload: T): void {
  const parts = foldPhrase(phrase)
    .split(/\s+/)
    .filter((part) => part !== "");
  if (parts.length === 0) throw new Error(`an empty phrase: «${phrase}»`);
  if (GAP.test(parts[0]!) || GAP.test(parts.at(-1)!))
    throw new Error(`a phrase begins or ends with a gap: «${phrase}»`);
  let nodes = [root];
  for (const part of parts) nodes = nodes.flatMap((node) => step(node, part, phrase));
  for (const node of nodes) {
    node.payloads ??= [];
    node.payloads.push(payload);
  }
}

function step<T>(node: Node<T>, part: string, phrase: string): Node<T>[] {
  if (part === "#") {
    node.digits ??= newNode();
    return [node.digits];
  }
  if (part === "_") {
    node.any ??= newNode();
    return [node.any];
  }
  const gap = GAP.exec(part);
  if (gap) return [gapNode(node, Number(gap[1]))];
  if (!part.startsWith("(") || !part.endsWith(")")) return [wordNode(node, part, phrase)];
  return part
    .slice(1, -1)
    .split("|")
    .map((word) => wordNode(node, word, phrase));
}

function gapNode<T>(node: Node<T>, upTo: number): Node<T> {
  node.gap ??= [];
  const known = node.gap.find((gap) => gap.upTo === upTo);
  if (known) return known.node;
  const after = newNode<T>();
  node.gap.push({ upTo, node: after });
  return after;
}

/** A word written with a hyphen or apostrophe in the configuration is the tokens that the text gives for it. */
function wordNode<T>(node: Node<T>, word: string, phrase: string): Node<T> {
  const pieces = word.split(/[-']/).filter((piece) => piece !== "");
  if (pieces.length === 0) throw new Error(`a part without a word in the phrase «${phrase}»`);
  let at = node;
  for (const [index, piece] of pieces.entries()) {
    const open = index === pieces.length - 1 && piece.endsWith("*");
    const text = open ? piece.slice(0, -1) : piece;
    if (text === "" || text.includes("*")) throw new Error(`a misplaced * in the phrase «${phrase}»`);
    if (open) {
      at.prefix ??= new Map();
      at.longestPrefix = Math.max(at.longestPrefix, text.length);
      at = wayIn(at.prefix, text);
    } else {
      at.exact ??= new Map();
      at = wayIn(at.exact, text);
    }
  }
  return at;
}

function wayIn<T>(table: Map<string, Node<T>>, text: string): Node<T> {
  const known = table.get(text);
  if (known) return known;
  const node = newNode<T>();
  table.set(text, node);
  return node;
}
