import { useEffect, useRef, useState } from "preact/hooks";
import type { SeriesShown } from "../../../api/series-shown.ts";
import type { EventShown } from "../../../api/story-shown.ts";
import { useAgain } from "../../api/use-again.ts";
import { type Asked, useQuery } from "../../api/use-query.ts";
import type { Range } from "../../parts/chart/time-axis.ts";

interface SeriesOptions {
  readonly wanted: boolean;
  readonly turn: number;
  readonly range: Range;
}

/** So many observations of an event are drawn one by one; of more, those that repeat each other come as one. */
const MOST_DRAWN = 150;
/** As many stretches of time can be told from each other on the axis of a chart. */
const TOLD_APART = 60;

/** The series of an event as far as a chart can show it, read when it is wanted and again at each turn. */
export function useSeries(story: string, event: EventShown, { wanted, turn, range }: SeriesOptions) {
  const path = wanted ? `/api/v1/stories/${story}/events/${encodeURIComponent(event.id)}/series` : null;
  const stretch = event.observations > MOST_DRAWN ? stretchOf(range) : undefined;
  const asked: Asked<SeriesShown> = useQuery<SeriesShown>(path, { query: { stretch } });
  useAgain(turn, asked.reload);
  return asked;
}

/** In minutes, by whole hours: the address stays the same while reports come in. */
function stretchOf({ from, to }: Range): number {
  const hours = Math.ceil((to - from) / TOLD_APART / 3_600_000);
  return Math.min(hours * 60, 7 * 24 * 60);
}

/** True once the element has come near the window. */
export function useSeen<T extends Element>() {
  const element = useRef<T>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (element.current === null || seen) return;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: "400px" },
    );
    watch.observe(element.current);
    return () => watch.disconnect();
  }, [seen]);
  return { element, seen };
}
