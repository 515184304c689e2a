import type { NotFigureReason, NumberMention } from "./reading.ts";

/** A number before it is known whether it can be a figure. */
export interface FoundNumber extends Omit<NumberMention, "notFigure" | "parts"> {
  /** The two numbers of a range. */
  readonly ends?: readonly FoundNumber[];
  /** The last multiplier: 1000 of "20 thousand"; 1 where there is none. */
  readonly unit: number;
  /** What the writing of the digits says by itself. */
  readonly sort: "number" | "hour" | "date" | "address" | "list";
}

/** What the words around a number say of it: a reason why it is no figure, or "counted" where a counted noun follows. */
export type NumberContext = NotFigureReason | "counted" | null;
