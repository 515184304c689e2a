/** An observation where it belongs inside the plot, in CSS pixels. */
export interface Placed {
  readonly tone: string;
  readonly hollow: boolean;
  readonly x: number;
  readonly y: number;
}

/** What is drawn at one place: one observation, or several that lie on each other. */
export interface Mark<Point extends Placed> {
  /** Of the first of them; moved aside where a mark of another kind has the place. */
  readonly x: number;
  readonly y: number;
  readonly points: readonly Point[];
}

/** Two dots nearer than this lie on each other. */
const NEAR = 8;
const MOST_MOVES = 4;

/**
 * Observations of one kind (side, filled or hollow) at one value within some pixels become one mark. A mark is never
 * moved along the axis of values; along that of time by a few pixels, where it would hide one of another kind.
 * @param points in the order of their times.
 */
export function marksOf<Point extends Placed>(points: readonly Point[]): Mark<Point>[] {
  const groups: Point[][] = [];
  const open = new Map<string, Point[]>();
  for (const point of points) {
    const kind = `${point.tone} ${point.hollow} ${point.y}`;
    const group = open.get(kind);
    if (group !== undefined && point.x - (group[0]?.x ?? 0) < NEAR) {
      group.push(point);
      continue;
    }
    const begun = [point];
    open.set(kind, begun);
    groups.push(begun);
  }
  const marks: Mark<Point>[] = [];
  for (const group of groups) {
    const { x, y } = group[0] as Point;
    marks.push({ x: freePlace(marks, x, y), y, points: group });
  }
  return marks;
}

function freePlace<Point extends Placed>(marks: readonly Mark<Point>[], x: number, y: number): number {
  let free = x;
  const hidden = () => marks.some((mark) => Math.abs(mark.y - y) < NEAR / 2 && Math.abs(mark.x - free) < NEAR - 1);
  for (let move = 0; move < MOST_MOVES && hidden(); move += 1) free += NEAR;
  return hidden() ? x : free;
}
