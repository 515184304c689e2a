/**
 * What became of an observation that raised nothing, and of claims that never became one: the rule that decided, with
 * the words in which a user is told.
 */
export const DECISIONS = {
  "another-story": "it is about no happening of this story",
  background: "it tells of the background, not of what is going on",
  "no-measure": "what is counted is none of the measures that are followed",
  "another-party": "it counts people of neither side",
  overtaken: "a newer revision of the same item was read before it",
  "both-sides": "it counts both sides together, which says nothing of either",
  "outside-window": "it was published or happened outside the story's window",
  "no-number": "it gives no number that could be compared",
  "role-previous": "the text itself gives it as the earlier number",
  "role-component": "it is a part of a total",
  "role-combined": "it is the sum of several counts",
  "role-background": "it tells of the background, not of what is going on",
  "denied-unreported": "the number that is denied is not what is reported",
  "another-number-counts": "the same report gives another number for this count, and that one counts",
  "step-of-total": "the report gives the total, so the step adds nothing",
  "step-known": "the step was counted before",
  "older-than-baseline": "it was published before the baseline and cannot change it",
  "repeats-standing": "it repeats what is reported",
  "known-before": "the number was known before, and what is reported has moved on",
  "baseline-variant": "the baseline knows this other number for the same count",
  "lower-is-old": "a lower number without a word of correction is an old one",
  "own-lower": "the same speaker has given a higher number before",
  "contradicts-nothing": "«at least» and «more than» a lower number contradict nothing",
  implausible: "it is so far off that it can only be another happening's",
  rounding: "it differs from what is reported by rounding alone",
  "unnamed-rounding": "a rounded number that nobody named gives is no news",
  "outlier-waits": "one more source for a number that still waits to be confirmed",
  "told-already": "it is taken over; the number was told before",
  "topic-over": "the topic is over: later reports tell its history",
  "no-say": "the side that speaks has no position of its own on this topic",
  "nobody-named": "such a position counts only with a person or body that is named",
  "another-position-counts": "the same report goes further, and that position counts",
  "position-stands": "the position already stands",
  "position-old": "the position is older than the one that stands, or returns too soon",
  "hearsay-waits": "nobody is named for it and too few sources say so",
  "figure-tells": "a figure of the same report tells it",
  "known-of-others": "a third side repeats what the baseline holds of another",
} as const;

export type DecisionRule = keyof typeof DECISIONS;

/** By id of the observation: the rule that kept it from raising an alert. */
export type Decisions = Map<string, DecisionRule>;

/** Notes why an observation raises nothing; what was noted first stays. */
export function decide(
  { decisions }: { readonly decisions: Decisions },
  { id }: { readonly id: string },
  rule: DecisionRule,
): void {
  if (!decisions.has(id)) decisions.set(id, rule);
}

/** Takes alerts and decisions out of what is folded, so that the next call tells only of its own. */
export function takeToldOf<A>(state: { readonly alerts: A[]; readonly decisions: Decisions }): {
  alerts: A[];
  decisions: Decisions;
} {
  const told = { alerts: state.alerts.splice(0), decisions: new Map(state.decisions) };
  state.decisions.clear();
  return told;
}
