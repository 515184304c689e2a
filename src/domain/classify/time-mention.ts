import type { FieldReading, NumberMention } from "../language/reading.ts";
import type { DayRange } from "./days.ts";
import type { Place } from "./places.ts";
import type { TimeCue, TimeCues, TimeUnit } from "./time-cues.ts";

/** A time that a text names: tokens `first` to `last` (exclusive), days inclusive, null where it does not say. */
export interface TimeMention extends DayRange, Place {
  readonly precision: TimeUnit | "period" | "vague" | "now";
  /** It says the year itself, or names a period: it does not hang on the day of publication. */
  readonly absolute: boolean;
}

/** A cue as found. */
export interface FoundCue<C extends TimeCue = TimeCue> extends Place {
  readonly payload: C;
}

/** A field with what reading its times takes, looked up once. */
export interface TimeReading {
  readonly field: FieldReading;
  readonly cues: TimeCues;
  /** All cues of the field, in order of place. */
  readonly found: readonly FoundCue[];
  /** The words for a year and the years told from publication («last year»), by token. */
  readonly years: ReadonlyMap<number, FoundCue>;
  /** The numbers of the field by token. */
  readonly numbers: ReadonlyMap<number, NumberMention>;
  /** The local day of publication, or null. */
  readonly today: string | null;
}
