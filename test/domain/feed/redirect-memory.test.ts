import { expect, test } from "vitest";
import { type RedirectSeen, rememberRedirect } from "../../../src/domain/feed/redirect-memory.ts";

const NONE: RedirectSeen = { to: null, times: 0 };
const from = "https://old.example/feed";
const target = "https://new.example/feed";

function after(targets: readonly (string | null)[], start = from): string | null {
  let seen = NONE;
  let moved: string | null = null;
  for (const one of targets) {
    const step = rememberRedirect(seen, { target: one, from: start });
    seen = step.seen;
    moved = step.movedTo ?? moved;
  }
  return moved;
}

test("a permanent redirect is believed when three polls in a row met it", () => {
  expect(after([target])).toBeNull();
  expect(after([target, target])).toBeNull();
  expect(after([target, target, target])).toBe(target);
});

test("a poll that met none, or another one, begins the count anew", () => {
  expect(after([target, target, null, target, target])).toBeNull();
  expect(after([target, target, "https://third.example/feed", target, target])).toBeNull();
});

test("nobody leads a feed away from TLS for good", () => {
  expect(after(Array.from({ length: 9 }, () => "http://new.example/feed"))).toBeNull();
  expect(after([target, target, target], "http://old.example/feed")).toBe(target);
});
