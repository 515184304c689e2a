import { isRounded } from "./agreement.ts";
import { effective, type FigureState, lineOf } from "./figure-state.ts";
import { type FigureClaim, OWN, UNNAMED } from "./lines.ts";
import { isSameStep } from "./report.ts";

/**
 * Turns a step ("another 95") into the total that it makes, or null when it tells nothing new: a step already counted.
 * A step that equals a known total, or lies just above the standing, is a total in careless words ("79 more" for 77 → 79).
 */
export function totalOf(state: FigureState, step: FigureClaim): FigureClaim | null {
  const rules = state.frame.changes;
  const standing = effective(state, step.stage);
  if (!standing) return { ...step, increment: step.value, qualifier: "at_least" };
  const lines = [lineOf(state, step.stage, OWN), lineOf(state, step.stage, UNNAMED)];
  const known = lines.some((line) => line.points.some((point) => point.value === step.value));
  if (known || (step.value > standing.value && step.value <= standing.value * rules.increment.totalWithin))
    return { ...step };
  if (lines.some((line) => isSameStep(step.value, line, step.at, rules))) return null;
  const exact = !isRounded(step) && standing.qualifier === "exact" && step.qualifier === "exact";
  return {
    ...step,
    value: standing.value + step.value,
    increment: step.value,
    qualifier: exact ? "exact" : isRounded(step) || isRounded(standing) ? "about" : "at_least",
  };
}
