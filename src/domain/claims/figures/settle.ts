import type { Measure, Party } from "../claim.ts";
import type { RoleFinding } from "./role.ts";
import type { PartyFinding } from "./sides.ts";

/** What settling a party takes of a figure not yet finished. */
export interface Unsettled {
  readonly measure: Measure;
  readonly value: number | null;
  readonly exact: boolean;
  readonly party: PartyFinding;
  readonly role: RoleFinding | null;
  /** The text dates it before the story's window although the item was published since. */
  readonly past: boolean;
}

/** How far a rounded sum may lie from the two sides' numbers: "about 100" for 49 and 50, "more than 200" for 135 and 77. */
const SUM_TOLERANCE = 0.08;

/**
 * Parties that one sentence could not tell, told by the whole item: a number that is the sum of the two sides' numbers
 * counts both, and one without a side has the side that the same number has elsewhere in the item.
 */
export function settleParties<T extends Unsettled>(drafts: readonly T[]): T[] {
  const shared = drafts.map((draft, at) =>
    draft.party.sure
      ? draft
      : (takeFromEqual(draft, drafts) ??
        takeFromRounded(draft, drafts) ??
        takeFromNewer(draft, drafts.slice(0, at)) ??
        countBoth(draft)),
  );
  const whole = shared.map((draft, at) => takeFromWhole(draft, at, drafts, shared));
  const summed = whole.map((draft) =>
    isSum(draft, whole) ? withParty(draft, "both", "the sum of the two sides' numbers") : draft,
  );
  return summed.map((draft) => (draft.role?.beside && !hasNewer(draft, summed) ? { ...draft, role: null } : draft));
}

/** Whether the item gives a higher value for the same measure and party that is not itself an earlier one. */
function hasNewer<T extends Unsettled>(draft: T, drafts: readonly T[]): boolean {
  return drafts.some(
    (other) =>
      other.measure === draft.measure &&
      other.party.party === draft.party.party &&
      (other.value ?? 0) > (draft.value ?? 0) &&
      (other.role === null || other.role.role === "increment"),
  );
}

function withParty<T extends Unsettled>(draft: T, party: Party, because: string): T {
  return { ...draft, party: { party, because, sure: true } };
}

function takeFromEqual<T extends Unsettled>(draft: T, drafts: readonly T[]): T | null {
  if (draft.value === null) return null;
  const equal = drafts.filter(
    (other) => other.measure === draft.measure && other.value === draft.value && isBetter(other.party, draft.party),
  );
  const [only, ...more] = [...new Set(equal.map((other) => other.party.party))];
  return only && more.length === 0
    ? withParty(draft, only, "the same number has this side elsewhere in the item")
    : null;
}

/** How far a marked rounding lies below the number that it stands for. */
const ROUNDED_BY = 0.04;

/** "More than 200 dead" above "Armenia's toll is 207": a rounding without a side of the one number that it stands for. */
function takeFromRounded<T extends Unsettled>(draft: T, drafts: readonly T[]): T | null {
  const { value, exact, party, measure } = draft;
  if (value === null || exact || !party.guess) return null;
  const near = drafts.filter(
    (other) =>
      other.measure === measure &&
      !other.party.guess &&
      other.value !== null &&
      other.value > value &&
      other.value <= value * (1 + ROUNDED_BY),
  );
  const [only, ...more] = [...new Set(near.map((other) => other.party.party))];
  return only && more.length === 0 ? withParty(draft, only, "a rounding of the number that the item gives") : null;
}

function isBetter(other: PartyFinding, own: PartyFinding): boolean {
  return other.sure || (own.guess === true && other.guess !== true);
}

/** "… On Wednesday he had spoken of 83": an earlier value is of the party whose newer value stands before it. */
function takeFromNewer<T extends Unsettled>(draft: T, before: readonly T[]): T | null {
  if (draft.role?.role !== "previous" || !draft.party.guess || draft.past) return null;
  const newer = before.findLast((other) => other.measure === draft.measure && other.party.sure);
  return newer ? withParty(draft, newer.party.party, "the earlier value of the figure before") : null;
}

/** "32 people, seven of them civilians": a part whose side nothing tells has the side that its whole turned out to have. */
function takeFromWhole<T extends Unsettled>(draft: T, at: number, drafts: readonly T[], shared: readonly T[]): T {
  if (draft.role?.role !== "component" || !draft.party.guess) return draft;
  const before = drafts.slice(0, at).findLastIndex((other) => other.measure === draft.measure);
  const told = shared[before]?.party;
  if (!told?.sure || drafts[before]!.party.party !== draft.party.party) return draft;
  return withParty(draft, told.party, "a part of the figure before");
}

/** The toll of an earlier war is of both sides unless a side is named with it, whoever speaks in the item. */
function countBoth<T extends Unsettled>(draft: T): T {
  if (!draft.past || !draft.party.guess || draft.party.party === "other") return draft;
  return withParty(draft, "both", "an earlier happening, and no side is named");
}

function isSum<T extends Unsettled>(draft: T, drafts: readonly T[]): boolean {
  const { value, measure, party } = draft;
  if (value === null || party.party === "both" || party.party === "other" || party.sure) return false;
  const valuesOf = (side: Party): number[] =>
    drafts
      .filter(
        (other) =>
          other !== draft &&
          other.measure === measure &&
          other.party.party === side &&
          other.value !== null &&
          other.value < value,
      )
      .map((other) => other.value!);
  const azerbaijani = valuesOf("azerbaijan");
  return valuesOf("armenia").some((a) =>
    azerbaijani.some((b) => a + b === value || (!draft.exact && Math.abs(a + b - value) <= value * SUM_TOLERANCE)),
  );
}
