import type { Baseline } from "./baseline/baseline.ts";
import type { TopicRules } from "./claims/topic-rules.ts";
import type { DayRange } from "./classify/days.ts";
import type { RelevanceRules } from "./classify/relevance-rules.ts";
import type { PhraseMatcher } from "./language/phrases.ts";

export const ENTITY_KINDS = ["party", "person", "body", "place", "demonym"] as const;

/** Someone or something that the story names: compiled from `config/stories/<story>/story.yaml`. */
export interface Entity {
  readonly id: string;
  /** `party` is any state, alliance or people that speaks as one; only its `side` says whether it is one of the two. */
  readonly kind: (typeof ENTITY_KINDS)[number];
  /** The side it speaks or stands for: armenia, azerbaijan, russia, turkey, us, eu, un, csto, media, … or null for a place. */
  readonly side: string | null;
  /** Offices that a person holds, or the role of a body («defence-ministry»), so that a title with a side can be resolved. */
  readonly offices?: readonly string[];
  /** The place is territory held by this party at the story's time (for whose land or people a figure counts). */
  readonly territoryOf?: "armenia" | "azerbaijan" | null;
  /** Whose people its people count as, where its land is disputed. */
  readonly peopleOf?: "armenia" | "azerbaijan";
  /** The person whom the bare surname means as long as this one has not been named in full. */
  readonly namesake?: string;
}

/** How the first word of a spelling must be written in the text: any way, with a capital, or all in capitals. */
export type Capital = "any" | "first" | "all";

/** One spelling of an entity's name. */
export interface EntityName {
  readonly entity: Entity;
  readonly capital: Capital;
}

/** A story as the domain takes it, compiled from `config/stories/<id>/`. One file of the folder a part. */
export interface Story {
  readonly id: string;
  readonly title: string;
  /** IANA zone in which relative days resolve when the feed names none. */
  readonly timezone: string;
  /** The side that media of a language write for (`home`), or whose dead they call martyrs, by language. */
  readonly home: Readonly<Record<string, "armenia" | "azerbaijan">>;
  /** Sides whose name makes a sentence that names neither side of the story speak of another theatre. */
  readonly elsewhere: ReadonlySet<string>;
  readonly martyrs: Readonly<Record<string, "armenia" | "azerbaijan">>;
  /** Happenings in it may revise the baseline: ISO dates, both inclusive. */
  readonly window: { readonly from: string; readonly to: string };
  /** Copies of a report follow it within this time, in milliseconds. */
  readonly copyWindowMs: number;
  /** Spans of time that have a name («the second Karabakh war»), in every language. */
  readonly periods: PhraseMatcher<DayRange>;
  readonly entities: ReadonlyMap<string, Entity>;
  /** Matches the spellings of all languages, and those that only texts of this language use. Capitals are for the caller to check. */
  readonly names: (lang: string) => PhraseMatcher<EntityName>;
  /** `relevance.yaml` */
  readonly relevance: RelevanceRules;
  /** `topics.yaml` */
  readonly topics: TopicRules;
  /** `baseline.yaml` */
  readonly baseline: Baseline;
}
