/** A stretch of words that both texts have, or only one of them. */
export interface DifferencePart {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Words around a change that show where it stands; what lies further off is left out as «…». */
const CONTEXT = 8;
/** More changed words than this are no edit but another text. */
const MOST_CHANGES = 800;

/**
 * What an edit changed, word by word, in the order of the text: Myers' shortest edit script over words. White space
 * alone is no change. Texts that have little in common come out as removed and added as a whole.
 */
export function wordDifference(before: string, after: string): DifferencePart[] {
  const old = wordsOf(before);
  const now = wordsOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const changed = editScript(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const parts = joined([
    ...now.slice(0, start).map((word) => ({ kind: "same" as const, word })),
    ...changed,
    ...now.slice(now.length - end).map((word) => ({ kind: "same" as const, word })),
  ]);
  return parts.length === 1 && parts[0]?.kind === "same" ? [] : parts;
}

interface WordStep {
  readonly kind: DifferencePart["kind"];
  readonly word: string;
}

const wordsOf = (text: string): string[] => text.match(/\S+/g) ?? [];

function editScript(old: readonly string[], now: readonly string[]): WordStep[] {
  const whole = (): WordStep[] => [
    ...old.map((word) => ({ kind: "removed" as const, word })),
    ...now.map((word) => ({ kind: "added" as const, word })),
  ];
  if (old.length === 0 || now.length === 0) return whole();
  const paths = furthestPaths(old, now);
  return paths === null ? whole() : walkBack(paths, old, now);
}

/** How far into `old` one comes with so many changes, on each diagonal that they reach: these lie two apart. */
type Furthest = Int32Array;

const NOWHERE: Furthest = new Int32Array(0);

/** For each number of changes, from none on; null where it takes too many. */
function furthestPaths(old: readonly string[], now: readonly string[]): Furthest[] | null {
  const paths: Furthest[] = [];
  for (let changes = 0; changes <= Math.min(MOST_CHANGES, old.length + now.length); changes += 1) {
    const before = paths.at(-1) ?? NOWHERE;
    const reached = new Int32Array(changes + 1);
    paths.push(reached);
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const above = comesFromAbove(before, diagonal, changes);
      let x = above ? at(before, diagonal + 1, changes) : at(before, diagonal - 1, changes) + 1;
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x += 1;
      reached[(diagonal + changes) / 2] = x;
      if (x >= old.length && x - diagonal >= now.length) return paths;
    }
  }
  return null;
}

/** @param before what one change less than `changes` reached. */
const at = (before: Furthest, diagonal: number, changes: number): number => before[(diagonal + changes - 1) / 2] ?? 0;

function comesFromAbove(before: Furthest, diagonal: number, changes: number): boolean {
  if (diagonal === -changes) return true;
  return diagonal !== changes && at(before, diagonal - 1, changes) < at(before, diagonal + 1, changes);
}

function walkBack(paths: readonly Furthest[], old: readonly string[], now: readonly string[]): WordStep[] {
  const steps: WordStep[] = [];
  let x = old.length;
  let y = now.length;
  for (let changes = paths.length - 1; changes >= 0; changes -= 1) {
    const before = paths[changes - 1] ?? NOWHERE;
    const above = comesFromAbove(before, x - y, changes);
    const fromDiagonal = above ? x - y + 1 : x - y - 1;
    const fromX = at(before, fromDiagonal, changes);
    const fromY = fromX - fromDiagonal;
    for (; x > fromX && y > fromY && x > 0 && y > 0; x -= 1, y -= 1)
      steps.push({ kind: "same", word: now[y - 1] as string });
    if (changes === 0) break;
    if (above) steps.push({ kind: "added", word: now[fromY] as string });
    else steps.push({ kind: "removed", word: old[fromX] as string });
    x = fromX;
    y = fromY;
  }
  return steps.reverse();
}

/** Joins steps of a kind, what is removed before what stands in its place, and shortens what stayed the same. */
function joined(steps: readonly WordStep[]): DifferencePart[] {
  const runs: { kind: DifferencePart["kind"]; words: string[] }[] = [];
  for (const { kind, word } of steps) {
    const last = runs.at(-1);
    const beforeLast = runs.at(-2);
    if (last?.kind === kind) last.words.push(word);
    else if (kind === "removed" && last?.kind === "added" && beforeLast?.kind === "removed")
      beforeLast.words.push(word);
    else if (kind === "removed" && last?.kind === "added") runs.splice(-1, 0, { kind, words: [word] });
    else runs.push({ kind, words: [word] });
  }
  return runs.map(({ kind, words }, index) => ({
    kind,
    text: (kind === "same" ? shortened(words, index > 0, index < runs.length - 1) : words).join(" "),
  }));
}

function shortened(words: readonly string[], changedBefore: boolean, changedAfter: boolean): readonly string[] {
  const head = changedBefore ? words.slice(0, CONTEXT) : [];
  const tail = changedAfter ? words.slice(-CONTEXT) : [];
  return head.length + tail.length >= words.length ? words : [...head, "…", ...tail];
}
