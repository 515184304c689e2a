import type { FieldReading } from "../language/reading.ts";
import type { Entity } from "../story.ts";
import type { Place } from "./places.ts";
import type { CueGroup } from "./relevance-rules.ts";

/** A name or cue as found in a field. */
export interface Found extends Place {
  readonly field: FieldReading;
  readonly words: string;
  readonly inTitle: boolean;
}

/** A name of the story, with the side it stands for. */
export interface Named extends Found {
  readonly entity: Entity;
  readonly side: string | null;
}

/** A cue with its group. */
export interface Cue extends Found {
  readonly group: CueGroup;
}
