#!/usr/bin/env node
import { Command } from "commander";
import { endingOf } from "./commands/ending.ts";
import { VERSION } from "./version.ts";

/**
 * The commands by name. Each is loaded only when it is called, so that `rasid analyze` does not pay for the daemon.
 * A command's file exports one function that adds it to the program.
 */
const COMMANDS: Record<string, () => Promise<(program: Command) => void>> = {
  start: async () => (await import("./commands/start.ts")).registerStart,
  demo: async () => (await import("./commands/demo.ts")).registerDemo,
  check: async () => (await import("./commands/check.ts")).registerCheck,
  analyze: async () => (await import("./commands/analyze.ts")).registerAnalyze,
  dedup: async () => (await import("./commands/dedup.ts")).registerDedup,
  replay: async () => (await import("./commands/replay.ts")).registerReplay,
  baseline: async () => (await import("./commands/baseline.ts")).registerBaseline,
  eval: async () => (await import("./commands/eval.ts")).registerEval,
  alerts: async () => (await import("./commands/alerts.ts")).registerAlerts,
  explain: async () => (await import("./commands/explain.ts")).registerExplain,
  endpoint: async () => (await import("./commands/endpoint.ts")).registerEndpoint,
  key: async () => (await import("./commands/key.ts")).registerKey,
  "log-level": async () => (await import("./commands/log-level.ts")).registerLogLevel,
  feeds: async () => (await import("./commands/feeds.ts")).registerFeeds,
  parse: async () => (await import("./commands/parse.ts")).registerParse,
  story: async () => (await import("./commands/story.ts")).registerStory,
  export: async () => (await import("./commands/export.ts")).registerExport,
  import: async () => (await import("./commands/import.ts")).registerImport,
};

/** Runs the command line. A mistake of the user ends it with a line that says what is wrong; any other error with its trace. */
async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("rasid")
    .description(
      "Watches news-agency feeds for one story and raises signed alerts when a reported figure or a stated position changes",
    )
    .version(VERSION)
    .showHelpAfterError("(`--help` behind a command tells how it is used; `rasid --help` lists the commands)");
  const named = argv.slice(2).find((word) => Object.hasOwn(COMMANDS, word));
  const loaders =
    named === undefined ? Object.values(COMMANDS) : [COMMANDS[named] as () => Promise<(program: Command) => void>];
  for (const load of loaders) (await load())(program);
  refuseUnknown(program, argv[argv.indexOf(named ?? "") + 1] ?? "", named);
  await program.parseAsync(argv);
}

/** A group whose list is what it does by default would say of a mistyped command that the list takes no arguments. */
function refuseUnknown(program: Command, word: string, named: string | undefined): void {
  const group = program.commands.find((command) => command.name() === named);
  if (group === undefined || group.commands.length === 0 || !/^[a-z]/.test(word) || word === "help") return;
  const verbs = group.commands.map((command) => command.name());
  if (!verbs.includes(word))
    program.error(`error: there is no command «${named} ${word}»; there are: ${verbs.join(", ")}`);
}

function end(error: unknown): void {
  const ending = endingOf(error);
  if (ending === null) throw error;
  if (ending.message !== "") console.error(ending.message);
  process.exitCode = ending.exitCode;
}

process.stdout.on("error", end);
try {
  await main(process.argv);
} catch (error) {
  end(error);
}
