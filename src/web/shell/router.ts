import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { hasUnsaved } from "../api/unsaved.ts";
import { servedLanguage } from "../words/language.ts";
import { words } from "./words.ts";

/** Where the reader is. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Pixels that the page was scrolled by when the reader left it; only of a step back or forward. */
  readonly scrolled?: number;
}

/** What a page is given: the parts of the path that its pattern names, decoded, and the query. */
export interface PageProps {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

export const PlaceContext = createContext<Place>({ path: "/", query: new URLSearchParams() });

export function usePlace(): Place {
  return useContext(PlaceContext);
}

function here(): Place {
  return { path: window.location.pathname, query: new URLSearchParams(window.location.search) };
}

function scrolledIn(state: unknown): number {
  if (typeof state !== "object" || state === null || !("scrolled" in state)) return 0;
  return typeof state.scrolled === "number" ? state.scrolled : 0;
}

const MOVED = "rasid:moved";

/** Asks before what is not saved is left. */
function mayLeave(): boolean {
  return !hasUnsaved() || window.confirm(words[servedLanguage()].leave);
}

/** Goes to another page of the dashboard; `replace` leaves no step back, as for filters that are kept in the query. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if (new URL(to, window.location.href).pathname !== window.location.pathname && !mayLeave()) return;
  if (replace) window.history.replaceState(null, "", to);
  else {
    window.history.replaceState({ scrolled: window.scrollY }, "");
    window.history.pushState(null, "", to);
  }
  window.dispatchEvent(new Event(MOVED));
}

/** Follows the address bar, and takes over clicks on links that `isOurs` knows. */
export function useRouter(isOurs: (path: string) => boolean): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    let at = window.location.href;
    const moved = () => {
      at = window.location.href;
      setPlace(here());
    };
    const stepped = ({ state }: PopStateEvent) => {
      // The step was taken already; who stays takes the address along.
      if (new URL(at).pathname !== window.location.pathname && !mayLeave()) window.history.pushState(null, "", at);
      else {
        at = window.location.href;
        setPlace({ ...here(), scrolled: scrolledIn(state) });
      }
    };
    const clicked = (event: MouseEvent) => {
      const to = linkOf(event);
      if (to === null || !isOurs(to.pathname)) return;
      event.preventDefault();
      if (to.href !== window.location.href) navigate(`${to.pathname}${to.search}${to.hash}`);
    };
    window.addEventListener("popstate", stepped);
    window.addEventListener(MOVED, moved);
    document.addEventListener("click", clicked);
    return () => {
      window.removeEventListener("popstate", stepped);
      window.removeEventListener(MOVED, moved);
      document.removeEventListener("click", clicked);
    };
  }, [isOurs]);
  return place;
}

/** The address of a plain click on a link inside this window; null for everything else. */
function linkOf(event: MouseEvent): URL | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement)) return null;
  if (link.target !== "" || link.hasAttribute("download")) return null;
  const to = new URL(link.href);
  if (to.origin !== window.location.origin) return null;
  // A jump inside the page is the browser's own.
  if (to.hash !== "" && to.pathname === window.location.pathname && to.search === window.location.search) return null;
  return to;
}

/** The named parts of a path where it fits the pattern (`/stories/:story`); null where it does not. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split("/").filter((part) => part !== "");
  const given = path.split("/").filter((part) => part !== "");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decoded(text);
    else if (part !== text) return null;
  }
  return params;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
