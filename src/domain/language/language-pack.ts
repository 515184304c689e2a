import type { AttributionCues } from "../claims/attribution-cues.ts";
import type { FigureCues } from "../claims/figure-cues.ts";
import type { TimeCues } from "../classify/time-cues.ts";
import type { Detector } from "./detection.ts";
import type { NumberLexicon } from "./number-lexicon.ts";
import type { Writing } from "./writing.ts";

/** A language as the domain takes it, compiled from `config/languages/<iso>/`. One file of the folder a part. */
export interface LanguagePack {
  /** ISO 639-1. */
  readonly iso: string;
  readonly name: string;
  /** `writing.yaml` */
  readonly writing: Writing;
  /** `numbers.yaml` */
  readonly numbers: NumberLexicon;
  /** `figures.yaml` */
  readonly figures: FigureCues;
  /** `times.yaml` */
  readonly times: TimeCues;
  /** `attribution.yaml` */
  readonly attribution: AttributionCues;
}

/** All languages by ISO code, and the one for a language that has none: digits and names alone. */
export interface LanguagePacks {
  readonly byIso: ReadonlyMap<string, LanguagePack>;
  readonly other: LanguagePack;
  /** Tells the language of a text from its letters and frequent words. */
  readonly detect: Detector;
}
