import type { Measure, Party, Qualifier } from "../claims/claim.ts";

/** A period of days, ISO dates, both inclusive. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** A figure as the reference article gives it. `value` is null where the article is vague. */
export interface BaselineFigure {
  readonly measure: Measure;
  readonly party: Party;
  readonly civilian: boolean;
  readonly value: number | null;
  readonly low?: number;
  readonly high?: number;
  readonly qualifier: Qualifier;
}

/** What the reference article has one speaker say: a figure, a position, or both. */
export interface BaselineClaim {
  readonly speaker: string;
  readonly side: string;
  /** The day it was said, ISO date in the story's zone. */
  readonly asOf: string;
  readonly position?: string;
  readonly figure?: BaselineFigure;
}

/** Which figures are about a baseline event: all conditions hold together, the number itself is none of them. */
export interface FigureMatch {
  readonly measure: Measure;
  readonly party: Party;
  readonly civilian: boolean | "any";
  /** When the happening took place; several where writers date the same happening differently. */
  readonly windows: readonly Days[];
  /** Publications within it are about the event where the text gives no time; null when the text must give one. */
  readonly undated: Days | null;
  /** Counts without a time that are published since a day and stay below a number tell of a later incident, no toll. */
  readonly incidents: { readonly from: string; readonly below: number } | null;
  /** The happening whose consequences are counted: the same word for figures with the same base. */
  readonly base: string;
}

/** One row of what the reference article reports. */
export interface BaselineEvent {
  readonly id: string;
  readonly kind: "figure" | "statement" | "happening";
  /** What it is about, in our own words, by language. */
  readonly gloss: Readonly<Record<string, string>>;
  /** Empty when the article does not report it although it is tracked. */
  readonly claims: readonly BaselineClaim[];
  readonly match: FigureMatch | null;
  /** The event that this row repeats in another place of the article; its figures are matched there. */
  readonly sameAs: string | null;
  /** Positions for which the event's figures are counted apart ("offered", "handed-over"); else empty. */
  readonly stages: readonly string[];
  /** Other values in circulation for the same thing, which are no change. */
  readonly variants: readonly number[];
  /** `side`: each speaker side has its own position; `happening`: one course of things, whoever reports it. */
  readonly keyedBy: "side" | "happening";
  /** The sides whose positions count; null: every named side. */
  readonly voices: readonly string[] | null;
  /** Positions that say nothing: a report that gives one of a side gives no other of it. */
  readonly silence: readonly string[];
  /** Positions that count only when a person or body of the side is named. */
  readonly named: readonly string[];
  /** How far things have come by position; a lower rank than the current one is old news. Absent: no order. */
  readonly rank: ReadonlyMap<string, number>;
  /** Positions that say the same, each with the one that stands for it. */
  readonly sameAsPosition: ReadonlyMap<string, string>;
  /** The last day on which positions on it could change (ISO date); null when it is still open. */
  readonly over: string | null;
}

/** A passage of the article's history, never news. */
export interface BackgroundPassage {
  readonly id: string;
  readonly gloss: string;
  readonly from?: number;
  readonly to?: number;
}

/** Where the article contradicts itself or other reports: differences that are no news. */
export interface Discrepancy {
  readonly events: readonly string[];
  readonly note: string;
}

/** What `baseline.yaml` of a story compiles to. */
export interface Baseline {
  /** `published`: ISO 8601 with zone. What was said before it is older than the baseline. */
  readonly article: { readonly source: string; readonly lang: string; readonly published: string };
  readonly events: readonly BaselineEvent[];
  readonly byId: ReadonlyMap<string, BaselineEvent>;
  readonly discrepancies: readonly Discrepancy[];
  readonly background: readonly BackgroundPassage[];
}
