import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "./icon.tsx";

const NARROW = "(max-width: 44rem)";

/** Filters that are folded away on narrow screens, where they would stand between the reader and the list. */
export function FilterFold({ label, set, children }: { label: string; set: boolean; children: ComponentChildren }) {
  const [narrow, setNarrow] = useState(() => window.matchMedia(NARROW).matches);
  useEffect(() => {
    const media = window.matchMedia(NARROW);
    const changed = () => setNarrow(media.matches);
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  }, []);
  if (!narrow) return <>{children}</>;
  return (
    <details class={set ? "filter-fold filter-fold-set" : "filter-fold"}>
      <summary class="button">
        {label}
        <Icon name="chevron" />
      </summary>
      {children}
    </details>
  );
}
