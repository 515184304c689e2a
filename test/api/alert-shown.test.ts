import { expect, test } from "vitest";
import { showAlert } from "../../src/api/alert-query.ts";

const row = (because: string) => ({
  id: "alt_1",
  seq: "1",
  kind: "feed.failing",
  created_at: new Date("2022-09-15T08:00:00Z"),
  body: { type: "feed.failing", timestamp: "2022-09-15T08:00:00Z", data: { alert: "alt_1", because } },
});
const shown = (because: string) => showAlert(row(because) as unknown as Parameters<typeof showAlert>[0]);

test("an alert about the running of the service has the code of why it was raised", () => {
  const { becauseCoded } = shown(
    "the publisher says that the feed is gone (410); it is not polled until it is resumed",
  );
  expect(becauseCoded).toMatchObject({ code: "feed-gone-told", cause: { code: "publisher-gone" } });
});

test("what a claim changed has no such code", () => {
  expect(shown("the same side gives a higher number").becauseCoded).toBeNull();
});
