import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { openDrafter } from "../../../src/drafting/drafter.ts";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";

const STORY = "armenia-azerbaijan";
const ARTICLE = `Dozens dead on the border

A funeral in Gyumri for 80 Armenian soldiers killed in the fighting (Photo Agency)

Armenian Prime Minister Nikol Pashinyan told the parliament yesterday, Wednesday, that 120 Armenian soldiers had been killed in the clashes with Azerbaijan.

The Collective Security Treaty Organization does not intend to send troops to Armenia, its joint staff chief Anatoly Sidorov said today, Thursday.
`;

let api: ApiUnderTest;
let before: string;
beforeAll(async () => {
  api = await startApiUnderTest();
  before = readFileSync(file(), "utf8");
});
afterAll(() => api.close());
afterEach(() => writeFileSync(file(), before));

const file = () => join(api.configDir, "stories", STORY, "baseline.yaml");
const post = (url: string, body: object) => api.ask("POST", `/api/v1/baseline/${url}`, { body });
const put = (body: object, headers: Record<string, string> = {}, story = STORY) =>
  api.ask("PUT", `/api/v1/baseline/${story}`, { body, headers });
const read = async () => (await api.ask("GET", `/api/v1/baseline/${STORY}`)).json;

interface Drafted {
  events: { review?: string; claims: { review?: string }[] }[];
  article: { review?: string; source: string };
  discrepancies: { review?: string }[];
  background: { review?: string }[];
}

/** Everything looked at and accepted, as the editor would leave it. */
function reviewed(draft: Drafted): object {
  return JSON.parse(JSON.stringify(draft, (key, value) => (key === "review" ? undefined : value))) as object;
}

describe("the list of baselines", () => {
  test("names each story's file, and whether it is in force", async () => {
    const { json } = await api.ask("GET", "/api/v1/baseline");
    expect(json.stories).toMatchObject([
      { story: STORY, file: `stories/${STORY}/baseline.yaml`, loaded: true, writable: true },
    ]);
    writeFileSync(file(), `# changed\n${before}`);
    expect((await api.ask("GET", "/api/v1/baseline")).json.stories[0]).toMatchObject({ loaded: false });
  });

  test("has with each what its claims may name", async () => {
    const baseline = await read();
    expect(baseline.text).toBe(before);
    expect(baseline.baseline.events[0].id).toBe(parse(before).events[0].id);
    expect(baseline.speakers).toContainEqual({ id: "pashinyan", side: "armenia", kind: expect.any(String) });
    expect(baseline.sides).toContain("azerbaijan");
    expect(baseline.positions.length).toBeGreaterThan(10);
  });
});

describe("a draft", () => {
  test("has every claim with its words, marked for review, and leaves nothing behind", async () => {
    const { status, json } = await post("draft", { story: STORY, article: ARTICLE });
    expect(status).toBe(200);
    expect(json.article.title).toBe("Dozens dead on the border");
    const claims = json.draft.events.flatMap(({ claims }: { claims: object[] }) => claims);
    expect(claims.length).toBeGreaterThanOrEqual(3);
    for (const { quote, field, start, end, review } of claims) {
      expect(json.article[field].slice(start, end)).toBe(quote);
      for (const note of review.split("; ")) expect(json.notesCoded[note]?.code).toMatch(/^draft-/);
    }
    expect(json.notesCoded["name the source"]).toEqual({ code: "draft-source", parameters: {} });
    const { rows } = await sql<{
      all: string;
    }>`select coalesce(string_agg(audit_log::text, ''), '') as all from audit_log`.execute(api.ledger.db);
    for (const kept of [rows[0]?.all ?? "", api.log.join()]) expect(kept).not.toContain("told the parliament");
  });

  test("is drawn from a page as well", async () => {
    const article = `<html lang="en"><head><meta property="article:published_time" content="2022-09-16T06:30:00Z"></head><body><h1>New toll</h1><p>At least 92 Armenian soldiers were killed in the clashes with Azerbaijan, Prime Minister Nikol Pashinyan said.</p></body></html>`;
    const { json } = await post("draft", { story: STORY, article });
    expect(json.article).toMatchObject({ title: "New toll", lang: "en" });
    expect(json.draft.article.published).toBe("2022-09-16T06:30:00.000Z");
  });

  test.each([
    [{ story: "nowhere", article: "x" }, 404],
    [{ story: "../armenia-azerbaijan", article: "x" }, 404],
    [{ story: STORY, article: "" }, 400],
    [{ story: STORY, article: "x", published: "soon" }, 400],
    [{ story: STORY, article: "x".repeat(200_001) }, 400],
  ])("is refused in words: %#", async (body, status) => expect((await post("draft", body)).status).toBe(status));

  test("is given up when it takes too long", async () => {
    const job = { kind: "draft", source: ARTICLE, options: { story: STORY }, configDir: api.configDir } as const;
    const drafter = openDrafter({ deadlineMs: 1 });
    await expect(drafter.ask(job)).rejects.toThrow("given up");
    await drafter.close();
  });
});

