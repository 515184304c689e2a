import { expect, test } from "vitest";
import { loadEvidence } from "../../../src/ledger/evidence.ts";
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
