import { afterEach, beforeEach, expect, test } from "vitest";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";
import { FEEDS, published, tell, toll, WEAK_FEED } from "./told-story.ts";

let api: ApiUnderTest;
beforeEach(async () => {
  api = await startApiUnderTest();
  await api.ask("POST", "/api/v1/endpoints", {
    body: { url: "https://hook.example/", filters: { minConfidence: 0.5 } },
  });
});
afterEach(() => api.close());

interface Told {
  readonly id: string;
  readonly body: {
    readonly type: string;
    readonly data: {
      readonly severity: string;
      readonly confidence: number;
      readonly about?: string;
      readonly after: { readonly value: number };
    };
  };
}

const alerts = async (): Promise<Told[]> => (await api.ask("GET", "/api/v1/alerts")).json.alerts;
const explain = async (id: string) => (await api.ask("GET", `/api/v1/alerts/${id}/explain`)).json;

/** A jump that nobody named gives and nobody vouches for, in words of its own each time. */
const jump = (key: string, words: string, at: string) =>
  tell(api.ledger.db, "wire", [published(key, "Heavy losses", words, at)], [...FEEDS, WEAK_FEED]);
const raiseOutlier = () =>
  jump(
    "x",
    "420 Armenian soldiers have been killed in the fighting with Azerbaijan, reports say.",
    "2022-09-16T08:00:00Z",
  );

test("an outlier is raised once, as one, and reaches those who ask for little confidence alone", async () => {
  expect(await raiseOutlier()).toEqual([]);
  await jump(
    "y",
    "It is reported that 420 soldiers of Armenia died in the clashes with Azerbaijan.",
    "2022-09-16T08:30:00Z",
  );
  const [outlier, ...more] = await alerts();
  expect(more).toEqual([]);
  expect(outlier).toMatchObject({
    body: { type: "figure.revised", data: { severity: "low", after: { value: 420 } } },
  });
  expect(outlier?.body.data.confidence).toBeLessThanOrEqual(0.25);
});

test.each([
  ["withdrawn", 135, 135],
  ["confirmed", 420, 420],
] as const)(
  "it is %s by a following alert that names it, and each is explained with the other",
  async (end, said, value) => {
    await raiseOutlier();
    await tell(api.ledger.db, "tass", [toll("side", said, "2022-09-17T08:00:00Z")], [...FEEDS, WEAK_FEED]);
    const told = await alerts();
    const outlier = told[0]?.id ?? "";
    const following = told.filter(({ body }) => body.data.about !== undefined);
    expect(following).toMatchObject([{ body: { type: `alert.${end}`, data: { about: outlier, after: { value } } } }]);
    expect((await explain(outlier)).following).toMatchObject([
      { id: following[0]?.id, body: { type: `alert.${end}` } },
    ]);
    const last = await explain(following[0]?.id ?? "");
    expect(last).toMatchObject({ about: { id: outlier }, span: { holds: true }, following: [] });
    await tell(api.ledger.db, "desk", [toll("again", said, "2022-09-17T10:00:00Z")], [...FEEDS, WEAK_FEED]);
    expect((await alerts()).length).toBe(told.length);
  },
);
