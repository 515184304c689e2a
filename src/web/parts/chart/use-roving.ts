import { useRef, useState } from "preact/hooks";

/**
 * One of many marks is in the order of tabulators, the arrow keys lead to the others: what has a thousand of them is
 * passed with one key. The marks carry `data-mark`, in order.
 */
export function useRoving(count: number) {
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const active = Math.max(0, Math.min(current, count - 1));
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: active + 1,
    ArrowDown: active + 1,
    ArrowLeft: active - 1,
    ArrowUp: active - 1,
    Home: 0,
    End: count - 1,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moves[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(count - 1, to));
    setCurrent(next);
    list.current?.querySelectorAll<HTMLElement>("[data-mark]")[next]?.focus();
  };
  return { list, active, onKeyDown, setCurrent };
}
