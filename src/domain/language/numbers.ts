import { digitValue } from "./digits.ts";
import type { NumberLexicon, NumberWord } from "./number-lexicon.ts";
import type { NumberMention } from "./reading.ts";
import type { Token } from "./tokens.ts";

interface Part {
  readonly value: number;
  readonly room: number;
  /** The token at which the number would end were this its last part. */
  readonly last: number;
  readonly digits: boolean;
}

interface Found {
  readonly word: NumberWord;
  readonly length: number;
  readonly joined: boolean;
}

/** Finds the numbers of a field: digits, words and mixtures of both. Linear in the number of tokens. */
export function readNumbers(tokens: readonly Token[], lexicon: NumberLexicon): NumberMention[] {
  const mentions: NumberMention[] = [];
  for (let index = 0; index < tokens.length; ) {
    const parts = readParts(tokens, index, lexicon);
    if (parts.length === 0) {
      index += 1;
      continue;
    }
    const last = parts.at(-1)!.last;
    const digits = parts.filter((part) => part.digits).length;
    mentions.push({
      value: parts.reduce((sum, part) => sum + part.value, 0),
      form: digits === 0 ? "words" : last - index === digits ? "digits" : "mixed",
      notFigure: null,
      first: index,
      last,
      start: tokens[index]!.start,
      end: tokens[last - 1]!.end,
    });
    index = last;
  }
  return mentions;
}

function lookUp(tokens: readonly Token[], at: number, lexicon: NumberLexicon): Found | null {
  const token = tokens[at];
  if (!token || token.kind !== "word") return null;
  for (const form of token.forms) {
    const joined =
      form.length < token.folded.length &&
      lexicon.joiners.has(token.folded.slice(0, token.folded.length - form.length));
    for (const { rest, word } of lexicon.phrases.get(form) ?? [])
      if (rest.every((next, index) => tokens[at + 1 + index]?.folded === next))
        return { word, length: rest.length + 1, joined };
    const word = lexicon.words.get(form);
    if (word) return { word, length: 1, joined };
  }
  return null;
}

function readParts(tokens: readonly Token[], from: number, lexicon: NumberLexicon): Part[] {
  let parts: Part[] = [];
  for (let at = from; ; ) {
    let next = at;
    let joined = false;
    if (parts.length > 0 && tokens[next]?.kind === "word" && lexicon.joiners.has(tokens[next]!.folded)) {
      joined = true;
      next += 1;
    }
    const token = tokens[next];
    if (!token || (next > from && token.gap === "\n")) return parts;
    const added =
      token.kind === "digits"
        ? addDigits(parts, token, next, lexicon)
        : addWord(parts, lookUp(tokens, next, lexicon), next, joined, lexicon);
    if (!added) return parts;
    parts = added;
    at = parts.at(-1)!.last;
  }
}

function addDigits(parts: Part[], token: Token, at: number, lexicon: NumberLexicon): Part[] | null {
  const value = digitValue(token.folded, lexicon.decimal);
  if (value === null) return null;
  const before = parts.at(-1);
  if (before && (value <= 0 || value >= before.room)) return null;
  return [...parts, { value, room: 0, last: at + 1, digits: true }];
}

function addWord(
  parts: Part[],
  found: Found | null,
  at: number,
  joined: boolean,
  lexicon: NumberLexicon,
): Part[] | null {
  if (!found || (found.word.inside && parts.length === 0)) return null;
  const { word } = found;
  const last = at + found.length;
  const before = parts.at(-1);
  if (word.kind === "times") {
    const kept = parts.filter((part) => part.value >= word.value && !part.digits);
    const factor = parts.slice(kept.length).reduce((sum, part) => sum + part.value, 0) || 1;
    const under = kept.at(-1);
    if (under && factor * word.value >= under.room) return null;
    return [...kept, { value: factor * word.value, room: word.room, last, digits: false }];
  }
  if (!before) return [{ value: word.value, room: word.room, last, digits: false }];
  if (
    lexicon.unitsFirst &&
    (joined || found.joined) &&
    before.value < 10 &&
    before.value > 0 &&
    word.value >= 20 &&
    word.value < 100 &&
    !before.digits
  )
    return [...parts.slice(0, -1), { value: before.value + word.value, room: 1, last, digits: false }];
  if (word.value <= 0 || word.value >= before.room || before.digits) return null;
  return [...parts, { value: word.value, room: word.room, last, digits: false }];
}
