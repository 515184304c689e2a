import { describe, expect, it } from "vitest";
import { loadLanguages } from "../../../src/config/load-languages.ts";
import { loadStory } from "../../../src/config/load-story.ts";
import { type HappeningTime, makeHappening } from "../../../src/domain/classify/happening.ts";
import { packOf, readItem } from "../../../src/domain/language/read-item.ts";

const packs = loadLanguages("config");
const story = loadStory("config", "armenia-azerbaijan");

/** When what stands at `words` happened, in an item published on `published`. */
function when(
  lang: string,
  text: string,
  words: string,
  published: string | null = "2022-09-16",
  title = "",
): HappeningTime {
  const reading = readItem({ id: "1", title, text, published, lang }, packs);
  const happening = makeHappening(reading, {
    pack: packOf(reading.lang, packs),
    story,
    published,
    timezone: story.timezone,
  });
  const field = reading.fields.find(({ original }) => original.includes(words))!;
  const at = field.original.indexOf(words);
  const first = field.tokens.findIndex(({ end }) => end > at);
  const last = field.tokens.findIndex(({ start }) => start >= at + words.length);
  return happening(field.field, first, last < 0 ? field.tokens.length : last);
}

describe("without a time in the text the day of publication decides", () => {
  it.each([
    ["2020-10-02", "before"],
    ["2022-09-14", "window"],
    ["2023-03-01", "after"],
  ])("%s: %s", (published, scope) => {
    expect(when("en", "Armenia says 12 soldiers are dead.", "12 soldiers", published)).toMatchObject({
      scope,
      from: null,
      to: null,
    });
  });

  it("knows nothing when the feed gives no day", () => {
    expect(when("en", "Armenia says 12 soldiers are dead.", "12 soldiers", null).scope).toBe("unknown");
  });

  it("takes the day in the zone of the feed", () => {
    expect(when("en", "Armenia says 12 soldiers are dead.", "12 soldiers", "2022-09-11T22:30:00Z").scope).toBe(
      "window",
    );
  });
});

describe("an earlier time in the sentence makes it background", () => {
  it.each([
    ["en", "The 2020 war killed more than 6,500 people.", "6,500 people"],
    ["en", "More than 6,500 people died in the 44-day war.", "6,500 people"],
    ["en", "In the early 1990s some 30,000 were killed.", "30,000"],
    ["en", "Last year seven soldiers were killed in a similar clash.", "seven soldiers"],
    ["en", "Three years ago 12 soldiers died there.", "12 soldiers"],
    ["en", "On November 16, 2021 six Armenians were killed.", "six Armenians"],
    ["ar", "أودت حرب 2020 بحياة أكثر من 6500 شخص.", "6500 شخص"],
    ["ar", "قتل 13 جنديا في نوفمبر/تشرين الثاني 2021.", "13 جنديا"],
    ["ar", "وكان سبعة جنود قد قتلوا العام الماضي.", "سبعة جنود"],
    ["ru", "В ходе 44-дневной войны погибли 3822 армянских военных.", "3822 армянских"],
    ["ru", "В прошлом году погибли семь военных.", "семь военных"],
    ["ru", "В сентябре 2020 года погибли 58 военных.", "58 военных"],
    ["tr", "2020'deki savaşta 6 bin 500 kişi öldü.", "6 bin 500"],
    ["tr", "Geçen yıl yedi asker ölmüştü.", "yedi asker"],
    ["fr", "La guerre de 2020 avait fait 6 500 morts.", "6 500 morts"],
    ["fr", "L'an dernier, sept soldats avaient été tués.", "sept soldats"],
    ["hy", "44-օրյա պատերազմում զոհվել է 3822 մարդ։", "3822 մարդ"],
    ["hy", "Անցած տարի զոհվել էր 7 զինծառայող։", "7 զինծառայող"],
    ["az", "İkinci Qarabağ müharibəsində 2908 hərbçi şəhid olub.", "2908 hərbçi"],
    ["az", "Keçən il 7 hərbçi həlak olmuşdu.", "7 hərbçi"],
  ])("%s %s", (lang, text, words) => {
    expect(when(lang, text, words).scope).toBe("before");
  });
});

describe("what something is compared with does not date it", () => {
  it.each([
    ["en", "In the deadliest fighting since the 2020 war, 49 soldiers were killed.", "49 soldiers"],
    ["ar", "قتل 49 جنديا في أعنف اشتباكات منذ حرب 2020.", "49 جنديا"],
    ["ru", "49 военных погибли в самых тяжелых боях со времен войны 2020 года.", "49 военных"],
    ["tr", "2020'deki savaştan bu yana en kanlı çatışmalarda 49 asker öldü.", "49 asker"],
    ["fr", "Les combats les plus meurtriers depuis la guerre de 2020 ont fait 49 morts.", "49 morts"],
    ["az", "2020-ci ildən bəri ən ağır döyüşlərdə 49 hərbçi həlak olub.", "49 hərbçi"],
  ])("%s %s", (lang, text, words) => {
    expect(when(lang, text, words)).toMatchObject({ scope: "window" });
  });
});

