/** A line of two texts that are held against each other. */
export interface DifferenceLine {
  readonly kind: "same" | "removed" | "added" | "skipped";
  readonly text: string;
  /** Its number in the text before and in the one after; null where it is not. Of `skipped`: how many lines. */
  readonly before: number | null;
  readonly after: number | null;
}

const CONTEXT = 3;

/** What changes between two texts, line by line, with a few lines around each change. Linear where they are alike. */
export function lineDifference(before: string, after: string): DifferenceLine[] {
  return folded(allLines(linesOf(before), linesOf(after)));
}

const linesOf = (text: string): string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));

function allLines(a: readonly string[], b: readonly string[]): DifferenceLine[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const middleA = a.slice(head, a.length - tail);
  const middleB = b.slice(head, b.length - tail);
  const same = (line: string, i: number, j: number): DifferenceLine => ({
    kind: "same",
    text: line,
    before: i + 1,
    after: j + 1,
  });
  return [
    ...a.slice(0, head).map((line, i) => same(line, i, i)),
    ...changed(middleA, middleB, head),
    ...a.slice(a.length - tail).map((line, i) => same(line, a.length - tail + i, b.length - tail + i)),
  ];
}

/** By the longest common subsequence. */
function changed(a: readonly string[], b: readonly string[], offset: number): DifferenceLine[] {
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        a[i] === b[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
  const lines: DifferenceLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && one === other) {
      lines.push({ kind: "same", text: one, before: offset + i + 1, after: offset + j + 1 });
      i += 1;
      j += 1;
    } else if (
      one !== undefined &&
      (other === undefined || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      lines.push({ kind: "removed", text: one, before: offset + i + 1, after: null });
      i += 1;
    } else {
      lines.push({ kind: "added", text: other ?? "", before: null, after: offset + j + 1 });
      j += 1;
    }
  }
  return lines;
}

/** Leaves out what is far from every change. */
function folded(lines: readonly DifferenceLine[]): DifferenceLine[] {
  const near = lines.map(() => false);
  for (const [at, { kind }] of lines.entries())
    if (kind !== "same")
      for (let other = Math.max(0, at - CONTEXT); other <= Math.min(lines.length - 1, at + CONTEXT); other += 1)
        near[other] = true;
  const shown: DifferenceLine[] = [];
  let skipped = 0;
  const flush = (): void => {
    if (skipped > 0) shown.push({ kind: "skipped", text: "", before: skipped, after: skipped });
    skipped = 0;
  };
  for (const [at, line] of lines.entries()) {
    if (!near[at]) {
      skipped += 1;
      continue;
    }
    flush();
    shown.push(line);
  }
  flush();
  return shown;
}
