/** An observation where it belongs inside the plot, in CSS pixels. */
export interface Placed {
  readonly tone: string;
  readonly hollow: boolean;
  readonly x: number;
  readonly y: number;
  /** How many later ones, which say the same, it stands for. */
  readonly more: number;
}

/** What is drawn at one place: one observation, or several that lie on each other. */
export interface Mark<Point extends Placed> {
  /** Of the first of them; moved aside where a mark of another kind has the place. */
  readonly x: number;
  readonly y: number;
  readonly points: readonly Point[];
}

/** Half of what a dot, and one with a number in it, take; as the style sheet has them. */
const DOT = 4;
const NUMBERED = 8.5;
/** No mark is moved further along the axis of time. */
const MOST_MOVED = 24;

/**
 * Observations of one kind (side, filled or hollow) at one value, too near to be told apart, become one mark. A mark is
 * never moved along the axis of values; along that of time by some pixels, where it would lie on one of another kind.
 * @param points in the order of their times.
 */
export function marksOf<Point extends Placed>(points: readonly Point[]): Mark<Point>[] {
  const groups: Point[][] = [];
  const open = new Map<string, Point[]>();
  for (const point of points) {
    const kind = `${point.tone} ${point.hollow} ${point.y}`;
    const group = open.get(kind);
    const [first] = group ?? [];
    if (group !== undefined && first !== undefined && point.x - first.x < halfOf(group) + NUMBERED) {
      group.push(point);
      continue;
    }
    const begun = [point];
    open.set(kind, begun);
    groups.push(begun);
  }
  const marks: Mark<Point>[] = [];
  for (const group of groups) marks.push(placed(group, marks));
  return marks;
}

const halfOf = (points: readonly Placed[]) => (points.length > 1 || (points[0]?.more ?? 0) > 0 ? NUMBERED : DOT);

/** Moved to where it lies on none of the others, if that is near. */
function placed<Point extends Placed>(points: readonly Point[], others: readonly Mark<Point>[]): Mark<Point> {
  const { x, y } = points[0] as Point;
  const half = halfOf(points);
  let free = x;
  for (let moved = true; moved && free - x <= MOST_MOVED; ) {
    moved = false;
    for (const other of others) {
      const reach = half + halfOf(other.points);
      const apart = Math.abs(other.y - y);
      if (apart >= reach) continue;
      const aside = Math.sqrt(reach ** 2 - apart ** 2);
      if (Math.abs(free - other.x) >= aside - 0.5) continue;
      free = other.x + aside;
      moved = true;
    }
  }
  return { x: free - x > MOST_MOVED ? x : free, y, points };
}