describe("checking", () => {
  test("finds a draft that nobody has reviewed, with line and field", async () => {
    const { json } = await post("draft", { story: STORY, article: ARTICLE });
    const checked = (await post("check", { story: STORY, baseline: json.draft, note: "Drawn today" })).json;
    expect(checked.text).toMatch(/^# Drawn today\n\narticle:/);
    expect(checked.mistakes.map(({ problem }: { problem: string }) => problem).join()).toContain(
      "still to be reviewed",
    );
    expect(checked.mistakes[0].line).toBeGreaterThan(1);
  });

  test("finds nothing in the file as it stands, and tells of what the story does not know", async () => {
    expect((await post("check", { story: STORY, text: before })).json).toMatchObject({ mistakes: [], doubts: [] });
    const text = before.replace("speaker: pashinyan", "speaker: nobody-knows");
    const { json } = await post("check", { story: STORY, text });
    expect(json.mistakes).toEqual([]);
    expect(json.doubts).toMatchObject([
      { field: "events.0.claims.0.speaker", problem: expect.stringContaining("nobody-knows") },
    ]);
    expect(text.split("\n")[json.doubts[0].line - 1]).toContain("nobody-knows");
  });

  test("tells of broken YAML and of mistakes in the files around it", async () => {
    expect((await post("check", { story: STORY, text: "events: [" })).json.mistakes[0].problem).toContain(
      "not valid YAML",
    );
    const other = join(api.configDir, "severity.yaml");
    const kept = readFileSync(other, "utf8");
    writeFileSync(other, "nonsense: true\n");
    try {
      const { json } = await post("check", { story: STORY, text: before });
      expect(json.mistakes[0].file).toContain("severity.yaml");
    } finally {
      writeFileSync(other, kept);
    }
  });
});

describe("saving", () => {
  test("replaces the file that was looked at, at once, and writes who did it", async () => {
    const { json } = await post("draft", { story: STORY, article: ARTICLE });
    const baseline = reviewed(json.draft);
    const { text } = (await post("check", { story: STORY, baseline })).json;
    const { hash } = await read();
    const saved = await put({ text }, { "if-match": `"${hash}"` });
    expect([saved.status, saved.json.loaded]).toEqual([200, false]);
    expect(readFileSync(file(), "utf8")).toBe(text);
    expect(readdirSync(dirname(file())).filter((name) => name.endsWith(".new"))).toEqual([]);
    const [entry] = (await api.ask("GET", "/api/v1/audit")).json.entries;
    expect(entry).toMatchObject({
      action: "baseline.save",
      target: `story:${STORY}`,
      detail: { before: hash, after: saved.json.hash },
    });
  });

  test("changes no file of which the audit log cannot tell", async () => {
    const { hash } = await read();
    await sql`alter table audit_log rename to audit_log_away`.execute(api.ledger.db);
    try {
      expect((await put({ text: `${before}# mine\n` }, { "if-match": `"${hash}"` })).status).toBe(500);
      expect(readFileSync(file(), "utf8")).toBe(before);
    } finally {
      await sql`alter table audit_log_away rename to audit_log`.execute(api.ledger.db);
    }
  });

  test("never replaces a file that is not named, or was changed meanwhile", async () => {
    const text = `${before}# mine\n`;
    const { hash } = await read();
    expect((await put({ text })).status).toBe(428);
    expect((await put({ text }, { "if-match": "*" })).status).toBe(428);
    writeFileSync(file(), `${before}# theirs\n`);
    expect((await put({ text }, { "if-match": `"${hash}"` })).status).toBe(412);
    expect(readFileSync(file(), "utf8")).toBe(`${before}# theirs\n`);
  });

  test("never takes what is not reviewed or has mistakes", async () => {
    const { json } = await post("draft", { story: STORY, article: ARTICLE });
    const { text } = (await post("check", { story: STORY, baseline: json.draft })).json;
    const { hash } = await read();
    const refused = await put({ text }, { "if-match": `"${hash}"` });
    expect(refused.status).toBe(400);
    expect(refused.json.errors[0]).toMatchObject({ field: expect.stringMatching(/baseline\.yaml:\d+ /) });
    expect(readFileSync(file(), "utf8")).toBe(before);
  });

  test("makes a file where a story has none yet", async () => {
    const story = join(api.configDir, "stories", "new-story");
    mkdirSync(story);
    for (const part of ["story", "relevance", "topics"])
      writeFileSync(
        join(story, `${part}.yaml`),
        readFileSync(join(dirname(file()), `${part}.yaml`), "utf8").replace(/^id: .*$/m, "id: new-story"),
      );
    try {
      expect((await api.ask("GET", "/api/v1/baseline/new-story")).json).toMatchObject({ text: null, hash: null });
      expect((await put({ text: before }, { "if-match": '"x"' }, "new-story")).status).toBe(412);
      expect((await put({ text: before }, {}, "new-story")).status).toBe(200);
      expect(readFileSync(join(story, "baseline.yaml"), "utf8")).toBe(before);
    } finally {
      rmSync(story, { recursive: true });
    }
  });

  test.each(["..", "../..", "..%2Fstories%2Farmenia-azerbaijan", "armenia-azerbaijan%2F..", "%2Fetc", "linked"])(
    "never leaves the folder of the stories: %s",
    async (story) => {
      const outside = join(api.configDir, "outside");
      mkdirSync(outside, { recursive: true });
      const link = join(api.configDir, "stories", "linked");
      if (!existsSync(link)) symlinkSync(outside, link);
      writeFileSync(join(outside, "story.yaml"), "id: linked\n");
      try {
        expect((await put({ text: before }, {}, story)).status).toBe(404);
        expect(readdirSync(outside)).toEqual(["story.yaml"]);
        expect(existsSync(join(api.configDir, "baseline.yaml"))).toBe(false);
      } finally {
        rmSync(link);
        rmSync(outside, { recursive: true });
      }
    },
  );

  test("in a folder that cannot be written says so, and leaves the file", async () => {
    const { hash } = await read();
    // As root nothing is read-only; a folder in the new file's place is as little to be written.
    const aside = `${file()}.${process.pid}.new`;
    mkdirSync(aside);
    try {
      const answer = await put({ text: `${before}# mine\n` }, { "if-match": `"${hash}"` });
      expect([answer.status, answer.json.detail]).toEqual([409, expect.stringContaining("read-only")]);
      expect(readFileSync(file(), "utf8")).toBe(before);
    } finally {
      rmdirSync(aside);
    }
  });

  test("needs the scope admin", async () => {
    const admin = await api.newKey("admin");
    const writer = await api.newKey("write");
    const { hash } = (await api.ask("GET", `/api/v1/baseline/${STORY}`, { key: writer.key })).json;
    try {
      const headers = { "if-match": `"${hash}"` };
      const url = `/api/v1/baseline/${STORY}`;
      const body = { text: `${before}# mine\n` };
      expect((await api.ask("PUT", url, { key: writer.key, body, headers })).status).toBe(403);
      expect((await api.ask("PUT", url, { key: admin.key, body, headers })).status).toBe(200);
    } finally {
      await sql`delete from api_keys`.execute(api.ledger.db);
    }
  });
});
