import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { openLedgerBeside } from "../context.ts";
import { importLedger } from "../ledger/import-ledger.ts";
import { givenKeyId, knownKeyId } from "../secret-key.ts";
import { readSettings } from "../settings.ts";
import { openLog } from "../telemetry/log.ts";
import { endingOf } from "./ending.ts";

/** `rasid import FILE`: reads what `rasid export` wrote into a ledger that is empty. */
export function registerImport(program: Command): void {
  program
    .command("import")
    .description("read an export into an empty ledger (a new RASID_DATA folder or database)")
    .argument("<file>", "what `rasid export` wrote; - for standard input")
    .action(async (file: string) => {
      const settings = readSettings();
      const { ledger, close } = await openLedgerBeside(settings, openLog({ logLevel: "silent" }));
      try {
        const count = await importLedger(ledger.db, linesOf(file));
        console.error(`${count} rows imported.`);
        if (settings.databaseUrl === null && (await knownKeyId(ledger.db)) !== givenKeyId(settings))
          console.error(`Before the first start put the export's secret.key into ${settings.dataDir}.`);
      } catch (error) {
        console.error(endingOf(error)?.message ?? (error instanceof Error ? error.message : String(error)));
        process.exitCode = 1;
      } finally {
        await close();
      }
    });
}

/** A line reader drops what comes before it is asked, so it is made only then. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const input = file === "-" ? process.stdin : createReadStream(file, "utf8");
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}
