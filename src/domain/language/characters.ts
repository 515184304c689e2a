/** What a UTF-16 unit is to the splitting of words. */
export const LETTER = 1;
export const DIGIT = 2;
export const SPACE = 3;
export const NEWLINE = 4;
export const MARK = 5;

const classes = new Uint8Array(0x10000);

/** The class of a UTF-16 unit. Units of characters beyond the basic plane are marks (emoji) by this table. */
export function classOf(unit: number): number {
  const known = classes[unit]!;
  if (known !== 0) return known;
  const found = classify(String.fromCharCode(unit));
  classes[unit] = found;
  return found;
}

function classify(character: string): number {
  if (character === "\n" || character === "\r") return NEWLINE;
  if (/\s/.test(character)) return SPACE;
  if (/[0-9]/.test(character)) return DIGIT;
  return /[\p{L}\p{M}]/u.test(character) ? LETTER : MARK;
}
