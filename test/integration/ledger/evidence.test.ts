import { expect, test } from "vitest";
import { loadEvidence } from "../../../src/ledger/evidence.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import { listObservations } from "../../../src/ledger/observations.ts";
import { FEEDS, tell, toll } from "../api/told-story.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { STORY } from "./sample-claims.ts";

const ledger = ledgerForTests();

test("of two commits at one moment each has its own observations, standings and alerts", async () => {
  const { db } = ledger;
  const now = () => new Date("2022-09-18T00:00:00Z");
  await tell(db, "tass", [toll("a", 135, "2022-09-16T08:00:00Z")], FEEDS, now);
  await tell(db, "desk", [toll("b", 161, "2022-09-17T08:00:00Z")], FEEDS, now);
  const observations = await listObservations(db, { story: STORY, limit: 10 });
  const [first, second] = await Promise.all(observations.map(({ id }) => loadEvidence(db, STORY, id)));
  expect(first?.standings.map(({ after }) => after.observation_id)).toEqual([first?.observation.id]);
  expect(second?.standings.map(({ after }) => after.observation_id)).toEqual([second?.observation.id]);
  for (const { alerts, observation } of [first, second].flatMap((chain) => chain ?? []))
    for (const { created_at } of alerts) expect(created_at).toEqual(observation.created_at);
});

test("the revision that an observation was read in is there however often the item was edited since", async () => {
  const { db } = ledger;
  const read = toll("live", 177, "2022-09-18T08:00:00Z");
  await tell(db, "tass", [read]);
  for (let edit = 1; edit <= 30; edit += 1)
    await storePoll(db, "tass", [{ ...read, text: `Of the day, number ${edit}.` }], new Date());
  const observations = await listObservations(db, { story: STORY, limit: 10 });
  const own = observations.find(({ value }) => Number(value) === 177);
  const chain = await loadEvidence(db, STORY, own?.id ?? "");
  const numbers = chain?.revisions.map(({ revision }) => revision.number);
  expect(numbers?.[0]).toBe(1);
  expect(numbers?.at(-1)).toBe(31);
  expect(numbers).toHaveLength(21);
  expect(chain?.revisions[0]?.revision.text).toContain("177");
});
