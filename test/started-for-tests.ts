import { afterAll, beforeAll } from "vitest";

/**
 * Something that is started before the tests of a file and stopped after them. It can be named in the file as if it were
 * there at once, and is there once the tests run.
 */
export function startedForTests<T extends object>(
  start: () => Promise<T>,
  stop: (started: T) => Promise<unknown>,
  withinMs?: number,
): T {
  let started: T | null = null;
  beforeAll(async () => {
    started = await start();
  }, withinMs);
  afterAll(async () => {
    if (started !== null) await stop(started);
  });
  return new Proxy({} as T, {
    get: (_, name) => {
      if (started === null) throw new Error(`«${String(name)}» is asked of what is started before the tests`);
      const value: unknown = Reflect.get(started, name);
      // A class with private fields knows only itself.
      return typeof value === "function" ? value.bind(started) : value;
    },
  });
}
