import type { ComponentType } from "preact";
import type { DashboardPath } from "../../api/dashboard-paths.ts";
import { askFirst } from "./ask-ahead.ts";
import type { NavigationEntry } from "./navigation.tsx";
import { matchPath, type PageProps } from "./router.ts";

/** A page of the dashboard. Its module exports the component as `Page` and is loaded when it is first opened. */
export interface PageEntry {
  readonly path: DashboardPath;
  /** The entry of the navigation that is marked while the page is open. */
  readonly nav: NavigationEntry;
  readonly load: () => Promise<{ readonly Page: ComponentType<PageProps> }>;
}

/** The pages, a line each. */
export const PAGES: readonly PageEntry[] = [
  { path: "/alerts", nav: "alerts", load: () => import("../pages/alerts/alerts-page.tsx") },
  { path: "/items", nav: "items", load: () => import("../pages/items/items-page.tsx") },
  { path: "/items/:id", nav: "items", load: () => import("../pages/items/item-page.tsx") },
  { path: "/read", nav: "read", load: () => import("../pages/read/read-page.tsx") },
  { path: "/alerts/:id", nav: "alerts", load: () => import("../pages/alerts/alert-page.tsx") },
  { path: "/", nav: "story", load: () => import("../pages/story/story-page.tsx") },
  { path: "/stories/:story", nav: "story", load: () => import("../pages/story/story-page.tsx") },
  { path: "/stories/:story/events/:event", nav: "story", load: () => import("../pages/story/event-page.tsx") },
  { path: "/evidence/:story/:observation", nav: "story", load: () => import("../pages/evidence/evidence-page.tsx") },
  { path: "/export", nav: "export", load: () => import("../pages/export/export-page.tsx") },
  { path: "/feeds", nav: "feeds", load: () => import("../pages/feeds/feeds-page.tsx") },
  { path: "/feeds/:id", nav: "feeds", load: () => import("../pages/feeds/feed-page.tsx") },
  { path: "/endpoints", nav: "endpoints", load: () => import("../pages/endpoints/endpoints-page.tsx") },
  { path: "/endpoints/:id", nav: "endpoints", load: () => import("../pages/endpoints/endpoint-page.tsx") },
  { path: "/deliveries/:id", nav: "endpoints", load: () => import("../pages/endpoints/delivery-page.tsx") },
  { path: "/baseline", nav: "baseline", load: () => import("../pages/baseline/baseline-page.tsx") },
  { path: "/operation", nav: "operation", load: () => import("../pages/operation/operation-page.tsx") },
  { path: "/keys", nav: "keys", load: () => import("../pages/keys/keys-page.tsx") },
  { path: "/start", nav: "start", load: () => import("../pages/start/start-page.tsx") },
];

/** The page at a path, with the parts that its pattern names; null where there is none. */
export function pageAt(path: string): { entry: PageEntry; params: PageProps["params"] } | null {
  for (const entry of PAGES) {
    const params = matchPath(entry.path, path);
    if (params !== null) return { entry, params };
  }
  return null;
}

/**
 * Loads the page at a path, and asks for what it will want first; null where there is none. What was loaded is there at
 * once.
 */
export function loadPage(path: string): ReturnType<PageEntry["load"]> | null {
  const found = pageAt(path);
  if (found === null) return null;
  askFirst(found.entry.path, found.params);
  return found.entry.load();
}
