import { useEffect, useRef } from "preact/hooks";

/** Asks again at each turn but the first. */
export function useAgain(turn: number, reload: () => void): void {
  const last = useRef(turn);
  const newest = useRef(reload);
  newest.current = reload;
  useEffect(() => {
    if (last.current === turn) return;
    last.current = turn;
    newest.current();
  }, [turn]);
}
