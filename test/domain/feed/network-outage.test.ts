import { expect, test } from "vitest";
import { isOutage } from "../../../src/domain/feed/network-outage.ts";

test("our network is out when most hosts cannot be reached at once", () => {
  expect(isOutage({ asked: 20, unreachable: 20 })).toBe(true);
  expect(isOutage({ asked: 20, unreachable: 11 })).toBe(true);
});

test("half of the hosts, or very few of them, are their own affair", () => {
  expect(isOutage({ asked: 20, unreachable: 10 })).toBe(false);
  expect(isOutage({ asked: 2, unreachable: 2 })).toBe(false);
  expect(isOutage({ asked: 1, unreachable: 1 })).toBe(false);
});
