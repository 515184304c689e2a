import type { Command } from "commander";
import { audited } from "../api/api-context.ts";
import { logLevelWish, wishOf } from "../api/log-level-routes.ts";
import { LOG_LEVELS } from "../domain/log-level.ts";
import { InputError } from "../input-error.ts";
import { readLogLevel, writeLogLevel } from "../ledger/log-level.ts";
import { CLI_ACTOR, type Output, print, shortTime, withLedger } from "./ledger-command.ts";

const now = () => new Date();

/** `rasid log-level [LEVEL]`: how much every process on the ledger logs, from now on. */
export function registerLogLevel(program: Command): void {
  program
    .command("log-level")
    .description("show or change how much all running processes log, without a restart")
    .argument("[level]", `${LOG_LEVELS.join(", ")}; default: as each process is configured`)
    .option("--minutes <number>", "after these it ends by itself")
    .option("--json", "JSON for programs")
    .action((level: string | undefined, { minutes, ...output }: Output & { minutes?: string }) =>
      withLedger(async ({ db }, settings) => {
        if (level !== undefined) {
          const asked = logLevelWish.parse({
            level: level === "default" ? null : level,
            ...(minutes === undefined ? {} : { minutes: Number(minutes) }),
          });
          await audited(
            { db, now },
            CLI_ACTOR,
            (trx) => writeLogLevel(trx, wishOf(asked, now())),
            () => ({ action: "log-level.set", target: "log-level", detail: asked }),
          );
        } else if (minutes !== undefined) throw new InputError("--minutes needs a level");
        const wish = await readLogLevel(db, now());
        print(wish, output, () =>
          wish.level === null
            ? `as configured (here: ${settings.logLevel})`
            : `${wish.level}${wish.until === null ? "" : ` until ${shortTime(wish.until)} UTC`}`,
        );
      }),
    );
}
