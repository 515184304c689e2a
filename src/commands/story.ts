import { type Command, Option } from "commander";
import { EXPORT_FORMATS, type ExportFormat, writeExport } from "../api/story-export.ts";
import { storyIds } from "../config/load-story.ts";
import { InputError } from "../input-error.ts";
import { EXPORTS, type ExportName } from "../ledger/story-export.ts";
import { withLedger } from "./ledger-command.ts";
import { writeOutput } from "./write-output.ts";

interface StoryExportOptions {
  readonly what: ExportName;
  readonly format: ExportFormat;
  readonly bom?: boolean;
  readonly output?: string;
}

/** `rasid story`: what the ledger knows of a story, as a file for other programs. */
export function registerStory(program: Command): void {
  program
    .command("story")
    .description("work with a story of the ledger")
    .command("export")
    .description("write a story's observations, standings, alerts or items, also beside a running daemon")
    .argument("[story]", "its id (default: the first)")
    .addOption(new Option("--what <part>", "what to write").choices(EXPORTS).default("observations"))
    .addOption(new Option("--format <format>", "how to write it").choices(EXPORT_FORMATS).default("csv"))
    .option("--bom", "begin CSV with a byte order mark, for spreadsheets")
    .option("-o, --output <file>", "where to write it (default: standard output)")
    .action((id: string | undefined, options: StoryExportOptions) => exportStory(id, options));
}

function exportStory(id: string | undefined, { what, format, bom, output }: StoryExportOptions): Promise<void> {
  return withLedger(async ({ db }, { configDir }) => {
    const known = storyIds(configDir);
    const story = id ?? known[0];
    if (story === undefined || !known.includes(story))
      throw new InputError(`there is no story «${id ?? ""}»; there are: ${known.join(", ")}`);
    await writeOutput({ file: output }, async (write) => {
      for await (const piece of writeExport(db, { story, what, format, bom })) await write(piece);
    });
  });
}
