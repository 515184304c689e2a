import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { AnalysisPool, type AnalysisPoolOptions } from "../../src/analysis/analysis-pool.ts";
import { AnalysisError } from "../../src/analysis/analyzer.ts";
import { keepConfig } from "../../src/config/kept-config.ts";
import { loadReadingConfiguration } from "../../src/config/load-configuration.ts";
import { loadCopyRules } from "../../src/config/load-copy-rules.ts";
import { analyzeRevision, type RevisionToAnalyze } from "../../src/domain/revision-analysis.ts";
import { readToTrace } from "../../src/domain/trace.ts";
import { watchTurns } from "./watch-turns.ts";

const inLoop = { ...loadReadingConfiguration("config"), copyRules: loadCopyRules("config") };
const pools: AnalysisPool[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.stop();
});

function open(options: Partial<AnalysisPoolOptions> = {}): AnalysisPool {
  const pool = new AnalysisPool({ config: keepConfig("config"), threads: 1, inLoop, ...options });
  pools.push(pool);
  return pool;
}

function revision(id: string, text: string, lang = "en"): RevisionToAnalyze {
  const url = `https://news.example/${id}`;
  const published = "2022-09-16T06:00:00Z";
  return { id, title: "Bulletin", text, published, lang, source: "Desk", url, canonicalUrl: url };
}

const toll = revision(
  "1",
  "At least 118 Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan told the cabinet.",
);
const elsewhere = revision("2", "The rowing club of Marton has bought seven wooden boats in spite of the rain.");

describe("the analysis in threads", () => {
  it("gives what reading in place gives, claims and fingerprint of what concerns a story alone", async () => {
    const { analyze } = open();
    const [read, other] = await Promise.all([analyze(toll), analyze(elsewhere)]);
    expect(read).toEqual(analyzeRevision(toll, inLoop));
    expect(read.byStory[0]?.analysis?.figures[0]).toMatchObject({ measure: "killed", value: 118 });
    expect(read.copy?.fingerprint.keys.length).toBeGreaterThan(0);
    expect(other).toMatchObject({ relevant: false, copy: null, byStory: [{ analysis: null }] });
  });

  it("answers each text with its own analysis, however many come at once", async () => {
    const { analyze } = open({ threads: 2 });
    const many = Array.from({ length: 200 }, (_, place) => ({
      ...toll,
      id: String(place),
      text: toll.text.replace("118", String(200 + place)),
    }));
    const read = await Promise.all(many.map(analyze));
    const values = read.map(({ byStory }) => byStory[0]?.analysis?.figures[0]?.value);
    expect(values).toEqual(many.map((_, place) => 200 + place));
  });

  it("refuses a text that does not come to an end in time, and reads the others of its message in a new thread", async () => {
    const { analyze } = open({ deadlineMs: 25, msACharacter: 0 });
    await analyze(elsewhere).catch(() => {});
    const endless = revision("3", "At least 118 soldiers have been killed near Jermuk. ".repeat(80_000));
    const [lost, kept] = await Promise.allSettled([analyze(endless), analyze(elsewhere)]);
    expect(lost.status === "rejected" && lost.reason).toBeInstanceOf(AnalysisError);
    expect(kept.status === "fulfilled" && kept.value.relevant).toBe(false);
  }, 60_000);

  it("rejects what waits when it is stopped, as something that passes", async () => {
    const pool = open();
    const waiting = pool.analyze(toll);
    waiting.catch(() => {});
    await pool.stop();
    await expect(waiting).rejects.toMatchObject({ code: "ECANCELED" });
    await expect(pool.analyze(toll)).rejects.toMatchObject({ code: "ECANCELED" });
  });

  it("is ready when a thread can read, at once where there is none, and lets go of who waits when it is stopped", async () => {
    const pool = open();
    await pool.ready();
    await pool.ready();
    await open({ threads: 0 }).ready();
    const stopped = open();
    const waiting = stopped.ready();
    await stopped.stop();
    await waiting;
    expect((await pool.analyze(toll)).relevant).toBe(true);
  });

  it("lets a thread that cannot start tell why by its texts, which are not at fault and may be tried again", async () => {
    const pool = open({ config: { ...keepConfig("config"), configDir: "/nowhere" } });
    await pool.ready();
    const [one, other] = await Promise.allSettled([pool.analyze(toll), pool.analyze({ ...toll, id: "other" })]);
    for (const told of [one, other]) {
      const reason: unknown = told?.status === "rejected" ? told.reason : null;
      expect(reason).not.toBeInstanceOf(AnalysisError);
      expect(reason).toMatchObject({ code: "ENOTHREAD", message: expect.stringContaining("/nowhere") });
    }
  });

  it("reads with the configuration that the process runs with, whatever became of its files when a thread starts", async () => {
    const configDir = mkdtempSync(join(tmpdir(), "rasid-config-"));
    cpSync("config", configDir, { recursive: true });
    const { analyze } = open({ config: keepConfig(configDir) });
    writeFileSync(join(configDir, "languages", "en", "figures.yaml"), "measures: [half a save");
    rmSync(join(configDir, "languages", "ar"), { recursive: true });
    writeFileSync(join(configDir, "stories", "armenia-azerbaijan", "new.yaml"), "{}");
    try {
      expect(await analyze(toll)).toEqual(analyzeRevision(toll, inLoop));
    } finally {
      rmSync(configDir, { recursive: true });
    }
  });

  it("reads in the event loop where it is to have no threads", async () => {
    expect(await open({ threads: 0 }).analyze(toll)).toEqual(analyzeRevision(toll, inLoop));
  });
});

