import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { baselineYaml, DRAFT_HEAD } from "../config/baseline-yaml.ts";
import { DraftError, type DraftOptions, draftOf } from "../drafting/draft-of.ts";
import { InputError } from "../input-error.ts";
import { readArticle } from "../parsing/read-article.ts";
import { readSettings } from "../settings.ts";
import { readStandardInput } from "./standard-input.ts";

/** `rasid baseline draft FILE`: a baseline drawn from an article, for an analyst to review. */
export function registerBaseline(program: Command): void {
  program
    .command("baseline")
    .description("work on the baseline of a story")
    .command("draft")
    .description("draw a baseline (YAML) from an article, every claim marked for review")
    .argument("<file>", "the article, plain text or HTML; - for standard input")
    .option("--story <id>", "the story to read for (default: the first)")
    .option("--published <date>", "when the article appeared, ISO 8601")
    .option("--lang <iso>", "its language, where it is not to be told from the text")
    .option("--json", "JSON instead of YAML")
    .action(async (file: string, options: DraftOptions & { json?: boolean }) => {
      const source = file === "-" ? (await readStandardInput()).toString("utf8") : await readFile(file, "utf8");
      if (source.trim() === "")
        throw new InputError(`${file === "-" ? "standard input" : file}: there is no text in it`);
      const draft = drawn(source, options);
      process.stdout.write(options.json ? `${JSON.stringify(draft, null, 2)}\n` : baselineYaml(draft, DRAFT_HEAD));
    });
}

function drawn(source: string, options: DraftOptions) {
  try {
    return draftOf(readArticle(source), options, readSettings().configDir);
  } catch (error) {
    if (!(error instanceof DraftError)) throw error;
    throw new InputError(error.field === "published" ? `--published: ${error.message}` : error.message);
  }
}
