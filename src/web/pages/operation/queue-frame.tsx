import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

const SETTINGS = "board-settings";

/** bull-board in the page: it is served by the same daemon under the same sign-in. */
export function QueueFrame() {
  const text = useWords(words);
  const theme = useDocumentTheme();
  // Before the frame loads: bull-board reads its theme once.
  rememberTheme(theme);
  return (
    <section class="stack" aria-labelledby="jobs">
      <div class="row row-apart">
        <div>
          <h2 id="jobs">{text.jobs}</h2>
          <p class="muted">{text.jobsHint}</p>
        </div>
        <a class="button button-small" href="/queues" target="_blank" rel="noreferrer">
          <Icon name="external" flip />
          {text.jobsAlone}
        </a>
      </div>
      <iframe key={theme} class="queue-frame" src="/queues" title={text.jobs} lang="en" dir="ltr" />
    </section>
  );
}

/** The theme that the document shows, as it is chosen in the frame. */
function useDocumentTheme(): string {
  const now = () => document.documentElement.dataset.theme ?? "system";
  const [theme, setTheme] = useState(now);
  useEffect(() => {
    const observer = new MutationObserver(() => setTheme(now()));
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, []);
  return theme;
}

/** bull-board keeps its choices in the browser's storage, which is ours too. */
function rememberTheme(theme: string): void {
  const kept = readSettings();
  const state = typeof kept.state === "object" && kept.state !== null ? kept.state : {};
  window.localStorage.setItem(SETTINGS, JSON.stringify({ version: 2, ...kept, state: { ...state, theme } }));
}

function readSettings(): { readonly state?: unknown } {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(SETTINGS) ?? "{}");
    return typeof kept === "object" && kept !== null ? kept : {};
  } catch {
    return {};
  }
}
