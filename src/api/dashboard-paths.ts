/** The paths of the dashboard's pages: the server answers each with the same document, the browser finds its page. */
export const DASHBOARD_PATHS = [
  "/",
  "/stories/:story",
  "/stories/:story/events/:event",
  "/evidence/:story/:observation",
  "/alerts",
  "/alerts/:id",
  "/items",
  "/items/:id",
  "/read",
  "/feeds",
  "/feeds/:id",
  "/endpoints",
  "/endpoints/:id",
  "/deliveries/:id",
  "/baseline",
  "/export",
  "/operation",
  "/keys",
  "/start",
] as const;

export type DashboardPath = (typeof DASHBOARD_PATHS)[number];
