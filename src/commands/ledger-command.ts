import { z } from "zod";
import { Problem } from "../api/problem.ts";
import { mistakesOfIssue } from "../config/issue-mistakes.ts";
import { openLedgerBeside } from "../context.ts";
import { InputError } from "../input-error.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { readSettings, type Settings } from "../settings.ts";
import { openLog } from "../telemetry/log.ts";

/** How a command names itself in the audit log. */
export const CLI_ACTOR = "cli";

/** Runs a command on the ledger, also beside a running daemon, and says in plain words what a user got wrong. */
export async function withLedger(work: (ledger: Ledger, settings: Settings) => Promise<void>): Promise<void> {
  const settings = readSettings();
  const { ledger, close } = await openLedgerBeside(settings, openLog({ logLevel: "silent" }));
  try {
    await telling(() => work(ledger, settings));
  } finally {
    await close();
  }
}

/** Runs a command and says in plain words what a user got wrong. */
export async function telling(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const lines = mistakesOf(error);
    if (lines === null) throw error;
    console.error(lines.join("\n"));
    process.exitCode = 1;
  }
}

function mistakesOf(error: unknown): string[] | null {
  if (error instanceof InputError) return [error.message];
  if (error instanceof z.ZodError)
    return error.issues.flatMap(mistakesOfIssue).map(({ path, problem }) => `${path.join(".")}: ${problem}`);
  if (!(error instanceof Problem)) return null;
  if (error.errors.length === 0) return [error.message];
  return error.errors.map(({ field, problem }) => `${field}: ${problem}`);
}

/** What a command is asked to write: JSON for programs, or else text. */
export interface Output {
  readonly json?: boolean;
}

/** One JSON document for programs, or text for people. */
export function print(value: unknown, { json }: Output, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`);
}

/** A time as tables show it. */
export function shortTime(at: string | Date | null): string {
  return at === null ? "–" : (typeof at === "string" ? at : at.toISOString()).slice(0, 19).replace("T", " ");
}

/** @throws InputError when it is no ledger id. */
export function checkedId(text: string): string {
  if (!/^\d{1,18}$/.test(text)) throw new InputError(`«${text}» is no id: ids are numbers`);
  return text;
}

/** Values with commas. */
export const listed = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
