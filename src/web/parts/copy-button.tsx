import { useEffect, useState } from "preact/hooks";
import { useWords } from "../words/words.ts";
import { words } from "./words.ts";

const SAID_MS = 2500;

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text: copied }: { text: string }) {
  const text = useWords(words);
  const [done, setDone] = useState<boolean | null>(null);
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(() => setDone(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <button
      type="button"
      class="button button-small"
      aria-live="polite"
      onClick={({ currentTarget }) => void copy(copied, currentTarget).then(setDone)}
    >
      {done === null ? text.copy : done ? text.copied : text.notCopied}
    </button>
  );
}

/**
 * The clipboard belongs to secure pages alone; on others the browser's old command does it.
 * @param button where it was asked for: beside an open dialog nothing can be selected, so it is done inside.
 * @returns whether it is on the clipboard.
 */
async function copy(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    (button.closest("dialog") ?? document.body).append(area);
    area.select();
    const done = document.activeElement === area && document.execCommand("copy");
    area.remove();
    button.focus();
    return done;
  }
}
