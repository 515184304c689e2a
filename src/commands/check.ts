import type { Command } from "commander";
import { checkConfiguration } from "../config/load-configuration.ts";
import { ConfigError, configLine } from "../config/read-yaml.ts";
import { readSettings, unknownVariables } from "../settings.ts";

/** `rasid check`: validates the environment and every file under config/. A line for each, exit code 1 for a mistake; a doubt is a line alone. */
export function registerCheck(program: Command): void {
  program
    .command("check")
    .description("validate the environment and all configuration")
    .option("--config <dir>", "the configuration folder, instead of RASID_CONFIG")
    .option("--quiet", "say nothing when all is well")
    .action((options: { config?: string; quiet?: boolean }) => {
      const settings = readSettings();
      const { mistakes, doubts, summary } = checkConfiguration(
        options.config ?? settings.configDir,
        settings.feedsFile,
      );
      for (const name of unknownVariables())
        console.error(`doubtful: environment variable ${name}: Rasid knows none of this name (see README.md)`);
      for (const line of doubts.map(configLine)) console.error(`doubtful: ${line}`);
      if (mistakes.length > 0) {
        console.error(new ConfigError(mistakes).message);
        process.exitCode = 1;
        return;
      }
      if (!options.quiet) console.log(`${summary}: no mistakes`);
    });
}
