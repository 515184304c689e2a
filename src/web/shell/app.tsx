import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { get } from "../api/client.ts";
import { RETRY_MS } from "../api/use-query.ts";
import { PageHeader } from "../parts/page-header.tsx";
import { LoadingMessage, StateMessage } from "../parts/state-message.tsx";
import { LanguageContext, rememberLanguage, servedLanguage } from "../words/language.ts";
import { useWords } from "../words/words.ts";
import { FirstRunOffer } from "./first-run-offer.tsx";
import { Frame } from "./frame.tsx";
import { loadPage, pageAt } from "./pages.ts";
import { type PageProps, type Place, PlaceContext, useRouter } from "./router.ts";
import { words } from "./words.ts";

const isPage = (path: string) => pageAt(path) !== null;

/** The dashboard: the frame and, inside it, the page at the address. */
export function App() {
  const [language, setLanguage] = useState(servedLanguage);
  const place = useRouter(isPage);
  return (
    <LanguageContext.Provider value={language}>
      <PlaceContext.Provider value={place}>
        <Frame
          onLanguage={(chosen) => {
            rememberLanguage(chosen);
            setLanguage(chosen);
          }}
        >
          {place.path === "/" && <FirstRunOffer />}
          <PageOutlet {...place} />
        </Frame>
      </PlaceContext.Provider>
    </LanguageContext.Provider>
  );
}

interface Shown {
  readonly path: string;
  readonly Page: ComponentType<PageProps> | "missing" | "failed";
}

/** The page before stays until the next one is loaded. */
function PageOutlet({ path, query, scrolled }: Place) {
  const [shown, setShown] = useState<Shown | null>(null);
  const first = useRef(true);
  // Before anything is painted: the page is waited for.
  useLayoutEffect(() => {
    let left = false;
    const show = (Page: Shown["Page"]) => !left && setShown({ path, Page });
    const loading = loadPage(path);
    if (loading === null) show("missing");
    else
      loading.then(
        ({ Page }) => show(Page),
        () => show("failed"),
      );
    return () => {
      left = true;
    };
  }, [path]);
  // A new page begins at its heading; one that was left before, where it was left.
  useEffect(() => {
    if (shown === null) return;
    if (first.current) {
      first.current = false;
      return;
    }
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    return scrollWhenLong(scrolled ?? 0);
  }, [shown?.path]);
  if (shown === null) return <LoadingMessage />;
  if (shown.Page === "missing") return <Missing />;
  if (shown.Page === "failed") return <Failed />;
  const params = pageAt(shown.path)?.params ?? {};
  return <shown.Page key={shown.path} params={params} query={query} />;
}

const SCROLLS_WITHIN_MS = 3000;
const HANDS = ["wheel", "touchstart", "keydown", "pointerdown"] as const;

/** Scrolls as soon as the page is long enough, unless the reader is quicker. @returns gives it up */
function scrollWhenLong(top: number): () => void {
  const until = performance.now() + SCROLLS_WITHIN_MS;
  const ending = new AbortController();
  for (const hand of HANDS)
    window.addEventListener(hand, () => ending.abort(), { passive: true, signal: ending.signal });
  const step = () => {
    if (ending.signal.aborted) return;
    window.scrollTo(0, top);
    if (Math.abs(window.scrollY - top) > 1 && performance.now() < until) requestAnimationFrame(step);
    else ending.abort();
  };
  step();
  return () => ending.abort();
}

function Missing() {
  const text = useWords(words);
  return (
    <>
      <PageHeader title={text.notFound} />
      <StateMessage kind="empty" title={text.notFoundHint}>
        <a class="button" href="/">
          {text.toStory}
        </a>
      </StateMessage>
    </>
  );
}

/** Its own reload must not go round in circles where a page's file is missing for good. */
const YOUNG_MS = 60_000;

/** Rasid was away, or has other files by now: as soon as it answers, the page is loaded with the new ones. */
function Failed() {
  const text = useWords(words);
  useEffect(() => {
    let away = false;
    const look = () => {
      if (document.visibilityState !== "visible") return;
      get("/readyz").then(
        () => (away || performance.now() > YOUNG_MS) && window.location.reload(),
        () => {
          away = true;
        },
      );
    };
    look();
    const timer = setInterval(look, RETRY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <PageHeader title={text.pageFailed} />
      <StateMessage kind="error" title={text.pageFailedHint}>
        <button type="button" class="button" onClick={() => window.location.reload()}>
          {text.reload}
        </button>
      </StateMessage>
    </>
  );
}
