import type { EntityMention } from "../../classify/entities.ts";
import type { Measure, Party } from "../claim.ts";

/** One of the two sides of the story. */
export type Side = "armenia" | "azerbaijan";

/** Whose people or land a figure counts, and the rule that said so. */
export interface PartyFinding {
  readonly party: Party;
  readonly because: string;
  /** The words at the figure say it; otherwise it is drawn from the item and gives way to better knowledge. */
  readonly sure: boolean;
  /** Nothing near the figure names a side: drawn from who speaks or what the item is about. */
  readonly guess?: true;
}

/** What the sentence alone cannot tell: who speaks, what was counted just before, what the item is about. */
export interface PartyContext {
  readonly speakerSide: string;
  readonly before: PartyFinding | null;
  /** Another clause has begun since the number before. */
  readonly apart: boolean;
  readonly itemSides: readonly Party[];
  /** The sides that the words of its parts name: "of them 192 on the Azerbaijani side". */
  readonly sidesOfParts: readonly Side[];
  /** The side that media of the item's language write for, and the one whose dead they call martyrs. */
  readonly home: Side | null;
  readonly martyrs: Side | null;
  /** Sides of other theatres. */
  readonly elsewhere: ReadonlySet<string>;
  /** The item is about the story. */
  readonly relevant: boolean;
  /** The one side that the nearest sentence before names, where it names one alone. */
  readonly focus: Party | null;
  /** The side whose people all figures of the sentence before count. */
  readonly company: Party | null;
  /** Asked for the side that speaks or acts in the sentence before, where that names the other as its adversary alone. */
  readonly voice: () => Party | null;
  /** Whether the item has counted one side's people by a measure before. */
  readonly counted: (measure: Measure) => boolean;
  /** The party whose count of a measure the story's baseline follows. */
  readonly tracked: (measure: Measure) => Party | null;
}

/** The party that an entity stands for; null for those that say nothing of whose people are counted. */
export function partyOf({ entity }: EntityMention): Party | null {
  const { side, territoryOf, kind } = entity;
  if (territoryOf) return territoryOf;
  if (side === "armenia" || side === "azerbaijan") return side;
  return side !== null && (kind === "demonym" || kind === "party") ? "other" : null;
}

/** The side of the story that an entity stands for or speaks for. */
export function storySide(mention: EntityMention): Side | null {
  const party = partyOf(mention);
  return party === "armenia" || party === "azerbaijan" ? party : null;
}

/** Whether a passage speaks of another theatre: it names one, and neither side of the story. */
export function isElsewhere(entities: readonly EntityMention[], elsewhere: ReadonlySet<string>): boolean {
  return entities.some(({ entity }) => entity.side !== null && elsewhere.has(entity.side)) && !entities.some(storySide);
}

/** The side whose people a subject's people are. */
export function ownerSide(mention: EntityMention): Side | null {
  return storySide(mention) ?? mention.entity.peopleOf ?? null;
}

/** The side as which somebody speaks. */
export function sideOf(side: string): Side | null {
  return side === "armenia" || side === "azerbaijan" ? side : null;
}

/** The side opposite to one of the two. */
export function opposite(side: Side): Side {
  return side === "armenia" ? "azerbaijan" : "armenia";
}
