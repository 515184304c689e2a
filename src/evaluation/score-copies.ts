import type { ItemLabels } from "./labels.ts";
import { ratio, valueAt } from "./ratio.ts";

/** How well copies of one report are told from items that only look alike. */
export interface CopyScore {
  /** Share of the pairs of copies that are in one cluster. */
  readonly found: number | null;
  readonly pairs: number;
  readonly lookAlikes: number;
  readonly lookAlikesMerged: number;
  /** Pairs in one cluster for which the labels know no reason. */
  readonly merged: number;
}

/** Scores clusters against the labelled groups. */
export function scoreCopies(
  items: readonly ItemLabels[],
  clusterOf: (id: string) => string | undefined,
  note: (line: string) => void,
): CopyScore {
  const together = (one: string, other: string): boolean =>
    clusterOf(one) !== undefined && clusterOf(one) === clusterOf(other);
  const score = { found: 0, pairs: 0, lookAlikes: 0, lookAlikesMerged: 0, merged: 0 };
  for (const ids of groupsOf(items).values())
    for (const [one, other] of pairsOf(ids)) {
      score.pairs += 1;
      if (together(one, other)) score.found += 1;
      else note(`copies kept apart: ${one} ${other}`);
    }
  for (const { id, not_dup_of } of items)
    for (const other of not_dup_of) {
      if (clusterOf(other) === undefined) continue;
      score.lookAlikes += 1;
      if (!together(id, other)) continue;
      score.lookAlikesMerged += 1;
      note(`look-alikes merged: ${id} ${other}`);
    }
  for (const [a, b] of pairsOf(items)) {
    if (!together(a.id, b.id) || sameGroup(a, b)) continue;
    score.merged += 1;
    note(`merged without a reason: ${a.id} ${b.id}`);
  }
  return { ...score, found: ratio(score.found, score.pairs) };
}

function groupsOf(items: readonly ItemLabels[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, dup_group } of items) if (dup_group) valueAt(groups, dup_group, () => []).push(id);
  return groups;
}

function sameGroup(a: ItemLabels, b: ItemLabels): boolean {
  return (
    Boolean(a.dup_group && a.dup_group === b.dup_group) || Boolean(a.story_group && a.story_group === b.story_group)
  );
}

function pairsOf<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((one, index) => list.slice(index + 1).map((other): [T, T] => [one, other]));
}
