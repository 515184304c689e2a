import type { ClaimState } from "../alert/alert.ts";
import { agree, type Wording } from "./agreement.ts";
import type { BaselineEvent } from "./baseline.ts";
import type { ChangeRules } from "./change-rules.ts";

/** How what is reported now stands to the baseline; `new` where the baseline has nothing to compare it with. */
export const DEPARTURES = ["same", "up", "down", "changed", "new"] as const;
export type Departure = (typeof DEPARTURES)[number];

/** What is compared: a side's standing on an event. */
export interface Reported {
  readonly side: string;
  /** The separate count that it belongs to; null where the event has none. */
  readonly stage: string | null;
  readonly current: ClaimState;
}

/** Whether and which way a standing departs from what the reference article reports. */
export function departureOf(event: BaselineEvent | null, reported: Reported, rules: ChangeRules): Departure {
  if (event === null) return "new";
  return reported.current.value === undefined
    ? statementDeparture(event, reported)
    : figureDeparture(event, reported, rules);
}

function figureDeparture(event: BaselineEvent, { stage, current }: Reported, rules: ChangeRules): Departure {
  const claim = event.claims.find(({ figure, position }) => figure && (stage === null || position === stage));
  const now = wordingOf(current);
  const figure = claim?.figure;
  if (!figure || figure.value === null || now === null) return "new";
  if (event.variants.includes(now.value) || agree({ value: figure.value, qualifier: figure.qualifier }, now, rules))
    return "same";
  return now.value > figure.value ? "up" : "down";
}

function statementDeparture(event: BaselineEvent, { side, current }: Reported): Departure {
  const meaning = (position: string) => event.sameAsPosition.get(position) ?? position;
  const claims = event.claims.filter(
    (claim) => claim.position !== undefined && (event.keyedBy === "happening" || claim.side === side),
  );
  if (claims.length === 0 || current.position === undefined) return "new";
  const said = claims.map(({ position }) => meaning(position as string));
  return said.includes(meaning(current.position)) ? "same" : "changed";
}

/** Whether two sides give numbers for one count that cannot both be true. */
export function disagree(a: ClaimState, b: ClaimState, rules: ChangeRules): boolean {
  const [first, second] = [wordingOf(a), wordingOf(b)];
  return first !== null && second !== null && !agree(first, second, rules);
}

function wordingOf({ value, qualifier }: ClaimState): Wording | null {
  return value === undefined ? null : { value, qualifier: qualifier ?? "exact" };
}
