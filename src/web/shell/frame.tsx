import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { StoryLabels, StoryShown } from "../../api/story-shown.ts";
import { useConnection } from "../api/use-alert-stream.ts";
import { useQuery } from "../api/use-query.ts";
import { Icon } from "../parts/icon.tsx";
import { Notices } from "../parts/notices.tsx";
import { LANGUAGE_NAMES, type Language, useLanguage } from "../words/language.ts";
import { useWords } from "../words/words.ts";
import { caller } from "./caller.ts";
import { Navigation } from "./navigation.tsx";
import { usePlace } from "./router.ts";
import { SessionEnded } from "./session-ended.tsx";
import { SignOut } from "./sign-out.tsx";
import { type Theme, useTheme } from "./theme.ts";
import { words } from "./words.ts";

interface FrameProps {
  readonly onLanguage: (language: Language) => void;
  readonly children: ComponentChildren;
}

/** What stands around every page: the top bar, the navigation beside it (a drawer on narrow screens). */
export function Frame({ onLanguage, children }: FrameProps) {
  const text = useWords(words);
  const [open, setOpen] = useState(false);
  const { path } = usePlace();
  const button = useRef<HTMLButtonElement>(null);
  // The drawer closes when another page opens.
  useEffect(() => setOpen(false), [path]);
  useEffect(() => {
    if (!open) return;
    const close = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener("keydown", close);
    return () => document.removeEventListener("keydown", close);
  }, [open]);
  return (
    <div class={open ? "frame frame-open" : "frame"}>
      <a class="skip" href="#content">
        {text.skip}
      </a>
      <header class="topbar">
        <button
          ref={button}
          type="button"
          class="button button-quiet button-icon menu-button"
          aria-expanded={open}
          aria-controls="side"
          aria-label={open ? text.closeMenu : text.menu}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? "close" : "menu"} />
        </button>
        <a class="wordmark" href="/">
          {text.product}
        </a>
        <StoryName />
        <LiveMark />
      </header>
      <div class="side" id="side">
        <Navigation />
        <Preferences onLanguage={onLanguage} />
      </div>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Notices />
      <SessionEnded />
    </div>
  );
}

/** The story's name in the reader's language, where its labels have one. */
function StoryName() {
  const language = useLanguage();
  const stories = useQuery<{ stories: readonly StoryShown[] }>("/api/v1/stories");
  const story = stories.data?.stories[0];
  const labels = useQuery<StoryLabels>(story === undefined ? null : `/api/v1/stories/${story.id}/labels`);
  return (
    <p class="story-name">
      <bdi>{labels.data?.title[language] ?? story?.title}</bdi>
    </p>
  );
}

function LiveMark() {
  const text = useWords(words);
  const connection = useConnection();
  const hints = { live: text.liveHint, connecting: text.connectingHint, lost: text.lostHint };
  return (
    <p class={`live live-${connection}`} role="status" title={hints[connection]}>
      <span class="live-dot" aria-hidden="true" />
      {text[connection]}
    </p>
  );
}

const THEMES: readonly { theme: Theme; icon: "sun" | "moon" | "half" }[] = [
  { theme: "light", icon: "sun" },
  { theme: "dark", icon: "moon" },
  { theme: "system", icon: "half" },
];
const LANGUAGES: readonly Language[] = ["en", "ar"];

function Preferences({ onLanguage }: Pick<FrameProps, "onLanguage">) {
  const text = useWords(words);
  const language = useLanguage();
  const [theme, setTheme] = useTheme();
  return (
    <div class="preferences">
      <fieldset class="segments">
        <legend class="visually-hidden">{text.language}</legend>
        {LANGUAGES.map((one) => (
          <button key={one} type="button" lang={one} aria-pressed={one === language} onClick={() => onLanguage(one)}>
            {LANGUAGE_NAMES[one]}
          </button>
        ))}
      </fieldset>
      <fieldset class="segments">
        <legend class="visually-hidden">{text.theme}</legend>
        {THEMES.map(({ theme: one, icon }) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === theme}
            aria-label={text[one]}
            title={text[one]}
            onClick={() => setTheme(one)}
          >
            <Icon name={icon} />
          </button>
        ))}
      </fieldset>
      <div class="preferences-links">
        <a href="/docs" target="_blank" rel="noreferrer">
          {text.apiDocs}
        </a>
        {caller().signedIn && <SignOut class="link-button">{text.signOut}</SignOut>}
      </div>
    </div>
  );
}
