import type { Baseline } from "./baseline/baseline.ts";
import type { TopicRules } from "./claims/topic-rules.ts";
import type { RelevanceRules } from "./classify/relevance-rules.ts";
import type { PhraseMatcher } from "./language/phrases.ts";

/** Someone or something that the story names: compiled from `config/stories/<story>/story.yaml`. */
export interface Entity {
  readonly id: string;
  readonly kind: "party" | "person" | "body" | "place" | "demonym";
  /** The side it speaks or stands for: armenia, azerbaijan, russia, turkey, us, eu, un, csto, media, … or null for a place. */
  readonly side: string | null;
  /** For persons: ids of the offices held, so that "the prime minister" can be resolved. */
  readonly offices?: readonly string[];
  /** The place is territory held by this party at the story's time (for whose land or people a figure counts). */
  readonly territoryOf?: "armenia" | "azerbaijan" | null;
}

/** A story as the domain takes it, compiled from `config/stories/<id>/`. One file of the folder a part. */
export interface Story {
  readonly id: string;
  readonly title: string;
  /** IANA zone in which relative days resolve when the feed names none. */
  readonly timezone: string;
  /** Happenings in it may revise the baseline: ISO dates, both inclusive. */
  readonly window: { readonly from: string; readonly to: string };
  readonly entities: ReadonlyMap<string, Entity>;
  /** Finds entity names in every language at once (the aliases of a language are tried for texts of that language and as written elsewhere). */
  readonly names: (lang: string) => PhraseMatcher<Entity>;
  /** `relevance.yaml` */
  readonly relevance: RelevanceRules;
  /** `topics.yaml` */
  readonly topics: TopicRules;
  /** `baseline.yaml` */
  readonly baseline: Baseline;
}
