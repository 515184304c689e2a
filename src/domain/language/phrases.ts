import { foldPhrase } from "./folding.ts";
import type { Token } from "./tokens.ts";

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

interface Node<T> {
  exact: Map<string, Node<T>>;
  prefix: Map<string, Node<T>>;
  longestPrefix: number;
  digits: Node<T> | null;
  any: Node<T> | null;
  gap: { upTo: number; node: Node<T> }[];
  payloads: T[];
}

export type PhraseMatcher<T> = (tokens: readonly Token[], from?: number, to?: number) => PhraseHit<T>[];

const SENTENCE_END = new Set([".", "!", "?", "։", "…"]);

function newNode<T>(): Node<T> {
  return { exact: new Map(), prefix: new Map(), longestPrefix: 0, digits: null, any: null, gap: [], payloads: [] };
}

/**
 * Compiles phrases into a matcher that walks the tokens once and reports every phrase at every place, longest first
 * at each place. Throws an Error that names the phrase when a phrase is empty or malformed.
 */
export function compilePhrases<T>(phrases: Iterable<Phrase<T>>): PhraseMatcher<T> {
  const root = newNode<T>();
  for (const { phrase, payload } of phrases) insert(root, phrase, payload);
  return (tokens, from = 0, to = tokens.length) => {
    const hits: PhraseHit<T>[] = [];
    for (let first = from; first < to; first += 1) {
      const before = hits.length;
      walk(root, tokens, first, first, to, hits);
      if (hits.length > before + 1) sortTail(hits, before);
    }
    return hits;
  };
}

function sortTail<T>(hits: PhraseHit<T>[], from: number): void {
  const tail = hits.splice(from).sort((a, b) => b.last - a.last);
  hits.push(...tail);
}

function walk<T>(
  node: Node<T>,
  tokens: readonly Token[],
  first: number,
  at: number,
  to: number,
  hits: PhraseHit<T>[],
): void {
  for (const payload of node.payloads) hits.push({ first, last: at, payload });
  if (at >= to) return;
  const token = tokens[at]!;
  for (const form of token.forms) {
    const exact = node.exact.get(form);
    if (exact) walk(exact, tokens, first, at + 1, to, hits);
    if (node.prefix.size > 0) {
      for (let length = Math.min(form.length, node.longestPrefix); length > 0; length -= 1) {
        const prefix = node.prefix.get(form.slice(0, length));
        if (prefix) walk(prefix, tokens, first, at + 1, to, hits);
      }
    }
  }
  if (node.digits && token.kind === "digits") walk(node.digits, tokens, first, at + 1, to, hits);
  if (node.any && token.kind === "word") walk(node.any, tokens, first, at + 1, to, hits);
  for (const { upTo, node: after } of node.gap) {
    for (let skip = 0; skip <= upTo && at + skip < to; skip += 1) {
      walk(after, tokens, first, at + skip, to, hits);
      if (SENTENCE_END.has(tokens[at + skip]!.folded)) break;
    }
  }
}

function insert<T>(root: Node<T>, phrase: string, payload: T): void {
  const parts = foldPhrase(phrase)
    .split(/\s+/)
    .filter((part) => part !== "");
  if (parts.length === 0) throw new Error(`an empty phrase: «${phrase}»`);
  if (/^\.\.\d+$/.test(parts[0]!) || /^\.\.\d+$/.test(parts.at(-1)!))
    throw new Error(`a phrase begins or ends with a gap: «${phrase}»`);
  let nodes = [root];
  for (const part of parts) nodes = nodes.flatMap((node) => step(node, part, phrase));
  for (const node of nodes) node.payloads.push(payload);
}

function step<T>(node: Node<T>, part: string, phrase: string): Node<T>[] {
  if (part === "#") return [(node.digits ??= newNode())];
  if (part === "_") return [(node.any ??= newNode())];
  const gap = /^\.\.(\d+)$/.exec(part);
  if (gap) {
    const after = newNode<T>();
    node.gap.push({ upTo: Number(gap[1]), node: after });
    return [after];
  }
  const words = part.startsWith("(") && part.endsWith(")") ? part.slice(1, -1).split("|") : [part];
  return words.flatMap((word) => wordNodes(node, word, phrase));
}

/** A word written with a hyphen or apostrophe in the configuration is the tokens that the text gives for it. */
function wordNodes<T>(node: Node<T>, word: string, phrase: string): Node<T>[] {
  const pieces = word.split(/[-']/).filter((piece) => piece !== "");
  if (pieces.length === 0) throw new Error(`a part without a word in the phrase «${phrase}»`);
  let at = node;
  for (const [index, piece] of pieces.entries()) {
    const open = index === pieces.length - 1 && piece.endsWith("*");
    const text = open ? piece.slice(0, -1) : piece;
    if (text === "" || text.includes("*")) throw new Error(`a misplaced * in the phrase «${phrase}»`);
    const table = open ? at.prefix : at.exact;
    let next = table.get(text);
    if (!next) table.set(text, (next = newNode()));
    if (open) at.longestPrefix = Math.max(at.longestPrefix, text.length);
    at = next;
  }
  return [at];
}
