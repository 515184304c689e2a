import type { Token } from "./tokens.ts";

/** The fields of an item in which claims are read. Spans are in UTF-16 code units of the named field. */
export type FieldName = "title" | "text";

/** A sentence: tokens `first` to `last` (exclusive) and its span in the original field. */
export interface Sentence {
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
}

/** Why a number is not the size of a claim. `null` on a mention means that it may be one. */
export type NotFigureReason =
  | "date"
  | "year"
  | "hour"
  | "age"
  | "duration"
  | "ordinal"
  | "article"
  | "unit-name"
  | "weapon"
  | "percentage"
  | "money"
  | "score"
  | "distance"
  | "coordinate"
  | "phone"
  | "name"
  | "times"
  | "summit"
  | "none"
  | "other";

/**
 * A number found in a text: digits, words, mixed forms, duals, collectives, bare singulars, ranges, vague quantities.
 * `value` is null for vague quantities and ranges, which carry `low` and `high` where known.
 */
export interface NumberMention {
  readonly value: number | null;
  readonly low?: number;
  readonly high?: number;
  readonly form: "digits" | "words" | "mixed" | "dual" | "singular" | "collective" | "range" | "vague" | "ordinal";
  readonly notFigure: NotFigureReason | null;
  /** The two numbers of a range. */
  readonly parts?: readonly NumberMention[];
  /** Tokens `first` to `last` (exclusive) in the field. */
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
}

/** One field, read once: everything later steps need, so that no step reads the text a second time. */
export interface FieldReading {
  readonly field: FieldName;
  readonly original: string;
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
  readonly numbers: readonly NumberMention[];
}

/** An item's text as read: its language and its fields, title first when there is one. */
export interface Reading {
  readonly lang: string;
  readonly fields: readonly FieldReading[];
}
