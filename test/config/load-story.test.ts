import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkConfiguration } from "../../src/config/load-configuration.ts";

const config = fileURLToPath(new URL("../../config", import.meta.url));

describe("mistakes in the folders of stories and languages", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rasid-config-"));
    cpSync(config, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const story = (part: string) => join(folder, "stories", "armenia-azerbaijan", part);
  const mistakes = () =>
    checkConfiguration(folder, null).mistakes.map(
      ({ file, problem }) => `${file.slice(folder.length + 1)}: ${problem}`,
    );

  it("finds none in the project's own", () => {
    expect(mistakes()).toEqual([]);
  });

  it("does not pass over a story whose story.yaml is missing", () => {
    rmSync(story("story.yaml"));
    expect(mistakes()).toEqual(["stories/armenia-azerbaijan/story.yaml: there is no such file"]);
  });

  it("finds a phrase of relevance.yaml that cannot be read, in whatever language", () => {
    const text = readFileSync(story("relevance.yaml"), "utf8");
    writeFileSync(story("relevance.yaml"), text.replace('ka: "', 'ka: "მკ*ლი, '));
    expect(mistakes()).toEqual([expect.stringContaining("მკ*ლი")]);
  });

  it("doubts events that topics name and the baseline lacks, wherever a topic names them", () => {
    expect(checkConfiguration(folder, null).doubts).toEqual([]);
    const text = readFileSync(story("topics.yaml"), "utf8");
    const mistyped = text
      .replace("    event: csto-request", "    event: csto-requests")
      .replace("      - { event: ceasefire-14-september }", "      - { event: truce }");
    writeFileSync(story("topics.yaml"), mistyped);
    const { mistakes: none, doubts } = checkConfiguration(folder, null);
    expect(none).toEqual([]);
    const lines = mistyped.split("\n");
    expect(doubts.map(({ line, problem }) => [lines[line - 1]?.trim(), problem.split(":")[0]])).toEqual([
      ["- { event: truce }", "baseline.yaml has no event «truce»"],
      ["event: csto-requests", "baseline.yaml has no event «csto-requests»"],
    ]);
  });

  it("refuses to watch nothing", () => {
    rmSync(story(""), { recursive: true });
    expect(mistakes()).toEqual(["stories: there is no folder of a story in it"]);
  });

  it("tells how a missing baseline is drawn", () => {
    rmSync(story("baseline.yaml"));
    expect(mistakes().join()).toContain("rasid baseline draft --story armenia-azerbaijan");
  });

  it.each([
    [
      "languages/en/number.yaml",
      () => renameSync(join(folder, "languages/en/numbers.yaml"), join(folder, "languages/en/number.yaml")),
    ],
    ["stories/armenia-azerbaijan/label.yml", () => renameSync(story("labels.yaml"), story("label.yml"))],
  ])("names a file that nothing reads: %s", (file, mistype) => {
    mistype();
    expect(mistakes()).toEqual([expect.stringContaining(`${file}: nothing reads a file of this name here`)]);
  });

  it("lets notes lie beside the parts", () => {
    writeFileSync(story("NOTES.md"), "why it is so");
    expect(mistakes()).toEqual([]);
  });

  it.each([
    ["", "is empty; its fields are missing"],
    ["\u0000\u0001 nothing", "holds no fields"],
  ])("says in words that a file holds nothing", (text, problem) => {
    writeFileSync(join(folder, "feeds.yaml"), text);
    expect(mistakes()).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ["credit-lines.yaml", "agencies: [agency]\nby: [by]\nsource: [source]\nrest: ['more (on this|from)']\n"],
    ["languages/en/figures.yaml", "measures:\n  killed:\n    after: ['(slain|dead']\n"],
    ["languages/en/figures.yaml", "measures:\n  killed:\n    after: [*slain]\n"],
  ])("names the file of a phrase that would never be found: %s", (file, text) => {
    writeFileSync(join(folder, file), text);
    expect(mistakes()).toEqual([expect.stringContaining(`${file}: `)]);
  });

  it("refuses a time zone that no clock knows", () => {
    const zones = "id: x\ntitle: X\ntimezone: Mars/Base\nwindow: { from: 2022-09-01, to: 2022-10-01 }\nentities: {}\n";
    writeFileSync(story("story.yaml"), zones);
    expect(mistakes()).toEqual([expect.stringContaining("must be an IANA time zone")]);
  });
});
