import type { Reading } from "./reading.ts";

/** A number as `rasid analyze --numbers` lists it; the span is in UTF-16 code units of the named field. */
export interface ListedNumber {
  readonly value: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Every number written in an item, figures or not, in the order of the text; title first. A range lists both its ends. */
export function numbersOf(reading: Reading): ListedNumber[] {
  const listed: ListedNumber[] = [];
  for (const { original, numbers } of reading.fields)
    for (const number of numbers)
      for (const { value, form, start, end } of number.parts ?? [number])
        if (value !== null && form !== "singular") listed.push({ value, text: original.slice(start, end), start, end });
  return listed;
}
