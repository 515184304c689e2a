import type { PhraseMatcher } from "../language/phrases.ts";

/** One condition of a rule on what stands in a sentence. */
export type Term =
  /** A phrase of one of the cue groups; `earlier`: here or shortly before; `absent`: none; `done`: not right beside a phrase of the group `not`; `within`: a reach of its own; `clause`: no word of contrast (the group `but`) between. */
  | {
      readonly kind: "cue";
      readonly groups: readonly string[];
      readonly earlier: boolean;
      readonly absent: boolean;
      readonly done: boolean;
      readonly within: number | null;
      readonly clause: boolean;
    }
  /** The person or body is named; `clause`: no word of contrast between. */
  | { readonly kind: "entity"; readonly id: string; readonly absent: boolean; readonly clause: boolean }
  /** Someone or something of the side is named; `earlier`: here or shortly before. */
  | { readonly kind: "side"; readonly side: string; readonly earlier: boolean; readonly absent: boolean }
  /** Said or done by the side (`named`: said, in words that name it); `two`: by one of the two sides of the conflict. */
  | { readonly kind: "by"; readonly side: string; readonly absent: boolean; readonly named: boolean };

/** A position with the rules that show it; the first term of a rule is where it stands. */
export interface PositionRules {
  readonly position: string;
  /** Stands beside another position read at the same place, instead of giving way to it. */
  readonly beside: boolean;
  /** It is on what is to come. */
  readonly ahead: boolean;
  readonly rules: readonly (readonly Term[])[];
}

/** Days, ISO dates, both inclusive. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** Words that show which happening is meant; only for a position, or only for items published until a day, where given. */
export interface Sign {
  readonly cue: string;
  readonly position: string | null;
  readonly until: string | null;
}

/** One of several happenings that share a topic, and what tells it from the others. */
export interface Variant {
  readonly event: string;
  readonly signs: readonly Sign[];
  readonly happened: Days;
}

/** The variant meant where nothing tells: by position and day of publication. */
export interface Otherwise {
  readonly event: string;
  readonly position: string | null;
  readonly until: string | null;
}

export interface Topic {
  readonly topic: string;
  /** The baseline event, where the topic has one alone; null for a topic outside the baseline. */
  readonly event: string | null;
  /** Whether a date beside it dates it; else it is of the day of publication. */
  readonly dated: boolean;
  /** The entity that takes the position where the text names nobody. */
  readonly voice: string | null;
  /** The report itself says it unless words of saying name somebody; else whoever does what stands there. */
  readonly narrated: boolean;
  readonly variants: readonly Variant[];
  readonly otherwise: readonly Otherwise[];
  /** The cue groups with which its rules begin: without any of them in a sentence no rule can hold there. */
  readonly leads: readonly string[];
  /** In order: of two that fit at one place, the first wins. */
  readonly positions: readonly PositionRules[];
}

/** What `topics.yaml` of a story compiles to. */
export interface TopicRules {
  readonly topics: readonly Topic[];
  /** How many tokens from its first term the other phrases of a rule may stand; those that rule it out, half as many. */
  readonly reach: number;
  /** Sides of other wars: a sentence that names one of them and neither side of the conflict is not read. */
  readonly elsewhere: ReadonlySet<string>;
  /** Finds the phrases of the cue groups in a text of the language; the payload is the group. */
  readonly cues: (lang: string) => PhraseMatcher<string>;
}
