import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { parsePlainYaml } from "../../src/config/plain-yaml.ts";

const config = fileURLToPath(new URL("../../config", import.meta.url));
const files = readdirSync(config, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"));

/** What the full parser makes of a text, or "refused". */
function full(text: string): unknown {
  try {
    return parse(text, { uniqueKeys: true });
  } catch {
    return "refused";
  }
}

describe("the plain part of YAML", () => {
  it.each(files)("reads %s as the full parser does", (file) => {
    const text = readFileSync(join(config, file), "utf8");
    const plain = parsePlainYaml(text);
    if (plain) expect(plain.content).toEqual(parse(text));
  });

  it("reads nearly all of the configuration, so that start-up is quick", () => {
    const read = files.filter((file) => parsePlainYaml(readFileSync(join(config, file), "utf8")) !== undefined);
    expect(read.length).toBeGreaterThan(files.length * 0.9);
  });

  it.each([
    "a: 1\nb: [x, 'y, z', \"q\\n\"]\nc:\n  - d: e\n    f: g\n  - - h\n# end",
    "a: {b: c, d: [1, 2.5, true, null, ~]}",
    "- 1\n-\n- a: b",
    "key with words: value with: colon",
    "a:\nb:   # nothing\nc: x # said",
    "a: погиб* # cue\n'b': '« it''s »'",
    "- [a,\n   b,\n   c]\n- {a: b,\n   c: d}",
    "a: >-\n  b, c\n  d # e: f\nb: >-\n  x\n",
    "a: [b,\nc]",
    "a: >-\n  b\n\n  c",
    "a: >-\n  b\n   c",
    "no: no\non: on\ny: 007",
  ])("agrees on %j", (text) => {
    const plain = parsePlainYaml(text);
    if (plain) expect(plain.content).toEqual(full(text));
    else expect(full(text)).toBeDefined();
  });

  it.each([
    "a: &x 1",
    "a: *x",
    "a: |\n  text",
    "a: b\n c",
    "a: 1\na: 2",
    "a: [b",
    "a: 'b",
    "a: 0x1f",
    "a: !!str 1",
    "\ta: b",
    "a: b: c",
    "- a\nb: c",
  ])("leaves %j to the full parser", (text) => {
    expect(parsePlainYaml(text)).toBeUndefined();
  });

  it("reads what the full parser writes", () => {
    const leaf = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.integer(), fc.boolean(), fc.constant(null));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("tree")), fc.dictionary(fc.string(), tie("tree"))),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const text = stringify(value);
        const plain = parsePlainYaml(text);
        if (plain) expect(plain.content).toEqual(full(text));
      }),
      { numRuns: 500 },
    );
  });

  it("never reads a text otherwise than the full parser", () => {
    const pieces = fc.constantFrom(
      "a",
      "b",
      ":",
      ": ",
      " ",
      "  ",
      "\n",
      "- ",
      ">-",
      "[",
      "]",
      "{",
      "}",
      ",",
      "'",
      '"',
      "#",
      " #",
      "1",
      "-",
      "?",
      "|",
      "~",
      "é",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        const text = parts.join("");
        const plain = parsePlainYaml(text);
        if (plain) expect(plain.content).toEqual(full(text));
      }),
      { numRuns: 20_000 },
    );
  });
});
