import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { alertBodySchema } from "../../src/api/alert-body-schema.ts";
import { registerReplay } from "../../src/commands/replay.ts";
import { readYaml } from "../../src/config/read-yaml.ts";
import { exampleDay } from "../../src/web/pages/read/example-day.ts";
import { words } from "../../src/web/pages/read/words.ts";

const articleSchema = z.object({ article: z.object({ published: z.string() }) });
const folder = mkdtempSync(join(tmpdir(), "rasid-replay-"));
const file = join(folder, "items.jsonl");
const text =
  "Prime Minister Nikol Pashinyan said that 135 Armenian soldiers were killed in the clashes with Azerbaijan.";
writeFileSync(
  file,
  [
    { id: 1, text, published: "2022-09-16", source: "Armenpress", note: "ignored" },
    { id: 2, text: text.replace("135", "207"), published: "2022-09-19", url: "https://www.news.am/eng/1" },
  ]
    .map((item) => JSON.stringify(item))
    .join("\n"),
);

afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function run(...words: string[]): Promise<string> {
  let written = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    written += chunk;
    return true;
  });
  const program = new Command().exitOverride();
  registerReplay(program);
  await program.parseAsync(["node", "rasid", "replay", ...words]);
  return written;
}

describe("rasid replay", () => {
  it("prints one webhook body a line", async () => {
    const bodies = (await run(file))
      .trim()
      .split("\n")
      .map((line) => alertBodySchema.parse(JSON.parse(line)));
    expect(bodies.map((body) => body.data.after?.value)).toEqual([135, 207]);
  });

  it("raises an alert of the text that the dashboard puts in as an example, in each language, on its day", async () => {
    const published = exampleDay(
      readYaml("config/stories/armenia-azerbaijan/baseline.yaml", articleSchema).article.published,
    );
    for (const { exampleTitle, exampleText } of Object.values(words)) {
      const example = join(folder, "example.jsonl");
      writeFileSync(example, JSON.stringify({ id: 1, title: exampleTitle, text: exampleText, published }));
      expect((await run(example)).split("\n")[0]).toContain('"value":170');
    }
  });

  it("weighs an item by the tier of its source or site", async () => {
    const [national, site] = (await run(file))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).data.confidence);
    expect(national).toBeGreaterThan(site);
  });

  it("raises nothing before --from", async () => {
    expect((await run(file, "--from", "2022-09-17")).trim().split("\n")).toHaveLength(1);
  });

  it("prints a table with --summary", async () => {
    const table = await run(file, "--summary");
    expect(table).toMatch(/105 → 135/);
    expect(table).toMatch(/armenian-deaths killed armenia +armenia +105 → 135 → 207/);
    expect(table).toMatch(/^2 alerts$/m);
  });

  it("names the story of each line where there are several", async () => {
    const config = join(folder, "config");
    cpSync("config", config, { recursive: true });
    const second = join(config, "stories/second");
    cpSync(join(config, "stories/armenia-azerbaijan"), second, { recursive: true });
    const story = readFileSync(join(second, "story.yaml"), "utf8");
    writeFileSync(join(second, "story.yaml"), story.replace("id: armenia-azerbaijan", "id: second"));
    vi.stubEnv("RASID_CONFIG", config);
    const table = await run(file, "--summary");
    expect(table).toMatch(/^second +2022-09-16T00:00 +figure.revised +armenian-deaths/m);
    expect(table).toMatch(/^armenia-azerbaijan +armenian-deaths killed armenia +armenia +105 → 135 → 207/m);
  });

  it("says what is wrong with a date or a story", async () => {
    await expect(run(file, "--from", "soon")).rejects.toThrow("--from: «soon» is no ISO 8601 date");
    await expect(run(file, "--story", "other")).rejects.toThrow(
      "there is no story «other»; there are: armenia-azerbaijan",
    );
  });
});
