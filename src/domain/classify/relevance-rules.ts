import type { PhraseMatcher } from "../language/phrases.ts";

/** A group of cues: all phrases that say the same about an item's subject. */
export interface CueGroup {
  readonly name: string;
  /** Positive for cues of the story, negative for cues of another subject. */
  readonly weight: number;
}

/** What `relevance.yaml` of a story compiles to. Weights are log-odds. */
export interface RelevanceRules {
  readonly bias: number;
  /** The sides of the story, as sides of entities. */
  readonly sides: readonly [string, string];
  readonly both: number;
  readonly bothInTitle: number;
  readonly one: number;
  readonly none: number;
  /** Languages spoken by one side alone: their reports need not name it. */
  readonly home: ReadonlySet<string>;
  readonly homeWeight: number;
  /** For a report of the story's window in which nothing speaks of another subject. */
  readonly inWindow: number;
  /** Ids of entities that belong to the story whatever else is said. */
  readonly contested: ReadonlySet<string>;
  readonly contestedWeight: number;
  /** Ids of entities that say nothing by themselves. */
  readonly ignored: ReadonlySet<string>;
  /** Ids of entities that count when a side of the story is named too. */
  readonly involved: ReadonlySet<string>;
  readonly involvedWeight: number;
  /** Sides of other conflicts, and their weight when named more often than the story's. */
  readonly elsewhere: ReadonlySet<string>;
  readonly elsewhereWeight: number;
  /** Ids of places at the border, and the groups of cues with which they belong to the story whatever else is said. */
  readonly frontier: ReadonlySet<string>;
  readonly frontierCues: ReadonlySet<string>;
  readonly frontierWeight: number;
  /** Groups of cues with which a part of a report on other wars tells of the story, where it names a side and a number. */
  readonly asideCues: ReadonlySet<string>;
  readonly asideWeight: number;
  /** By how much of its weight a group counts again: for its words in the title, and for each further word of another subject. */
  readonly title: number;
  readonly repeat: number;
  /** Phrases in which a name is not the story's («East Azerbaijan»). */
  readonly notNames: (lang: string) => PhraseMatcher<true>;
  readonly cues: (lang: string) => PhraseMatcher<CueGroup>;
}
