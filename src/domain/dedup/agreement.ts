import { holds } from "./likeness.ts";
import { type Sketch, wordCode } from "./sketch.ts";

/** Whether each has a figure that the other lacks. Weaker than a conflict: two halves of one report differ so too. */
export function bothHaveOwnFigures(one: Sketch, other: Sketch): boolean {
  return ownFigures(one, other) && ownFigures(other, one);
}

/** Whether the items give the same figures, title and text; dates and other numbers aside. */
export function sameFigures(one: Sketch, other: Sketch): boolean {
  return hasAllOf(one, other) && hasAllOf(other, one);
}

/** How many figures of the texts agree that are seldom equal by chance (their lowest bit is set). */
export function tellingFigures(one: Sketch, other: Sketch): number {
  return one.figures.filter((value) => (value & 1) === 1 && holds(other.figures, value)).length;
}

function hasAllOf(one: Sketch, { figures, titleFigures }: Sketch): boolean {
  const has = (value: number): boolean => holds(one.numbers, value);
  return figures.every(has) && titleFigures.every(has);
}

/** Whether each names someone or something that the other never mentions; not asked of long texts. */
export function bothHaveOwnNames(one: Sketch, other: Sketch): boolean {
  const mine = ownName(one, other);
  const theirs = ownName(other, one);
  return (mine === "surely" && theirs !== "no") || (theirs === "surely" && mine !== "no");
}

function ownName(one: Sketch, other: Sketch): "surely" | "perhaps" | "no" {
  const { words } = other;
  if (words.size > words.hashes.length) return "no";
  let found: "perhaps" | "no" = "no";
  for (const name of one.names) {
    if (holds(words.hashes, wordCode(name))) continue;
    if ((name & 1) === 1) return "surely";
    found = "perhaps";
  }
  return found;
}

/** Headlines round, and portals write their own: their figures count where neither text has any. */
function ownFigures(one: Sketch, other: Sketch): boolean {
  const inTexts = one.figures.length > 0 || other.figures.length > 0;
  return (inTexts ? one.figures : one.titleFigures).some((value) => !holds(other.numbers, value));
}