describe("the clause that tells of what something is compared with is dated by it, and nothing else is", () => {
  it.each([
    ["en", "The bloodiest clashes since the 2020 war, which killed 6,500, have cost 49 lives.", "6,500", "before"],
    ["en", "After 49 deaths it is the worst fighting since the 2020 war, which killed 6,500.", "49 deaths", "window"],
    ["en", "The worst fighting since the 2020 war, when peacekeepers came: 49 soldiers died.", "49 soldiers", "window"],
    ["fr", "Ce sont les pires combats depuis la guerre de 2020, qui avait fait 6 500 morts.", "6 500 morts", "before"],
    ["ar", "هذه أعنف معارك منذ حرب 2020 التي قتل فيها 6500 شخص.", "6500 شخص", "before"],
    [
      "ru",
      "Это самые тяжелые бои со времен войны 2020 года, в которой погибли 6500 человек.",
      "6500 человек",
      "before",
    ],
  ])("%s %s", (lang, text, words, scope) => {
    expect(when(lang, text, words).scope).toBe(scope);
  });
});

describe("a day of speaking dates nothing", () => {
  it.each([
    ["en", "Pashinyan told the cabinet on Friday that 135 soldiers were dead.", "135 soldiers"],
    ["en", "YEREVAN, September 16. The number of dead soldiers is 135.", "135"],
    ["ar", "قال باشينيان أمام البرلمان، الجمعة، إن 135 جنديا قتلوا.", "135 جنديا"],
    ["ru", "Погибли 135 военных, заявил 16 сентября премьер.", "135 военных"],
    ["fr", "Au moins 135 soldats sont morts, a déclaré vendredi le Premier ministre.", "135 soldats"],
    ["hy", "Զոհվել է 135 զինծառայող, սեպտեմբերի 16-ին ասել է վարչապետը։", "135 զինծառայող"],
  ])("%s %s", (lang, text, words) => {
    expect(when(lang, text, words)).toMatchObject({ scope: "window", from: null, to: null });
  });

  it("leaves the day of the happening in the same sentence", () => {
    const text = "The ministry said on Friday that 135 soldiers were killed on September 13 and 14.";
    expect(when("en", text, "135 soldiers")).toMatchObject({ from: "2022-09-13", to: "2022-09-14" });
  });
});

describe("a later item may tell of the window itself", () => {
  it.each([
    ["en", "In September 2022, 222 Armenian soldiers were killed.", "222"],
    ["en", "Last September 222 Armenian soldiers were killed.", "222"],
    ["ar", "قتل 222 جنديا في سبتمبر/أيلول 2022.", "222 جنديا"],
    ["ru", "В сентябре прошлого года погибли 222 военных.", "222 военных"],
    ["az", "2022-ci ilin sentyabrında 80 hərbçi şəhid olub.", "80 hərbçi"],
    ["hy", "2022 թվականի սեպտեմբերին զոհվել է 222 մարդ։", "222 մարդ"],
  ])("%s %s", (lang, text, words) => {
    const said = when(lang, text, words, "2023-04-11");
    expect(said).toMatchObject({ scope: "window" });
    expect(said.from).toBe("2022-09-01");
  });
});

describe("within a sentence the nearest time decides", () => {
  const text = "In May of last year the enemy took 40 square kilometres, and now it has taken another 10.";
  it("for what stands beside the earlier one", () => {
    expect(when("en", text, "40 square")).toMatchObject({ from: "2021-05-01", to: "2021-05-31" });
  });
  it("and for what is told of the present", () => {
    expect(when("en", text, "10.")).toMatchObject({ scope: "window", from: null });
  });
  it("passes over a time behind somebody's words", () => {
    expect(when("en", "He said 49 soldiers died, and recalled the losses of 2021.", "49 soldiers").scope).toBe(
      "window",
    );
  });
});

describe("a sentence of another time goes on in the next", () => {
  const text =
    "The second Karabakh war lasted six weeks. More than 6,500 were killed.\nOn the border 49 soldiers died.";
  it("within the paragraph", () => {
    expect(when("en", text, "6,500").scope).toBe("before");
  });
  it("but not in the next paragraph", () => {
    expect(when("en", text, "49 soldiers").scope).toBe("window");
  });
  it("and not over somebody's words", () => {
    const quoted = "The 2020 war killed thousands. Pashinyan said 105 soldiers were killed.";
    expect(when("en", quoted, "105 soldiers").scope).toBe("window");
  });
});

describe("old news published anew", () => {
  const text = "On November 9, 2020 the ministry lost 44 more fighters. The toll is 1,221.";
  it("keeps its own day", () => {
    expect(when("en", text, "44 more").scope).toBe("before");
    expect(when("en", text, "1,221").scope).toBe("before");
  });
  it("also in its title", () => {
    expect(when("en", text, "44 fighters dead", "2022-09-16", "Karabakh: 44 fighters dead").scope).toBe("before");
  });
});

describe("a count that has gone on since before the window", () => {
  it("is background when published in the window", () => {
    expect(when("en", "Since 2020 Baku has returned 1,700 bodies.", "1,700 bodies").scope).toBe("before");
  });
  it("belongs to no happening of the window later on", () => {
    expect(when("en", "Since 2020 mines have hurt 342 people.", "342 people", "2023-12-01")).toMatchObject({
      scope: "after",
      from: null,
    });
  });
});

it("says which words decided", () => {
  expect(when("ru", "В ходе 44-дневной войны погибли 3822 военных.", "3822").because).toBe("44-дневной войны");
});

it("in a language without words of time goes by what stands beside", () => {
  expect(
    when("pt", "Morreram 135 soldados nos combates mais violentos desde a guerra de 2020.", "135 soldados").scope,
  ).toBe("window");
});
