import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** The width of an element in CSS pixels, followed as it changes; null until it is known. */
export function useWidth(element: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const watch = new ResizeObserver(() => setWidth(target.clientWidth));
    watch.observe(target);
    return () => watch.disconnect();
  }, [element]);
  return width;
}
