import { useEffect, useRef, useState } from "preact/hooks";

/** For so long nobody types on. */
const RESTS_MS = 250;

/**
 * A line that somebody types, told when they rest. When what it stands for is changed by something else, as by a link
 * to the page without it, the line follows.
 */
export function useTyped(value: string, tell: (typed: string) => void): [typed: string, type: (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const newest = useRef(tell);
  newest.current = tell;
  const known = useRef(value);
  useEffect(() => {
    if (value === known.current) return;
    known.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === known.current) return;
    const timer = setTimeout(() => {
      known.current = typed;
      newest.current(typed);
    }, RESTS_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped];
}
