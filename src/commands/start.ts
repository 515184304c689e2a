import type { Command } from "commander";
import { ConfigError } from "../config/read-yaml.ts";
import { startDaemon } from "../daemon.ts";
import { boundMemory, settleMemory } from "../memory-bounds.ts";
import { readRoles, readSettings, SettingsError, unknownVariables } from "../settings.ts";
import { openLog } from "../telemetry/log.ts";
import { endingOf } from "./ending.ts";

/** So long a process that failed may take to end by itself. */
const LEFT_BEHIND_MS = 1000;

/** `rasid start`: runs the daemon until SIGINT or SIGTERM. */
export function registerStart(program: Command): void {
  program
    .command("start")
    .description("run the daemon: fetch, deduplicate, classify, match and deliver, with API and dashboard")
    .option("--roles <names>", "what this process does, with commas (in place of RASID_ROLES)")
    .action(async ({ roles }: { roles?: string }) => {
      const given = readSettings();
      const settings = roles === undefined ? given : { ...given, roles: readRoles(roles) };
      boundMemory(settings.heapGrowth);
      const log = openLog(settings);
      const unknown = unknownVariables();
      if (unknown.length > 0) log.warn({ variables: unknown }, "environment variables that Rasid does not know");
      const stopRequested = nextStopSignal();
      let started = false;
      try {
        const daemon = await startDaemon(settings, log);
        started = true;
        process.send?.({ type: "ready", address: daemon.address });
        settleMemory(settings.heapGrowth);
        if (daemon.address !== null && process.stdout.isTTY) console.log(`Rasid runs at ${daemon.address}`);
        await stopRequested;
        await daemon.stop();
        // What others would still wait for (a collector of traces that is gone, tried again and again) holds nothing up.
        process.exit();
      } catch (error) {
        if (error instanceof ConfigError || error instanceof SettingsError) throw error;
        const ending = endingOf(error);
        // What whoever runs it can mend needs words, not a trace.
        log.fatal(
          ending === null ? { err: error } : { reason: ending.message },
          started ? "the daemon could not stop all its parts" : "the daemon cannot start",
        );
        process.exitCode = 1;
        process.disconnect?.();
        // A part that was left behind, as it waits for a server that no longer answers, holds nothing up.
        setTimeout(() => process.exit(), LEFT_BEHIND_MS).unref();
      }
    });
}

/** Signals are taken from the beginning: one that comes during the start stops it as soon as it is done. */
function nextStopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.on("SIGINT", () => resolve());
    process.on("SIGTERM", () => resolve());
  });
}
