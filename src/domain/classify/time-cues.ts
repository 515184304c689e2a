import type { PhraseMatcher } from "../language/phrases.ts";

export const TIME_UNITS = ["day", "week", "month", "year"] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** A word or phrase that says when, or how to take what says when. */
export type TimeCue =
  /** `unsure`: the word means something else as well, so a day or a year must stand beside it. */
  | { readonly kind: "month"; readonly month: number; readonly unsure: boolean }
  /** 1 is Monday. */
  | { readonly kind: "weekday"; readonly day: number }
  /** Days from the day of publication: "yesterday" is -1. */
  | { readonly kind: "day"; readonly offset: number }
  /** A week, month or year counted from that of publication: "last year" is -1. */
  | { readonly kind: "span"; readonly unit: Exclude<TimeUnit, "day">; readonly offset: number }
  /** "three years ago"; without a number some time in the past. */
  | { readonly kind: "ago"; readonly unit: TimeUnit }
  /** Long ago, no telling when: "in Soviet times". */
  | { readonly kind: "past" }
  /** "since": what follows is where a stretch of time begins. */
  | { readonly kind: "since" }
  /** "after", "in the wake of". */
  | { readonly kind: "after" }
  /** "worst", "deadliest": with "since" or "after", the time is what something is compared with. */
  | { readonly kind: "most" }
  /** "which", "when": what follows tells of the time right before. */
  | { readonly kind: "relative" }
  /** "agreement", "statement": a date beside it is part of its name. */
  | { readonly kind: "named" }
  /** "as of", "toll", "briefing": a day beside it is that of the count or report. */
  | { readonly kind: "report" }
  /** "buried", "funeral": a day beside it is that of mourning the dead. */
  | { readonly kind: "rite" }
  /** "now", "so far": the present, without a day. */
  | { readonly kind: "now" }
  | { readonly kind: "yearWord" }
  /** A phrase that only looks like a time: "the first day". */
  | { readonly kind: "mask" };

/** What `times.yaml` of a language compiles to. */
export interface TimeCues {
  readonly find: PhraseMatcher<TimeCue>;
  /** Whether the day may follow the month: "September 13", «սեպտեմբերի 13-ին». */
  readonly dayAfterMonth: boolean;
  /** Words that join two days of one month or a day and its month, folded: "and", "of". */
  readonly joins: ReadonlySet<string>;
  /** Endings that mean "since" («2020-ից»), folded. */
  readonly sinceEndings: readonly string[];
  /** It has words of comparing: what a time merely is compared with can be told. */
  readonly compares: boolean;
}
