import { useEffect, useState } from "preact/hooks";
import { SESSION_ENDED } from "../api/unsaved.ts";
import { Icon } from "../parts/icon.tsx";
import { useWords } from "../words/words.ts";
import { words } from "./words.ts";

/** The session is over while something is not saved: the reader signs in beside it and goes on. */
export function SessionEnded() {
  const text = useWords(words);
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    const end = () => setEnded(true);
    window.addEventListener(SESSION_ENDED, end);
    return () => window.removeEventListener(SESSION_ENDED, end);
  }, []);
  if (!ended) return null;
  return (
    <div class="notices session-ended" role="alert">
      <p class="notice notice-danger">
        <Icon name="warning" />
        <span>
          {text.sessionEnded}{" "}
          <a href="/sign-in" target="_blank" rel="noreferrer" onClick={() => setEnded(false)}>
            {text.signInBeside}
          </a>
        </span>
      </p>
    </div>
  );
}
