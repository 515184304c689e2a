import { useEffect, useRef, useState } from "preact/hooks";
import type { SeriesShown } from "../../../api/series-shown.ts";
import { type Asked, useQuery } from "../../api/use-query.ts";
import { useAgain } from "./use-event-alerts.ts";

/** The series of an event, read when it is wanted and again at each turn. */
export function useSeries(story: string, event: string, { wanted, turn }: { wanted: boolean; turn: number }) {
  const path = wanted ? `/api/v1/stories/${story}/events/${encodeURIComponent(event)}/series` : null;
  const asked: Asked<SeriesShown> = useQuery<SeriesShown>(path);
  useAgain(turn, asked.reload);
  return asked;
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
