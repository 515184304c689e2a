import { expect, test } from "vitest";
import { isSameArticle, nextVisit } from "../../../src/domain/feed/page-visits.ts";

const at = (hours: number) => new Date(Date.parse("2022-09-15T00:00:00Z") + hours * 3_600_000);

test("a page is read again one, six and twenty-four hours after publication, and then no more", () => {
  const published = at(0);
  expect(nextVisit({ published, visits: 0, now: at(0.1) })).toEqual(at(1));
  expect(nextVisit({ published, visits: 1, now: at(1.01) })).toEqual(at(6));
  expect(nextVisit({ published, visits: 2, now: at(6.5) })).toEqual(at(24));
  expect(nextVisit({ published, visits: 3, now: at(24.1) })).toBeNull();
});

test("times that have passed are not made up for", () => {
  expect(nextVisit({ published: at(0), visits: 0, now: at(8) })).toEqual(at(24));
  expect(nextVisit({ published: at(0), visits: 0, now: at(100) })).toBeNull();
});

test("without a date, or with one to come, the times count from the first reading", () => {
  expect(nextVisit({ published: null, visits: 0, now: at(0) })).toEqual(at(1));
  expect(nextVisit({ published: at(900), visits: 1, now: at(1) })).toEqual(at(6));
  expect(nextVisit({ published: null, visits: 2, now: at(6) })).toEqual(at(24));
});

test("a text that lost more than half of itself is not believed", () => {
  expect(isSameArticle({ length: 1000 }, { length: 500 })).toBe(true);
  expect(isSameArticle({ length: 1000 }, { length: 499 })).toBe(false);
});
