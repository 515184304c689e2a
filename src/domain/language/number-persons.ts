import type { NumberLexicon, PersonNouns } from "./number-lexicon.ts";
import type { Token } from "./tokens.ts";

/** Words that may stand between an article and its noun: "a young Armenian soldier". */
const ADJECTIVES = 3;

/**
 * A single person without a number: "a soldier", «جندي». `numberEnd` is where the number before ended: the noun of
 * "31 военнослужащий" is counted already.
 */
export function singularAt(
  tokens: readonly Token[],
  at: number,
  numberEnd: number,
  { persons }: NumberLexicon,
): { first: number; last: number; clitic: number } | null {
  if (persons.singular.size === 0) return null;
  if (persons.articles.has(tokens[at]!.folded)) return behindArticle(tokens, at, persons);
  if (!persons.bare && !persons.ages.has(tokens[at - 1]?.folded ?? "")) return null;
  const clitic = singularClitic(tokens[at]!, persons) ?? (isBesideVerb(tokens, at, persons) ? 0 : null);
  return clitic === null || countedBefore(tokens, at, numberEnd, persons) ? null : { first: at, last: at + 1, clitic };
}

/** «Азербайджанский солдат убит», «погиб армянский солдат»: the verb right beside the noun and its adjectives tells that it is one. */
function isBesideVerb(tokens: readonly Token[], at: number, { beside }: PersonNouns): boolean {
  if (!beside.nouns.has(tokens[at]!.folded)) return false;
  if (beside.verbs.has(tokens[at + 1]?.folded ?? "")) return true;
  for (let before = at - 1; before >= 0 && at - before < ADJECTIVES; before -= 1) {
    const { folded, kind } = tokens[before]!;
    if (beside.verbs.has(folded)) return true;
    if (kind !== "word") return false;
  }
  return false;
}

function behindArticle(
  tokens: readonly Token[],
  at: number,
  persons: PersonNouns,
): { first: number; last: number; clitic: number } | null {
  for (let noun = at + 1; noun <= at + 1 + ADJECTIVES; noun += 1) {
    const token = tokens[noun];
    if (noun === at + 1 && isAge(tokens, noun)) continue;
    if (token === undefined || token.kind !== "word" || token.gap === "\n") return null;
    if (singularClitic(token, persons) === null) continue;
    // "bir mülki şəxs": two nouns of which the first tells what the second is
    const next = tokens[noun + 1];
    const pair = next?.kind === "word" && next.gap !== "\n" && singularClitic(next, persons) !== null;
    return { first: isAge(tokens, at + 1) ? noun : at, last: noun + (pair ? 2 : 1), clitic: 0 };
  }
  return null;
}

/** "A 74-year-old man": a number written onto what says how old the person is; the article is no part of the person then. */
function isAge(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.kind === "digits" && tokens[at + 1]?.gap === "-" && tokens[at + 1]!.kind === "word";
}

/** The length of the clitic before an indefinite singular noun; null where the word is none. */
function singularClitic(token: Token, persons: PersonNouns): number | null {
  for (const form of token.forms) {
    if (!persons.singular.has(form)) continue;
    const clitic = token.folded.slice(0, token.folded.length - form.length);
    return persons.definite.some((definite) => clitic.endsWith(definite)) ? null : clitic.length;
  }
  return null;
}

function countedBefore(tokens: readonly Token[], at: number, numberEnd: number, { ages }: PersonNouns): boolean {
  if (numberEnd === 0 || at - numberEnd > ADJECTIVES) return false;
  // "74-летний мужчина", "74 yaşlı kişi": part of what says how old the person is
  if (numberEnd < at && (tokens[numberEnd]!.gap === "-" || ages.has(tokens[numberEnd]!.folded))) return false;
  for (let index = numberEnd; index < at; index += 1) if (tokens[index]!.kind !== "word") return false;
  return tokens[at]!.gap !== "\n";
}
