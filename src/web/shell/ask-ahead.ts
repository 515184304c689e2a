import type { DashboardPath } from "../../api/dashboard-paths.ts";
import { askAhead } from "../api/use-query.ts";
import type { PageProps } from "./router.ts";

type Params = PageProps["params"];
type Named = { readonly id: string };

const v1 = (...parts: readonly (string | undefined)[]): string =>
  ["/api/v1", ...parts.map((part) => encodeURIComponent(part ?? ""))].join("/");

const ask = (...paths: readonly string[]): void => {
  for (const path of paths) void askAhead(path);
};

/** The first story's own things, as soon as it is known which one that is. */
async function askOfStory(things: readonly string[]): Promise<void> {
  const answer = await askAhead<{ stories: readonly Named[] }>(v1("stories"));
  const story = answer?.stories[0]?.id;
  if (story !== undefined) ask(...things.map((thing) => v1("stories", story, thing)));
}

async function askOfBaseline(): Promise<void> {
  const answer = await askAhead<{ stories: readonly { readonly story: string }[] }>(v1("baseline"));
  const story = answer?.stories[0]?.story;
  if (story !== undefined) ask(v1("baseline", story));
}

/**
 * What the pages ask for first, so that it is on its way while their code still is. Each as the page itself writes it:
 * the page then finds the answer, or waits for the same one. Left out is what a live alert changes: the page asks for it
 * when it listens already.
 */
const FIRST: Partial<Record<DashboardPath, (params: Params) => unknown>> = {
  "/": () => askOfStory(["labels"]),
  "/stories/:story": ({ story }) => ask(v1("stories"), v1("stories", story, "labels")),
  "/stories/:story/events/:event": ({ story }) => ask(v1("stories", story), v1("stories", story, "labels")),
  "/evidence/:story/:observation": ({ story, observation }) =>
    ask(v1("stories", story, "observations", observation, "evidence"), v1("stories", story, "labels")),
  "/alerts": () => askOfStory(["labels"]),
  "/alerts/:id": ({ id }) => ask(v1("alerts", id, "explain")),
  "/items/:id": ({ id }) => ask(v1("items", id), `${v1("items", id)}/trace`),
  "/feeds": () => ask(`${v1("feeds")}?limit=50&sort=state`),
  "/feeds/:id": ({ id }) => ask(v1("feeds", id)),
  "/endpoints": () => ask(v1("endpoints"), v1("endpoint-health"), `${v1("deliveries")}?limit=25`),
  "/endpoints/:id": ({ id }) => ask(v1("endpoints", id), v1("endpoint-health")),
  "/deliveries/:id": ({ id }) => ask(v1("deliveries", id)),
  "/baseline": askOfBaseline,
  "/export": () => askOfStory(["exports"]),
  "/operation": () => ask(v1("pipeline", "health"), "/readyz"),
  "/start": () => ask(`${v1("feeds")}?limit=1`, `${v1("items")}?limit=1`, v1("endpoints")),
};

/** Asks for what the page at a path will want first. */
export function askFirst(path: DashboardPath, params: Params): void {
  FIRST[path]?.(params);
}
