import { useEffect, useState } from "preact/hooks";
import { problemFrom } from "../api/use-query.ts";
import { useWords } from "../words/words.ts";
import { CloseButton } from "./close-button.tsx";
import { Icon } from "./icon.tsx";
import type { Told } from "./reasons/reason-text.ts";
import { ToldText } from "./reasons/told-text.tsx";
import { words } from "./words.ts";

interface Notice {
  readonly id: number;
  readonly text: string | Told;
  readonly tone: "good" | "danger";
}

const SHOWN_MS = 8000;
let notices: readonly Notice[] = [];
let nextId = 1;
const watchers = new Set<(notices: readonly Notice[]) => void>();

function set(next: readonly Notice[]): void {
  notices = next;
  for (const watcher of watchers) watcher(next);
}

const dismiss = (id: number) => set(notices.filter((notice) => notice.id !== id));

/** Says in the corner of the window how something ended; screen readers hear it. */
export function notify(text: Notice["text"], tone: Notice["tone"] = "good"): void {
  const id = nextId;
  nextId += 1;
  set([...notices, { id, text, tone }]);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

/**
 * Does something and says how it ended.
 * @param said null: that it succeeded can be seen.
 * @returns whether it succeeded.
 */
export async function attempt<T>(work: () => Promise<T>, said: (done: T) => string | null): Promise<boolean> {
  try {
    const success = said(await work());
    if (success !== null) notify(success);
    return true;
  } catch (error) {
    notify(problemFrom(error).told, "danger");
    return false;
  }
}

/** Where notices appear; the frame has it once. */
export function Notices() {
  const text = useWords(words);
  const [shown, setShown] = useState(notices);
  useEffect(() => {
    watchers.add(setShown);
    return () => {
      watchers.delete(setShown);
    };
  }, []);
  return (
    <div class="notices" role="status" aria-live="polite">
      {shown.map((notice) => (
        <p key={notice.id} class={`notice notice-${notice.tone}`}>
          <Icon name={notice.tone === "good" ? "check" : "warning"} />
          <span>{typeof notice.text === "string" ? notice.text : <ToldText told={notice.text} />}</span>
          <CloseButton label={text.dismiss} onClose={() => dismiss(notice.id)} />
        </p>
      ))}
    </div>
  );
}
