import type { NumberEntry, NumberLexicon, NumberRoles, WordLexicon } from "./number-lexicon.ts";
import type { Token } from "./tokens.ts";
import type { Word } from "./words.ts";

/** A word of the lexicon found at a token. */
export interface FoundWord {
  readonly roles: NumberRoles;
  /** Tokens it takes. */
  readonly length: number;
  /** A joining clitic is written onto it: «وخمسون». */
  readonly joined: boolean;
  /** Folded units of the clitic before the word. */
  readonly clitic: number;
}

/** The longest form of the lexicon that begins at a token; null where none does. */
export function lookUp(tokens: readonly Token[], at: number, lexicon: NumberLexicon): FoundWord | null {
  const token = tokens[at];
  if (token === undefined || token.kind !== "word" || !lexicon.opens(token.word)) return null;
  let longest: FoundWord | null = null;
  for (const form of token.forms) {
    const entries = lexicon.entries.get(form);
    if (entries === undefined) continue;
    const entry = entries.length === 1 && entries[0]!.rest.length === 0 ? entries[0] : fitting(entries, tokens, at);
    if (entry === undefined || (longest !== null && entry.rest.length < longest.length)) continue;
    const clitic = token.folded.length - form.length;
    const joined = clitic > 0 && lexicon.joiners.has(token.folded.slice(0, clitic));
    longest = { roles: entry.roles, length: entry.rest.length + 1, joined, clitic };
  }
  if (longest !== null) return longest;
  return lexicon.joining === "required" ? withoutJoiner(tokens, at, lexicon) : null;
}

/** Whether a number, a quantity or a single person can begin with a word: what most words are spared by. */
export function opensNumber({ folded, forms }: Word, lexicon: WordLexicon): boolean {
  const { entries, joiners, persons } = lexicon;
  if (
    forms.some((form) => entries.has(form) || ((persons.bare || persons.ages.size > 0) && persons.singular.has(form)))
  )
    return true;
  if (persons.articles.has(folded) || persons.beside.nouns.has(folded) || unglue(folded, lexicon) !== null) return true;
  return lexicon.joining === "required" && joiners.has(folded[0]!) && entries.has(folded.slice(1));
}

/** Number words too short to be freed of clitics in general: «وست». */
function withoutJoiner(tokens: readonly Token[], at: number, lexicon: NumberLexicon): FoundWord | null {
  const { folded } = tokens[at]!;
  if (folded.length > 4 || !lexicon.joiners.has(folded[0]!)) return null;
  const entries = lexicon.entries.get(folded.slice(1));
  const entry = entries && fitting(entries, tokens, at);
  return entry ? { roles: entry.roles, length: entry.rest.length + 1, joined: true, clitic: 1 } : null;
}

function fitting(entries: readonly NumberEntry[], tokens: readonly Token[], at: number): NumberEntry | undefined {
  return entries.find(({ rest }) => {
    for (let index = 0; index < rest.length; index += 1) {
      const token = tokens[at + 1 + index];
      if (token === undefined || token.gap === "\n" || token.folded !== rest[index]) return false;
    }
    return true;
  });
}

/** Whether a word begins like number words written together. */
function mayBeGlued(word: string, { glued, gluedStarts }: WordLexicon): boolean {
  return glued.size > 0 && word.length > 3 && gluedStarts.has(word.slice(0, 2));
}

/** Number words written together, in order ("on", "bin", "altı", "yüz"); null where the word is anything else. */
export function unglue(word: string, lexicon: WordLexicon): NumberRoles[] | null {
  if (!mayBeGlued(word, lexicon) || word.length > LONGEST_GLUED) return null;
  const found: NumberRoles[] = [];
  for (let at = 0; at < word.length; ) {
    const ending = found.length > 0 ? lexicon.entries.get(word.slice(at))?.[0] : undefined;
    if (ending !== undefined && ending.rest.length === 0) return [...found, ending.roles];
    const length = longestStem(word, at, lexicon.glued);
    if (length === 0) return null;
    found.push(lexicon.glued.get(word.slice(at, at + length))!);
    at += length;
  }
  return found.length > 1 ? found : null;
}

const LONGEST_GLUED = 80;
/** Longer than any stem written into another word. */
const LONGEST_STEM = 12;

function longestStem(word: string, at: number, glued: ReadonlyMap<string, NumberRoles>): number {
  for (let length = Math.min(word.length - at, LONGEST_STEM); length > 0; length -= 1) {
    if (glued.has(word.slice(at, at + length))) return length;
  }
  return 0;
}
