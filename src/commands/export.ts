import type { Command } from "commander";
import { openLedgerBeside } from "../context.ts";
import { exportLedger } from "../ledger/export-ledger.ts";
import { readSettings, type Settings } from "../settings.ts";
import { openLog } from "../telemetry/log.ts";
import { writeOutput } from "./write-output.ts";

/** `rasid export`: writes the whole ledger, for another PostgreSQL version or another machine. */
export function registerExport(program: Command): void {
  program
    .command("export")
    .description("write the whole ledger as JSON Lines, also beside a running daemon")
    .option("-o, --output <file>", "where to write it (default: standard output)")
    .action(async ({ output }: { output?: string }) => {
      const settings = readSettings();
      const { ledger, close } = await openLedgerBeside(settings, openLog({ logLevel: "silent" }));
      try {
        await writeOutput({ file: output, mode: 0o600 }, (write) => exportLedger(ledger.db, write));
      } finally {
        await close();
      }
      console.error(`Endpoint secrets stay sealed: take ${keyOf(settings)} along.`);
    });
}

/** Where the key is that sealed the secrets: the embedded database alone has one beside it. */
function keyOf({ secretKey, databaseUrl, dataDir }: Settings): string {
  return secretKey === null && databaseUrl === null ? `${dataDir}/secret.key` : "RASID_SECRET_KEY";
}
