import type { FieldName } from "../language/reading.ts";

export const MEASURES = [
  "killed",
  "wounded",
  "missing",
  "captured",
  "bodies",
  "area_km2",
  "displaced",
  "other",
] as const;
export type Measure = (typeof MEASURES)[number];

/** Whose people or land a figure counts. Forces and Armenian inhabitants of Nagorno-Karabakh count as armenia. */
export type Party = "armenia" | "azerbaijan" | "both" | "other";

export type Qualifier = "exact" | "at_least" | "more_than" | "about" | "nearly" | "vague";

export type FigureRole = "current" | "previous" | "increment" | "component" | "combined" | "denied" | "background";

/** An exact span of a field: `quote === field.slice(start, end)`. */
export interface Span {
  readonly quote: string;
  readonly field: FieldName;
  readonly start: number;
  readonly end: number;
}

/** Who asserts a claim. `side` is a party or another actor of the story (russia, turkey, csto, media, …). */
export interface Attribution {
  /** The id of a known person or body of the story, a name as written, or "-" where nobody is named. */
  readonly speaker: string;
  readonly side: string;
}

/** A figure: measure, party, value, qualifier, role, who says it, and the words that carry it. */
export interface Figure extends Span, Attribution {
  /** A baseline event's id, "new" (of the story's window, not in the baseline), "background", or null (not the story). */
  readonly event: string | null;
  readonly measure: Measure;
  readonly party: Party;
  readonly civilian: boolean;
  readonly value: number | null;
  readonly low?: number;
  readonly high?: number;
  readonly qualifier: Qualifier;
  readonly role: FigureRole;
  /** When what is counted happened, as far as the text says: ISO date or range start; null when it does not say. */
  readonly happened?: string | null;
  /** When the speaker said so, ISO 8601, where the text gives another time than that of publication. */
  readonly asserted?: string | null;
  /** The text says that an earlier number was wrong ("revised down", "clarified"). */
  readonly correction?: boolean;
  /** Further places where the same figure stands. */
  readonly spans?: readonly Span[];
}

/** A statement: a speaker's position on a topic. */
export interface Statement extends Span, Attribution {
  /** A baseline event's id, or null for a topic outside the baseline. */
  readonly event: string | null;
  readonly topic: string;
  readonly position: string;
  /** When the speaker said so, ISO 8601, where the text gives another time than that of publication. */
  readonly asserted?: string | null;
}

/** A rule that fired, or that kept a number from becoming a claim, in words a user understands. */
export interface TraceLine {
  readonly rule: string;
  readonly because: string;
  readonly field: FieldName;
  readonly start: number;
  readonly end: number;
}
