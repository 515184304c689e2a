import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { Document, isCollection, isScalar, visit } from "yaml";
import { loadFrames } from "../config/load-frames.ts";
import { loadLanguages } from "../config/load-languages.ts";
import { loadStoryToDraft, storyIds } from "../config/load-story.ts";
import { analyzeContext } from "../domain/analyze.ts";
import { type BaselineDraft, draftBaseline } from "../domain/baseline/draft.ts";
import type { Article } from "../domain/baseline/draft-article.ts";
import { dayFromText } from "../domain/baseline/draft-day.ts";
import type { Item } from "../domain/item.ts";
import { readContext } from "../domain/read-context.ts";
import { readArticle } from "../parsing/read-article.ts";
import { readSettings } from "../settings.ts";

interface DraftOptions {
  readonly story?: string;
  readonly published?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

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
    .action(async (file: string, options: DraftOptions) => {
      const source = file === "-" ? await readStandardInput() : await readFile(file, "utf8");
      const draft = draftOf(readArticle(source), options, readSettings().configDir);
      process.stdout.write(options.json ? `${JSON.stringify(draft, null, 2)}\n` : yamlOf(draft));
    });
}

/**
 * Reads an article for a story and draws a baseline from it.
 * @throws ConfigError where the configuration has mistakes, Error where there is no such story or date.
 */
export function draftOf(article: Article, options: DraftOptions, configDir: string): BaselineDraft {
  const story = loadStoryToDraft(configDir, storyNamed(storyIds(configDir), options.story));
  const packs = loadLanguages(configDir);
  const frame = loadFrames(configDir, [story]).get(story.id)!;
  const lang = options.lang ?? article.lang ?? undefined;
  const given = publishedOf(options.published, article);
  const item: Item = {
    id: "article",
    title: article.title,
    text: article.text,
    published: given?.time ?? null,
    ...(lang === undefined ? {} : { lang }),
  };
  const first = readContext(item, { packs, story });
  const taken = given ?? timeFromText(dayFromText(first), story.timezone);
  const context = taken === given ? first : readContext({ ...item, published: taken?.time ?? null }, { packs, story });
  return draftBaseline({
    article,
    context,
    analysis: analyzeContext(context),
    changes: frame.changes,
    publishedFrom: taken?.because ?? "nothing says when; fill in the day, and asOf below",
  });
}

function storyNamed(ids: readonly string[], wanted: string | undefined): string {
  const id = wanted === undefined ? ids[0] : ids.find((one) => one === wanted);
  if (id !== undefined) return id;
  throw new Error(`there is no story «${wanted ?? ""}»; there are: ${ids.join(", ")}`);
}

interface Published {
  readonly time: string;
  readonly because: string;
}

function publishedOf(option: string | undefined, article: Article): Published | null {
  if (option !== undefined) {
    const time = new Date(option);
    if (Number.isNaN(time.getTime())) throw new Error(`--published: «${option}» is no ISO 8601 date`);
    return { time: time.toISOString(), because: "given by --published" };
  }
  return article.published === null ? null : { time: article.published, because: "given by the page" };
}

/** The hour is unknown: midnight in the story's zone, so that it is the day named there. */
function timeFromText(found: ReturnType<typeof dayFromText>, timezone: string): Published | null {
  if (found === null) return null;
  return { time: midnight(found.day, timezone), because: `taken from ${found.because}; the hour is unknown` };
}

/** Midnight of a day in a zone, ISO 8601 with the zone's offset. */
function midnight(day: string, timezone: string): string {
  const offset = new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" })
    .formatToParts(new Date(`${day}T00:00:00Z`))
    .find(({ type }) => type === "timeZoneName")?.value;
  return `${day}T00:00:00${offset?.replace("GMT", "") || "Z"}`;
}

const HEAD = `# Drawn from an article by «rasid baseline draft». Look at every claim, then remove its \`review\`: a file that still
# has one is refused. \`quote\` with \`field\`, \`start\` and \`end\` are the words that carry a claim; they may stay.

`;

/** What reads better on one line. */
const ON_ONE_LINE: ReadonlySet<string> = new Set(
  "figure windows undated stages variants voices silence named order same values".split(" "),
);

function yamlOf(draft: BaselineDraft): string {
  const document = new Document(draft, { aliasDuplicateObjects: false });
  visit(document, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && ON_ONE_LINE.has(String(key.value)) && isCollection(value)) value.flow = true;
    },
  });
  return HEAD + document.toString({ lineWidth: 120 });
}

async function readStandardInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
