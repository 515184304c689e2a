import { useEffect, useState } from "preact/hooks";
import { useWords } from "../words/words.ts";
import { words } from "./words.ts";

const SAID_MS = 2500;

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text: copied }: { text: string }) {
  const text = useWords(words);
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <button
      type="button"
      class="button button-small"
      aria-live="polite"
      onClick={() => void copy(copied).then(setDone)}
    >
      {done ? text.copied : text.copy}
    </button>
  );
}

/** The clipboard belongs to secure pages alone; on others the browser's old command does it. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
