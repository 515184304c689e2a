import type { NumberLexicon } from "./number-lexicon.ts";
import type { FoundNumber } from "./numbers.ts";
import type { NotFigureReason } from "./reading.ts";
import type { Token } from "./tokens.ts";

/** Tokens that a cue before a number may take. */
const REACH = 4;
const MONEY = new Set(["$", "€", "£", "¥", "₽", "₺", "֏", "₼"]);

/** Why a number cannot be the size of a claim; null where it can. */
export function contextOf(
  number: FoundNumber,
  tokens: readonly Token[],
  original: string,
  lexicon: NumberLexicon,
): NotFigureReason | null {
  const bySort = ({ number: null, hour: "hour", date: "date", address: "coordinate", list: "other" } as const)[
    number.sort
  ];
  if (bySort !== null) return bySort;
  const sign = bySign(number, tokens);
  if (sign !== null) return sign;
  const after = behind(number, tokens, lexicon);
  if (after === "counted") return null;
  if (after !== null) return after;
  const before = ahead(number, tokens, lexicon);
  if (before !== null) return before;
  if (number.form === "ordinal") return "ordinal";
  return byShape(number, tokens, original);
}

function bySign(number: FoundNumber, tokens: readonly Token[]): NotFigureReason | null {
  const next = tokens[number.last]?.folded;
  const before = tokens[number.first - 1]?.folded ?? "";
  if (next === "%" || before === "%") return "percentage";
  if (MONEY.has(before) || (next !== undefined && MONEY.has(next))) return "money";
  if (next === "°" || before === "°") return "coordinate";
  if (before === "№" || before === "#" || before === "§") return before === "§" ? "article" : "other";
  if (
    (next === "+" && tokens[number.last + 1]?.kind === "digits") ||
    (before === "+" && tokens[number.first - 2]?.kind === "digits")
  )
    return "name";
  return before === "+" ? "phone" : null;
}

function behind(
  number: FoundNumber,
  tokens: readonly Token[],
  lexicon: NumberLexicon,
): NotFigureReason | "counted" | null {
  const next = tokens[number.last];
  const { suffix } = tokens[number.last - 1]!;
  if (suffix !== "") {
    const [hit] = lexicon.after([{ ...tokens[number.last - 1]!, kind: "word", folded: suffix, forms: [suffix] }]);
    if (hit) return hit.payload.reason;
  }
  if (next === undefined || next.gap === "\n") return null;
  const hit = lexicon
    .after(tokens, number.last, Math.min(tokens.length, number.last + REACH))
    .find(({ first }) => first === number.last);
  return hit?.payload.reason ?? null;
}

function ahead(number: FoundNumber, tokens: readonly Token[], lexicon: NumberLexicon): NotFigureReason | null {
  if (number.first === 0 || tokens[number.first]!.gap === "\n") return null;
  const from = Math.max(0, number.first - REACH);
  const hit = lexicon.before(tokens, from, number.first).find(({ last }) => last === number.first);
  return hit === undefined || hit.payload.reason === "counted" ? null : hit.payload.reason;
}

function byShape(number: FoundNumber, tokens: readonly Token[], original: string): NotFigureReason | null {
  const token = tokens[number.first]!;
  if (number.form !== "digits") return null;
  const before = tokens[number.first - 1];
  if (before?.kind === "word" && (token.gap === "" || token.gap === "-") && isName(before, original)) return "name";
  const next = tokens[number.last];
  if (next?.kind === "word" && next.gap === "" && /\p{Lu}/u.test(original[next.start] ?? "")) return "name";
  return number.value !== null && number.last === number.first + 1 && isYear(token, number.value) ? "year" : null;
}

/** "BM-21", "COP29": letters of which the first is a capital. */
function isName(token: Token, original: string): boolean {
  return /^[\p{Lu}]/u.test(original[token.start] ?? "");
}

/** Four digits without separator, near our time: "in 2020", "the 1994 truce". */
function isYear(token: Token, value: number): boolean {
  return token.folded.length === 4 && value >= 1700 && value <= 2100;
}
