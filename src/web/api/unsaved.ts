import { useEffect } from "preact/hooks";

/** What the reader typed or decided on this page and did not save: one mark for each place. */
const marks = new Set<symbol>();

/** Told to the window in place of leading to the sign-in, when that would lose what is not saved. */
export const SESSION_ENDED = "rasid:session-ended";

export function hasUnsaved(): boolean {
  return marks.size > 0;
}

/** Says that something of this component is not saved; while it is so, the browser asks before it goes elsewhere. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const mark = Symbol();
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    marks.add(mark);
    window.addEventListener("beforeunload", ask);
    return () => {
      marks.delete(mark);
      window.removeEventListener("beforeunload", ask);
    };
  }, [unsaved]);
}