const LONG = 400_000;
const of = (piece: string): string => piece.repeat(Math.ceil(LONG / piece.length));

describe("a text that is traced", () => {
  it("is read as in place, and before those that wait", async () => {
    const pool = open();
    await pool.ready();
    const order: string[] = [];
    const many = Array.from({ length: 400 }, (_, place) => pool.analyze({ ...toll, id: String(place) }));
    const last = Promise.all(many).then(() => order.push("all"));
    const traced = await pool.trace(toll);
    order.push("traced");
    await last;
    expect(order).toEqual(["traced", "all"]);
    expect(traced).toEqual(readToTrace(toll, inLoop));
    expect(traced[0]?.numbers).toMatchObject([{ text: "118", when: { scope: "window" } }]);
  });

  it("leaves the event loop free even if it is hostile and of 1 MB: every turn within 500 ms", async () => {
    const { trace } = open();
    await trace(elsewhere);
    const stop = watchTurns();
    for (const piece of [
      "118 killed near Jermuk, ",
      "1,234,567.89",
      "Pashinyan said that Aliyev said that ",
      "погибли 118 военных ",
    ]) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const [outcome] = await Promise.allSettled([trace(revision("long", text))]);
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ name: "AnalysisError", givenUp: true });
      else expect(outcome.value[0]?.numbers.length).toBeLessThanOrEqual(500);
    }
    const late = stop();
    expect(late.length).toBeGreaterThan(10);
    expect(late.at(-1)).toBeLessThan(500);
  }, 120_000);
});

describe("the event loop", () => {
  it("stays free while hostile texts are read: 99 % of turns within 100 ms, all within 500 ms", async () => {
    const { analyze } = open();
    await analyze(elsewhere);
    const hostile = [
      of("killed "),
      of("118 "),
      of("1,234,567.89"),
      of("Pashinyan said that Aliyev said that "),
      of("Armenia and Azerbaijan, "),
      of('"'),
      of("("),
      of("погибли 118 военных "),
      of("قتل 118 جنديا "),
      of("on 13 September at 20:00 "),
      of("a"),
      of("."),
      of("\u0301"),
      of("twenty-one hundred and "),
    ];
    const stop = watchTurns();
    const outcomes = await Promise.allSettled(hostile.map((text, place) => analyze(revision(`h${place}`, text))));
    const late = stop();
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(AnalysisError);
    expect(late.length).toBeGreaterThan(10);
    expect(late[Math.floor(late.length * 0.99)]).toBeLessThan(100);
    expect(late.at(-1)).toBeLessThan(500);
  }, 120_000);
});
