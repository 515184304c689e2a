import { describe, expect, test } from "vitest";
import { htmlToText, looksLikeHtml, stripTags } from "../../../src/domain/feed/html-to-text.ts";

const body = (html: string): string => htmlToText(html).body;

describe("paragraphs", () => {
  test("are kept apart, lines within them too", () => {
    expect(body("<p>First one.</p><p>Second\n one.</p>Third<br>line<br/><br/>Fourth")).toBe(
      "First one.\n\nSecond one.\n\nThird\nline\n\nFourth",
    );
    expect(body("<div><div>A</div>\n<div>  B&nbsp;</div></div>")).toBe("A\n\nB");
    expect(
      body("<ul><li>One</li><li>Two</li></ul><table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
    ).toBe("One\nTwo\n\na b\nc");
  });

  test("inline markup breaks no word", () => {
    expect(body("At least <b>1</b>05 were <a href='x'>kil</a>led")).toBe("At least 105 were killed");
  });

  test("empty paragraphs leave one gap", () => {
    expect(body("<p>A</p><p>&nbsp;</p><p> </p><p>B</p>")).toBe("A\n\nB");
  });
});

describe("entities", () => {
  test("are decoded once, with or without their semicolon", () => {
    expect(body("AT&amp;T &lt;b&gt; &amp;lt; &#1571;&#x5d0; &laquo;x&raquo; &copy 2022 &rsquo; &#146;")).toBe(
      "AT&T <b> &lt; أא «x» © 2022 ’ ’",
    );
    expect(body("?a=1&copy=2 &unknown; & &#99999999; &#0;")).toBe("?a=1&copy=2 &unknown; & \ufffd \ufffd");
  });

  test("spaces that hold numbers together stay", () => {
    expect(body("<p>1&nbsp;000 and 62&#8239;064</p>")).toBe("1\u00a0000 and 62\u202f064");
  });
});

describe("what is not for reading", () => {
  test("vanishes with its content", () => {
    expect(body("A<script>var x = '<p>no</p>';</script><style>p{}</style><!-- no --><noscript><img></noscript>B")).toBe(
      "AB",
    );
    expect(body("A<img src=x onerror='alert(1)'>B<svg onload=alert(1)><text>no</text></svg>C")).toBe("ABC");
  });

  test("an unclosed one costs only its tag", () => {
    expect(body("A<script>B")).toBe("AB");
  });
});

describe("captions", () => {
  test("stand apart from the body", () => {
    const { body: text, captions } = htmlToText(
      "<p>Today’s report.</p><figure><img><figcaption>Soldiers in <i>2020</i></figcaption></figure><p>More.</p><p class='wp-caption-text'>A view</p>",
    );
    expect(text).toBe("Today’s report.\n\nMore.");
    expect(captions).toEqual(["Soldiers in 2020", "A view"]);
  });
});

describe("direction", () => {
  test("set by the writer becomes an isolate, and always ends", () => {
    expect(body('<p>قال <span dir="ltr">AB-12</span> اليوم</p>')).toBe("قال \u2066AB-12\u2069 اليوم");
    expect(body('<bdo dir="rtl">x<span>y')).toBe("\u2067xy\u2069");
    expect(body("a&rlm;b")).toBe("a\u200fb");
  });
});

describe("brackets that are no tags", () => {
  test("stay", () => {
    expect(body("3 < 5 and 7 > 6 <3 a<b")).toBe("3 < 5 and 7 > 6 <3 a<b");
    expect(body('<a title="x > y" href="z">link</a>')).toBe("link");
  });

  test.each([
    ["<", "<".repeat(400_000)],
    ["<a", "<a".repeat(200_000)],
    ['<a b="', '<a b="'.repeat(100_000)],
    ["<a b=\"'>", "<a b=\"'>".repeat(60_000)],
    ["<p>\\n", "x<p>\n".repeat(80_000)],
    ["<script>", "<script>".repeat(60_000)],
    ["<!--", "<!--".repeat(100_000)],
    ["spaces", `${" ".repeat(300_000)}x`],
    ["line ends", "\n ".repeat(200_000)],
    ["nbsp", "&nbsp;".repeat(80_000)],
    ["&", "&a".repeat(200_000)],
  ])("400 KB of %s are read within 2 s", (_what, html) => {
    const started = performance.now();
    htmlToText(html);
    stripTags(html);
    looksLikeHtml(html);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test("titles lose the tags that HTML knows and keep other brackets", () => {
  expect(stripTags("<b>Toll</b> rises: List<T> 5<7 &amp; more<br>now")).toBe("Toll rises: List<T> 5<7 & more now");
});
