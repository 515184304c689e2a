import { join } from "node:path";
import type { z } from "zod";
import { baselinePath, readBaselineFile } from "../config/baseline-file.ts";
import { storyIds } from "../config/load-story.ts";
import { type ConfigMistake, hashOf, readYaml } from "../config/read-yaml.ts";
import { replaceFile } from "../config/replace-file.ts";
import { storySchema } from "../config/story-schema.ts";
import { topicsSchema } from "../config/topics-schema.ts";
import { writeRefusal } from "../config/write-refusal.ts";
import { DraftingGivenUp, openDrafter } from "../drafting/drafter.ts";
import type { DraftingAnswer, DraftingJob } from "../drafting/drafting-jobs.ts";
import { recordAudit } from "../ledger/audit.ts";
import { inTransaction } from "../ledger/in-transaction.ts";
import type { ApiContext } from "./api-context.ts";
import type { baselinePlace, baselineShown } from "./baseline-shown.ts";
import { codedOf } from "./coded-reason.ts";
import { configurationMistakes, invalidFields, notFound, Problem } from "./problem.ts";
import { whileRoom } from "./while-room.ts";
import type { ZodServer } from "./zod-server.ts";

/** Drafts and checks that may wait for the thread, and how long. */
const MOST_JOBS = 4;
const JOB_MS = 90_000;

type Answer = Exclude<DraftingAnswer, { kind: "refused" }>;

/** Where baselines are drawn, checked and saved. */
export interface BaselineDesk extends Pick<ApiContext, "db" | "now" | "configDir" | "feedsFile"> {
  /** By story: the hash of the file that is in force; null where there was none at the start. */
  readonly loaded: ReadonlyMap<string, string | null>;
  /** Has a job done in the drafting thread. @throws Problem 409 or 422 where it cannot be done, 503 where too many wait. */
  readonly ask: (job: DraftingJob) => Promise<Answer>;
}

/** Opens the desk; its thread is closed with the server. */
export function openBaselineDesk(app: ZodServer, { db, now, configDir, feedsFile }: ApiContext): BaselineDesk {
  const loaded = new Map(storyIds(configDir).map((id) => [id, readBaselineFile(configDir, id)?.hash ?? null]));
  const drafter = openDrafter();
  app.addHook("onClose", () => drafter.close());
  const room = whileRoom({ most: MOST_JOBS, ms: JOB_MS, what: "reading the article" });
  return { db, now, configDir, feedsFile, loaded, ask: (job) => answered(() => room(() => drafter.ask(job))) };
}

async function answered(ask: () => Promise<DraftingAnswer>): Promise<Answer> {
  try {
    const answer = await ask();
    if (answer.kind !== "refused") return answer;
    if (answer.field !== "") throw invalidFields([{ field: answer.field, problem: answer.message }]);
    throw configurationMistakes(answer.message);
  } catch (error) {
    if (error instanceof DraftingGivenUp) throw new Problem(422, "Unprocessable", `the text was ${error.message}`);
    throw error;
  }
}

/** @throws Problem 404 */
export function fileOf({ configDir }: Pick<BaselineDesk, "configDir">, story: string) {
  const file = readBaselineFile(configDir, story);
  if (file === null) throw notFound("story", story);
  return file;
}

/** Where a story's baseline stands, and whether what stands there is in force. */
export function placeOf(desk: BaselineDesk, story: string): z.output<typeof baselinePlace> {
  const { name, hash, writable } = fileOf(desk, story);
  const { title, window, timezone } = readYaml(join(desk.configDir, "stories", story, "story.yaml"), storySchema);
  const inForce = hash !== null && desk.loaded.get(story) === hash;
  return { story, title, window, timezone, file: name, hash, loaded: inForce, writable };
}

/** What claims of a baseline may name. */
export function namesOf(
  { configDir }: BaselineDesk,
  story: string,
): Pick<z.output<typeof baselineShown>, "speakers" | "sides" | "positions"> {
  const { entities } = readYaml(join(configDir, "stories", story, "story.yaml"), storySchema);
  const { topics } = readYaml(join(configDir, "stories", story, "topics.yaml"), topicsSchema);
  return {
    speakers: Object.entries(entities).map(([id, { side, kind }]) => ({ id, side, kind })),
    sides: [...new Set(Object.values(entities).flatMap(({ side }) => side ?? []))].sort(),
    positions: Object.entries(topics).flatMap(([topic, { positions }]) =>
      positions.map(({ position }) => ({ topic, position })),
    ),
  };
}

/** Checks a baseline's text as it would be in its place. */
export async function checked(desk: BaselineDesk, story: string, text: string) {
  const { configDir, feedsFile } = desk;
  fileOf(desk, story);
  const answer = await desk.ask({ kind: "check", configDir, feedsFile, story, text });
  if (answer.kind !== "checked") throw new Error(`the drafting thread answered ${answer.kind}`);
  const { mistakes, doubts } = answer.check;
  return { mistakes: mistakes.map(withCode), doubts: doubts.map(withCode) };
}

const withCode = (mistake: ConfigMistake) => ({ ...mistake, problemCoded: codedOf(mistake.problem) });

/** @throws Problem 428 where the file that would be replaced is not named, 412 where it is another by now. */
export function refuseBlindOverwrite(desk: BaselineDesk, story: string, ifMatch: string | undefined): void {
  const { hash, name } = fileOf(desk, story);
  const named = ifMatch?.trim().replace(/^W\//, "").replaceAll('"', "");
  if (hash === null && (named === undefined || named === "")) return;
  if (named === undefined || named === "*")
    throw new Problem(428, "Precondition required", `${name} exists: send its hash as If-Match to replace it`);
  if (named !== hash)
    throw new Problem(
      412,
      "Precondition failed",
      `${name} is not the file that was looked at: it was changed meanwhile`,
    );
}

/** What is to be written, by whom, in place of which file (an `If-Match`). */
export interface BaselineWrite {
  readonly story: string;
  readonly text: string;
  readonly ifMatch: string | undefined;
  readonly actor: string;
}

/** Writes a baseline's file and says so in the audit log. @throws Problem 409 where the folder cannot be written. */
export async function saveBaseline(desk: BaselineDesk, { story, text, ifMatch, actor }: BaselineWrite): Promise<void> {
  const path = baselinePath(desk.configDir, story);
  if (path === null) throw notFound("story", story);
  try {
    await inTransaction(desk.db, async (trx) => {
      const detail = { before: fileOf(desk, story).hash, after: hashOf(text) };
      await recordAudit(trx, { at: desk.now(), actor, action: "baseline.save", target: `story:${story}`, detail });
      // Looked at again in the same breath as it is written, last: the log tells of every change that is made.
      refuseBlindOverwrite(desk, story, ifMatch);
      replaceFile(path, text);
    });
  } catch (error) {
    const refused = writeRefusal(error);
    if (refused === null) throw error;
    throw new Problem(
      409,
      "Conflict",
      `${fileOf(desk, story).name} cannot be written (${refused}): the configuration folder is read-only for Rasid. Download the file and put it there by hand`,
    );
  }
}
