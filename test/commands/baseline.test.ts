import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { registerBaseline } from "../../src/commands/baseline.ts";
import { baselineSchema, compileBaseline } from "../../src/config/baseline-schema.ts";
import type { BaselineDraft } from "../../src/domain/baseline/draft.ts";
import { draftOf } from "../../src/drafting/draft-of.ts";
import { readArticle } from "../../src/parsing/read-article.ts";

const folder = mkdtempSync(join(tmpdir(), "rasid-draft-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const ARTICLE = `Dozens dead on the border, appeals grow

A funeral in Gyumri for 80 Armenian soldiers killed in the fighting (Photo Agency)

Armenian Prime Minister Nikol Pashinyan told the parliament yesterday, Wednesday, that 120 Armenian soldiers had been killed in the clashes with Azerbaijan.

Azerbaijan offered to hand over the bodies of 60 Armenian soldiers.

The Collective Security Treaty Organization does not intend to send troops to Armenia, its joint staff chief Anatoly Sidorov said today, Thursday.

The war of 2020 over Nagorno-Karabakh left about 6,500 people dead.
`;

const draft = (source: string, options: Parameters<typeof draftOf>[1] = {}): BaselineDraft =>
  draftOf(readArticle(source), options, "config");

const figures = ({ events }: BaselineDraft) =>
  events.flatMap(({ id, sameAs, claims }) =>
    claims.flatMap(({ figure, speaker }) =>
      figure ? [[id, sameAs ?? null, figure.measure, figure.value ?? figure.low, speaker]] : [],
    ),
  );

const statements = ({ events }: BaselineDraft) =>
  events.flatMap(({ id, claims }) =>
    claims.flatMap(({ position, speaker }) => (position ? [[id, position, speaker]] : [])),
  );

describe("a baseline drawn from plain text", () => {
  const drawn = draft(ARTICLE);

  it("has every figure, the differing ones of headline and caption apart", () => {
    expect(figures(drawn)).toEqual([
      ["armenian-deaths", null, "killed", 120, "pashinyan"],
      ["bodies-handover", null, "bodies", 60, "azerbaijan"],
      ["armenian-deaths-caption", "armenian-deaths", "killed", 80, "-"],
      ["armenian-deaths-headline", "armenian-deaths", "killed", 20, "-"],
    ]);
  });

  it("has the statements with their speakers", () => {
    expect(statements(drawn)).toEqual(
      expect.arrayContaining([
        ["csto-troops", "declines", "sidorov"],
        ["bodies-handover", "offered", "azerbaijan"],
      ]),
    );
  });

  it("names where the article contradicts itself", () => {
    expect(drawn.discrepancies.map(({ events }) => events)).toEqual([
      ["armenian-deaths", "armenian-deaths-caption"],
      ["armenian-deaths", "armenian-deaths-headline"],
    ]);
    expect(drawn.discrepancies[0]?.note).toMatch(/120 in the text \(pashinyan: .*80 in the caption/);
  });

  it("keeps history out of the events", () => {
    expect(drawn.background).toMatchObject([{ id: "B1", gloss: expect.stringMatching(/^killed of .*6,?500/) }]);
  });

  it("quotes every claim from its place", () => {
    const { title, text } = readArticle(ARTICLE);
    for (const { quote, field, start, end } of drawn.events.flatMap((event) => event.claims))
      expect((field === "title" ? title : text).slice(start, end)).toBe(quote);
  });

  it("dates the article by its weekdays and each claim by the day in its sentence", () => {
    expect(drawn.article.published).toBe("2022-09-15T00:00:00+04:00");
    const dayOf = (id: string) => drawn.events.find((event) => event.id === id)?.claims[0]?.asOf;
    expect([dayOf("armenian-deaths"), dayOf("csto-troops")]).toEqual(["2022-09-14", "2022-09-15"]);
  });

  it("leaves days open where nothing says when", () => {
    const undated = draft(
      "Clashes\n\nPashinyan said that 92 Armenian soldiers were killed in the clashes with Azerbaijan.",
    );
    expect(undated.article).toMatchObject({ published: null, review: expect.stringContaining("nothing says when") });
    expect(undated.events[0]?.claims[0]).toMatchObject({ asOf: null, review: expect.stringContaining("fill in asOf") });
  });

  it("files two sides' numbers under one event, and calls them a dispute", () => {
    const disputed = draft(
      "Clashes\n\nPashinyan said that 92 Armenian soldiers were killed in the clashes.\n\nAzerbaijan's Defense Ministry said that 200 Armenian soldiers were killed in the clashes.",
      { published: "2022-09-15" },
    );
    expect(figures(disputed).map(([id, , , value]) => [id, value])).toEqual([
      ["armenian-deaths", 92],
      ["armenian-deaths", 200],
    ]);
    expect(disputed.discrepancies).toMatchObject([
      { events: ["armenian-deaths"], review: expect.stringContaining("two sides") },
    ]);
  });
});

describe("a baseline for a story that has none", () => {
  const config = join(folder, "config");
  const story = join(config, "stories", "armenia-azerbaijan");
  cpSync("config", config, { recursive: true });
  rmSync(join(story, "baseline.yaml"));
  writeFileSync(
    join(story, "story.yaml"),
    readFileSync(join(story, "story.yaml"), "utf8").replace(
      /^window: .*$/m,
      "window: { from: 2023-09-19, to: 2023-10-31 }",
    ),
  );
  const article = readArticle(
    "Attack on Karabakh\n\nAt least 32 Armenian soldiers were killed in Nagorno-Karabakh, the Armenian authorities said on Wednesday, 20 September 2023.\n\nAt least 32 Armenian soldiers were killed in Nagorno-Karabakh, the Armenian authorities said.",
  );

  it("names events by what is counted and whose, once a speaker and number", () => {
    const drawn = draftOf(article, {}, config);
    expect(drawn.article.published).toBe("2023-09-20T00:00:00+04:00");
    expect(drawn.events).toMatchObject([
      {
        id: "killed-armenia",
        match: { windows: [{ from: "2023-09-19", to: "2023-10-31" }], base: "unnamed" },
        claims: [{ speaker: "armenia", asOf: "2023-09-20", figure: { value: 32, qualifier: "at_least" } }],
      },
    ]);
  });
});

describe("a baseline drawn from a page", () => {
  const page = `<!doctype html><html lang="en"><head><title>Clashes – Some Paper</title>
<meta property="article:published_time" content="2022-09-16T06:30:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/s">12 soldiers killed elsewhere</a></nav>
<article><h1>Pashinyan gives a new toll</h1>
<figure><img src="a.jpg"><figcaption>Armenia admits 80 of its soldiers were killed</figcaption></figure>
${[
  "92 Armenian soldiers were killed in the clashes with Azerbaijan, Prime Minister Nikol Pashinyan said.",
  "The shelling stopped in the evening, people in the villages along the border said, and the roads were open again by the morning.",
  "Diplomats who know both capitals said that nobody expected the quiet to last, although neither side had an interest in a long war.",
]
  .map((text) => `<p>${text}</p>`)
  .join("\n")}
</article><footer>© Some Paper</footer></body></html>`;

  it("reads title, time, captions and body", () => {
    const article = readArticle(page);
    expect(article).toMatchObject({
      title: "Pashinyan gives a new toll",
      published: "2022-09-16T06:30:00.000Z",
      lang: "en",
    });
    expect(article.text).not.toContain("Home");
    expect(article.captions.map(({ start, end }) => article.text.slice(start, end))).toEqual([
      "Armenia admits 80 of its soldiers were killed",
    ]);
  });

  it("tells the caption's number from that of the body", () => {
    expect(figures(draft(page)).map(([id, , , value]) => [id, value])).toEqual([
      ["armenian-deaths", 92],
      ["armenian-deaths-caption", 80],
    ]);
  });
});

describe("rasid baseline draft", () => {
  async function run(...words: string[]): Promise<string> {
    let written = "";
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      written += chunk;
      return true;
    });
    const program = new Command().exitOverride();
    registerBaseline(program);
    await program.parseAsync(["node", "rasid", "baseline", "draft", ...words]);
    return written;
  }

  const file = join(folder, "article.txt");
  writeFileSync(file, ARTICLE);

  it("writes YAML that is refused before the review and loads after it", async () => {
    const drawn = await run(file);
    const refused = baselineSchema.safeParse(parse(drawn));
    expect(refused.error && z.prettifyError(refused.error)).toContain("still to be reviewed");
    const reviewed = drawn.replace(/^( *)(- )?review:.*\n(\1 {2,}.*\n)*/gm, "");
    expect(compileBaseline(baselineSchema.parse(parse(reviewed))).byId.has("armenian-deaths-caption")).toBe(true);
  });

  it("takes the day from --published, and writes JSON with --json", async () => {
    const drawn = JSON.parse(await run(file, "--json", "--published", "2022-09-16T10:00:00+04:00"));
    expect(drawn.article).toMatchObject({ lang: "en", published: "2022-09-16T06:00:00.000Z" });
  });

  it("says what is wrong with a date or a story", async () => {
    await expect(run(file, "--published", "soon")).rejects.toThrow("--published: «soon» is no ISO 8601 date");
    await expect(run(file, "--story", "other")).rejects.toThrow(
      "there is no story «other»; there are: armenia-azerbaijan",
    );
  });
});
