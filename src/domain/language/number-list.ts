import type { FieldReading, NumberMention, Reading } from "./reading.ts";

/** A number as `rasid analyze --numbers` lists it; the span is in UTF-16 code units of the named field. */
export interface ListedNumber {
  readonly value: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const DIGITS = /\d/;

/**
 * Every number written in an item, figures or not, in the order of the text; title first. A range lists both its ends.
 * Not listed are quantities without a number, single persons, ordinals in words, and "one" inside a sentence, where it
 * is an article or pronoun in most languages.
 */
export function numbersOf(reading: Reading): ListedNumber[] {
  const listed: ListedNumber[] = [];
  for (const field of reading.fields)
    for (const number of field.numbers)
      for (const part of number.parts ?? [number]) {
        const { value, start, end } = part;
        const text = field.original.slice(start, end);
        if (value !== null && isListed(part, text, field)) listed.push({ value, text, start, end });
      }
  return listed;
}

function isListed(number: NumberMention, text: string, field: FieldReading): boolean {
  if (number.form === "singular") return false;
  if (number.form === "ordinal") return DIGITS.test(text);
  if (number.form !== "words" || number.value !== 1) return true;
  return !field.tokens.some((token, index) => token.kind === "word" && (index < number.first || index >= number.last));
}
