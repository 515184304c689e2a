import { describe, expect, test } from "vitest";
import { mendXml } from "../../../src/domain/feed/mend-xml.ts";

const wrap = (inner: string): string => `<rss><channel>${inner}</channel></rss>`;
const mended = (inner: string): string =>
  mendXml(wrap(inner)).xml.slice("<rss><channel>".length, -"</channel></rss>".length);

test("a sound document stays as it is, but for what says nothing", () => {
  const sound = wrap(
    '<item><title>A &amp; B ’ </title><description><![CDATA[<p>x & y</p>]]></description><link href="x"/></item>',
  );
  expect(
    mendXml(`\ufeff<?xml version="1.0"?><!-- c --><?style x?><!DOCTYPE rss SYSTEM "x.dtd">${sound}\n`),
  ).toMatchObject({ xml: sound, root: "rss", mended: 0, truncated: false });
});

describe("references", () => {
  test.each([
    ["<link>a&b</link>", "<link>a&amp;b</link>"],
    ["<x>&nbsp;&laquo;</x>", "<x>\u00a0«</x>"],
    ["<x>&nonesuch; &lt;</x>", "<x>&amp;nonesuch; &lt;</x>"],
    ["<x>&#0;&#xD800;&#x1F600;</x>", "<x>\ufffd\ufffd\u{1f600}</x>"],
    ['<x y="a&b&quot;"/>', '<x y="a&amp;b&quot;"/>'],
  ])("%s", (source, result) => {
    expect(mended(source)).toBe(result);
  });

  test("a declared literal is taken", () => {
    expect(mendXml(`<!DOCTYPE rss [<!ENTITY co "Co &amp; &#8217;">]>${wrap("<x>&co;</x>")}`).xml).toBe(
      wrap("<x>Co &amp; ’</x>"),
    );
  });
});

describe("tags", () => {
  test.each([
    ["<a><b>x</a>", "<a><b>x</b></a>"],
    ["<a>x</b></a>", "<a>x</a>"],
    ["<a>1 < 2</a>", "<a>1 &lt; 2</a>"],
    ["<a b=c d>x</a>", '<a b="c" d="">x</a>'],
    ['<a b=\'"<\' b="2">x</a>', '<a b="2">x</a>'],
    [
      "<item><title>A</title><item><title>B</title></item>",
      "<item><title>A</title></item><item><title>B</title></item>",
    ],
  ])("%s", (source, result) => {
    expect(mended(source)).toBe(result);
  });

  test("markup that stands unescaped in a text keeps its order", () => {
    expect(mended("<item><description>1 <b>2</b> &amp; 3</description></item>")).toBe(
      '<item><description type="html"><![CDATA[1 <b>2</b> &amp; 3]]></description></item>',
    );
    expect(mended("<item><description>a<b>]]></b></description></item>")).toContain("]]]]><![CDATA[>");
  });
});

describe("the end of a document", () => {
  test("an item that was cut is left out", () => {
    expect(mendXml("<rss><channel><item><title>A</title></item><item><title>B")).toMatchObject({
      xml: "<rss><channel><item><title>A</title></item></channel></rss>",
      truncated: true,
    });
  });

  test("what follows the root is not read", () => {
    expect(mendXml(`${wrap("<a/>")}<script>x</script>`).xml).toBe(wrap("<a/>"));
  });
});

test("messages that a site prints before its feed are skipped", () => {
  expect(mendXml(`<br /><b>Warning</b>: x in y.php<?xml version="1.0"?>${wrap("<a/>")}`).xml).toBe(wrap("<a/>"));
});

test.each([
  ["an entity outside", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'],
  ["a public entity", '<!DOCTYPE rss [<!ENTITY x PUBLIC "a" "http://127.0.0.1/">]>'],
  ["an entity of entities", '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;">]>'],
  ["a long entity", `<!DOCTYPE rss [<!ENTITY a "${"x".repeat(1000)}">]>`],
])("%s is refused", (_what, doctype) => {
  expect(() => mendXml(doctype + wrap("<x/>"))).toThrow(expect.objectContaining({ code: "hostile" }));
});
