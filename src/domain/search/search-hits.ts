import type { WordWriting } from "../language/tokens.ts";
import type { SearchTerm } from "./search-query.ts";
import { type SearchWord, searchWords } from "./search-words.ts";

/** A place in a text that the search found, UTF-16 code units, end exclusive. */
export interface Hit {
  readonly start: number;
  readonly end: number;
}

/** A piece of a text with the hits in it. */
export interface Snippet {
  readonly text: string;
  readonly hits: Hit[];
  /** Whether the text goes on before and behind. */
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

interface FoundTerm extends Hit {
  readonly term: number;
}

/** Where the terms stand in a text, in order and without overlaps. */
export function findHits(text: string, terms: readonly SearchTerm[], writing: WordWriting): Hit[] {
  return apart(findTerms(text, terms, writing));
}

function findTerms(text: string, terms: readonly SearchTerm[], writing: WordWriting): FoundTerm[] {
  if (terms.length === 0) return [];
  const words = searchWords(text, writing);
  return words.flatMap((word, at) =>
    terms.flatMap(({ keys, open }, term) => {
      const last = words[at + keys.length - 1];
      const fits = keys.every((key, index) => isKey(words[at + index], key, open && index === keys.length - 1));
      return last !== undefined && fits ? [{ term, start: word.start, end: last.end }] : [];
    }),
  );
}

function isKey(word: SearchWord | undefined, key: string, open: boolean): boolean {
  return word?.keys.some((known) => (open ? known.startsWith(key) : known === key)) ?? false;
}

function apart(found: readonly Hit[]): Hit[] {
  const hits: Hit[] = [];
  for (const { start, end } of [...found].sort((a, b) => a.start - b.start)) {
    const last = hits.at(-1);
    if (last !== undefined && start < last.end)
      hits[hits.length - 1] = { start: last.start, end: Math.max(end, last.end) };
    else hits.push({ start, end });
  }
  return hits;
}

const BEFORE = 60;

/** The piece of a text that shows most of the terms; its beginning where it has none of them. */
export function snippetOf(
  text: string,
  terms: readonly SearchTerm[],
  { length, writing }: { readonly length: number; readonly writing: WordWriting },
): Snippet {
  const found = findTerms(text, terms, writing);
  let best = { start: 0, terms: 0 };
  for (const [index, { start }] of found.entries()) {
    const seen = new Set<number>();
    for (let at = index; at < found.length && found[at]!.end <= start + length - BEFORE; at += 1)
      seen.add(found[at]!.term);
    if (seen.size > best.terms) best = { start, terms: seen.size };
  }
  const from = best.start <= BEFORE ? 0 : wordEdge(text, best.start - BEFORE, best.start);
  const to = text.length - from <= length ? text.length : from + lastSpace(text.slice(from, from + length));
  return {
    text: text.slice(from, to),
    hits: apart(found)
      .filter(({ start, end }) => start >= from && end <= to)
      .map(({ start, end }) => ({ start: start - from, end: end - from })),
    cutBefore: from > 0,
    cutAfter: to < text.length,
  };
}

/** Where the next word begins, not beyond `most`. */
function wordEdge(text: string, from: number, most: number): number {
  for (let at = from; at < most; at += 1) if (/\s/.test(text[at]!)) return at + 1;
  return most;
}

function lastSpace(piece: string): number {
  const at = Math.max(piece.lastIndexOf(" "), piece.lastIndexOf("\n"));
  return at > piece.length / 2 ? at : piece.length;
}
