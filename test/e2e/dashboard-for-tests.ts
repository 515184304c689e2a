import { afterEach, expect } from "vitest";
import { startedForTests } from "../started-for-tests.ts";
import {
  type DashboardWorld,
  type OpenPage,
  type PageOptions,
  startDashboardWorld,
  type WorldOptions,
} from "./dashboard-world.ts";

/** With a week of the demo published. */
const STARTED_WITHIN_MS = 300_000;

/** A world for the tests of a suite. @param prepare what has to be there before the first of them. */
export function dashboardForTests(
  options: WorldOptions = {},
  prepare: (world: DashboardWorld) => Promise<void> = async () => {},
): DashboardWorld {
  return startedForTests(
    async () => {
      const world = await startDashboardWorld(options);
      await prepare(world);
      return world;
    },
    (world) => world.close(),
    STARTED_WITHIN_MS,
  );
}

/** The browser itself complains of an answer 404 that a page was made for. */
export const forgiveMissing = (page: OpenPage): void => forgive(page, "404");

/** Takes the complaints out that a test has caused on purpose. */
export function forgive({ complaints }: OpenPage, part: string): void {
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.includes(part)));
}

/** Opens pages that are closed after each test, which fails when one of them complained. */
export function openedForTests(world: DashboardWorld): (path: string, options?: PageOptions) => Promise<OpenPage> {
  const opened: OpenPage[] = [];
  afterEach(async () => {
    const pages = opened.splice(0);
    const complaints = pages.flatMap((one) => one.complaints);
    for (const one of pages) await one.close();
    expect(complaints).toEqual([]);
  });
  return async (path, options) => {
    const one = await world.open(path, options);
    opened.push(one);
    return one;
  };
}
