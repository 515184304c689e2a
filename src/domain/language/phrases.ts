import { beginningOf, insert, type Labels, type Node, newNode, wayOn } from "./phrase-tree.ts";
import type { Token } from "./tokens.ts";
import { rememberByWord, type Word } from "./words.ts";

/**
 * Phrases as data. A phrase is words separated by spaces, matched against the folded forms of tokens:
 *
 *   killed            the word itself (its clitic-free forms too)
 *   погиб*            any word that begins so
 *   *miyor*, *mez     any word that has these letters behind its beginning, or at its end
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
const NOWHERE: readonly never[] = [];

/** What the phrases of a matcher say of a word: its labels, and where the tree goes on behind it as the first. */
interface Known<T> {
  readonly labels: readonly number[];
  readonly ways: readonly Node<T>[];
}

/** Most words are in no phrase. */
const UNKNOWN: Known<never> = { labels: NOWHERE, ways: NOWHERE };

/** A compiled tree with what is remembered of words. */
interface Tree<T> {
  readonly root: Node<T>;
  readonly knownOf: (word: Word) => Known<T>;
}

/**
 * Compiles phrases into a matcher that walks the tokens once and reports every phrase at every place, longest first
 * at each place. Throws an Error that names the phrase when a phrase is empty or malformed.
 */
export function compilePhrases<T>(phrases: Iterable<Phrase<T>>): PhraseMatcher<T> {
  const { root, knownOf } = compileTree(phrases);
  return (tokens, from = 0, to = tokens.length, lastStart = to) => {
    const hits: PhraseHit<T>[] = [];
    const walk: Walk<T> = { tokens, to, knownOf, hits };
    for (let first = from; first < lastStart && first < to; first += 1) {
      const before = hits.length;
      const token = tokens[first]!;
      const { ways } = knownOf(token.word);
      for (let way = 0; way < ways.length; way += 1) step(walk, ways[way]!, first, first + 1);
      if (root.digits !== null && token.kind === "digits") step(walk, root.digits, first, first + 1);
      if (root.any !== null && token.kind === "word") step(walk, root.any, first, first + 1);
      if (hits.length > before + 1) sortTail(hits, before);
    }
    return hits;
  };
}

function compileTree<T>(phrases: Iterable<Phrase<T>>): Tree<T> {
  const root = newNode<T>();
  const labels: Labels = {
    exact: new Map(),
    prefix: new Map(),
    lengths: new Map(),
    letters: new Map(),
    inner: [],
  };
  for (const { phrase, payload } of phrases) insert(root, labels, phrase, payload);
  const knownOf = rememberByWord((word): Known<T> => {
    const found = labelled(word, labels);
    if (found.length === 0) return UNKNOWN;
    const ways = found.flatMap((label) => wayOn(root, label) ?? []);
    return { labels: found, ways: ways.length === 0 ? NOWHERE : ways.slice() };
  });
  return { root, knownOf };
}

function sortTail<T>(hits: PhraseHit<T>[], from: number): void {
  const tail = hits.splice(from).sort((a, b) => b.last - a.last);
  hits.push(...tail);
}

/** The labels of a word: as it is written, by its beginnings, the longest first, by what is in it; so for each form. */
function labelled({ forms }: Word, { exact, prefix, lengths, letters, inner }: Labels): readonly number[] {
  let found: readonly number[] = NOWHERE;
  for (const form of forms) {
    const possible = lengths.get(beginningOf(form));
    if (possible !== undefined) {
      const whole = exact.get(form);
      if (whole !== undefined) found = [...found, whole];
      for (const length of possible) {
        const beginning = length <= form.length ? prefix.get(form.slice(0, length)) : undefined;
        if (beginning !== undefined) found = [...found, beginning];
      }
    }
    const letter = letters.get(form.charCodeAt(0));
    if (letter !== undefined) found = [...found, letter];
    for (const { text, ends, label } of inner) {
      if (ends ? form.length > text.length && form.endsWith(text) : form.includes(text, 1)) found = [...found, label];
    }
  }
  return found;
}

interface Walk<T> {
  readonly tokens: readonly Token[];
  readonly to: number;
  readonly knownOf: (word: Word) => Known<T>;
  readonly hits: PhraseHit<T>[];
}

/** Goes on from a place of the tree at token `at` of a phrase that began at `first`. */
function step<T>(walk: Walk<T>, node: Node<T>, first: number, at: number): void {
  if (node.payloads !== null) for (const payload of node.payloads) walk.hits.push({ first, last: at, payload });
  if (at >= walk.to) return;
  const token = walk.tokens[at]!;
  if (node.next !== null) {
    const { labels } = walk.knownOf(token.word);
    for (let index = 0; index < labels.length; index += 1) {
      const way = wayOn(node, labels[index]!);
      if (way !== undefined) step(walk, way, first, at + 1);
    }
  }
  if (node.digits !== null && token.kind === "digits") step(walk, node.digits, first, at + 1);
  if (node.any !== null && token.kind === "word") step(walk, node.any, first, at + 1);
  if (node.gap !== null) for (const { upTo, node: after } of node.gap) skip(walk, after, first, at, upTo);
}

/** Goes on behind up to so many tokens, not across the end of a sentence. */
function skip<T>(walk: Walk<T>, after: Node<T>, first: number, at: number, upTo: number): void {
  for (let next = at; next <= at + upTo && next < walk.to; next += 1) {
    step(walk, after, first, next);
    if (SENTENCE_END.has(walk.tokens[next]!.folded)) return;
  }
}
