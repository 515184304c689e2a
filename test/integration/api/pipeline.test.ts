import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";
import { published, tell } from "./told-story.ts";

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
  await tell(api.ledger.db, "tass", [
    published("a", "Wheat prices", "The price of wheat rose by 4 percent on Monday.", "2022-09-20T11:00:00Z"),
    published("b", "Barley prices", "The price of barley fell by 3 percent on Monday.", "2022-09-20T12:00:00Z"),
  ]);
});
afterAll(() => api.close());

const health = async () => (await api.ask("GET", "/api/v1/pipeline/health")).json;

test("the health of the stages counts what is open", async () => {
  expect(await health()).toMatchObject({ stages: { match: { depth: 0, oldestSeconds: 0 } }, parked: 0 });
});

test("parked revisions are listed with their errors and sent on, one or all, and the audit log has it", async () => {
  const since = new Date(Date.now() - 90_000);
  await api.ledger.db
    .updateTable("revisions")
    .set({ stage: "parked", parked_from: "classify", last_error: "out of words", staged_at: since })
    .execute();
  expect((await health()).parked).toBe(2);
  const { parked } = (await api.ask("GET", "/api/v1/pipeline/parked")).json;
  expect(parked).toHaveLength(2);
  expect(parked[0]).toMatchObject({ stage: "classify", error: "out of words", since: since.toISOString() });
  const retry = (body: object) => api.ask("POST", "/api/v1/pipeline/parked/retry", { body });
  expect((await retry({ revisions: [parked[0].revision] })).json).toEqual({ revisions: 1 });
  expect((await health()).stages.classify.depth).toBe(1);
  expect((await retry({})).json).toEqual({ revisions: 1 });
  expect((await retry({})).json).toEqual({ revisions: 0 });
  expect(await health()).toMatchObject({ parked: 0, stages: { classify: { depth: 2 } } });
  expect((await retry({ revisions: ["x"] })).status).toBe(400);
  const { entries } = (await api.ask("GET", "/api/v1/audit")).json;
  expect(entries).toContainEqual(expect.objectContaining({ action: "parked.retry", detail: { revisions: 1 } }));
});
