import { describe, expect, test } from "vitest";
import { compileTopics, topicsSchema } from "../../src/config/topics-schema.ts";
import { foldText } from "../../src/domain/language/folding.ts";
import { tokenize } from "../../src/domain/language/tokens.ts";

const file = (change: object = {}) => ({
  reach: 10,
  cues: { truce: { en: "truce, cease fire" }, agreed: { en: "agreed" } },
  topics: { truce: { event: "the-truce", positions: [{ position: "announced", rules: ["truce agreed"] }] } },
  ...change,
});

const problems = (change: object) =>
  topicsSchema.safeParse(file(change)).error?.issues.map((issue) => issue.message) ?? [];

describe("topics.yaml", () => {
  test("a sound file compiles and finds its phrases", () => {
    const rules = compileTopics(topicsSchema.parse(file()));
    const tokens = tokenize(foldText("They agreed to cease fire."), {
      prefixes: [],
      minimumStem: 3,
      elisions: new Set<string>(),
      hyphenEndings: new Set<string>(),
    });
    expect(
      rules
        .cues("en")(tokens)
        .map((hit) => hit.payload),
    ).toEqual(["agreed", "truce"]);
    expect(rules.cues("xx")(tokens)).toEqual([]);
    expect(rules.topics[0]?.leads).toEqual(["truce"]);
  });

  test("a rule that names no cue group is a mistake that names it", () => {
    const topics = { truce: { positions: [{ position: "announced", rules: ["truce agred"] }] } };
    expect(problems({ topics })).toEqual(["no cue group «agred» (rule «truce agred»)"]);
  });

  test("a sign without a cue group is a mistake", () => {
    const variants = [{ event: "a", signs: [{ cue: "hour" }], happened: { from: "2022-09-13", to: "2022-09-13" } }];
    const topics = { truce: { variants, positions: [{ position: "announced", rules: ["truce"] }] } };
    expect(problems({ topics })).toEqual(["no cue group «hour»"]);
  });

  test("a rule begins with a cue group", () => {
    const topics = { truce: { positions: [{ position: "announced", rules: ["%armenia truce"] }] } };
    expect(problems({ topics })).toEqual(["a rule begins with a cue group: «%armenia truce»"]);
  });

  test("alternatives that are torn by a space are a mistake, not a phrase that never matches", () => {
    expect(problems({ cues: { truce: { en: "(cease fire|truce)" }, agreed: { en: "agreed" } } })[0]).toContain(
      "(cease",
    );
  });

  test("a misplaced star is a mistake", () => {
    expect(problems({ cues: { truce: { en: "tr*ce" }, agreed: { en: "agreed" } } })[0]).toContain("tr*ce");
  });

  test("every kind of term is understood", () => {
    const rule =
      "truce agreed~4 !agreed^4 +agreed !agreed <truce|agreed agreed^ @putin^ !@aliyev %russia <%csto !%eu by:two by:!us said:!armenia";
    const topics = { truce: { positions: [{ position: "announced", rules: [rule] }] } };
    const [terms] = compileTopics(topicsSchema.parse(file({ topics }))).topics[0]!.positions[0]!.rules;
    expect(terms).toEqual([
      { kind: "cue", groups: ["truce"], earlier: false, absent: false, done: false, within: null, clause: false },
      { kind: "cue", groups: ["agreed"], earlier: false, absent: false, done: false, within: 4, clause: false },
      { kind: "cue", groups: ["agreed"], earlier: false, absent: true, done: false, within: 4, clause: true },
      { kind: "cue", groups: ["agreed"], earlier: false, absent: false, done: true, within: null, clause: false },
      { kind: "cue", groups: ["agreed"], earlier: false, absent: true, done: false, within: null, clause: false },
      {
        kind: "cue",
        groups: ["truce", "agreed"],
        earlier: true,
        absent: false,
        done: false,
        within: null,
        clause: false,
      },
      { kind: "cue", groups: ["agreed"], earlier: false, absent: false, done: false, within: null, clause: true },
      { kind: "entity", id: "putin", absent: false, clause: true },
      { kind: "entity", id: "aliyev", absent: true, clause: false },
      { kind: "side", side: "russia", earlier: false, absent: false },
      { kind: "side", side: "csto", earlier: true, absent: false },
      { kind: "side", side: "eu", earlier: false, absent: true },
      { kind: "by", side: "two", absent: false, named: false },
      { kind: "by", side: "us", absent: true, named: false },
      { kind: "by", side: "armenia", absent: true, named: true },
    ]);
  });
});
