import { expect, test } from "vitest";
import { loadUrlRules } from "../../../src/config/tracking-parameters-schema.ts";
import { canonicalUrl } from "../../../src/domain/feed/canonical-url.ts";

const rules = loadUrlRules("config");
const article = "https://wire.example/world/2022/09/15/border";

test.each([
  "http://wire.example/world/2022/09/15/border",
  "https://www.wire.example/world/2022/09/15/border/",
  "https://wire.example:443/world/2022/09/15/border#comments",
  "https://wire.example/world/2022/09/15/border?utm_source=rss&UTM_Medium=feed",
  "https://wire.example/world/2022/09/15/border?fbclid=abc&at_medium=RSS",
  "https://m.wire.example/world/2022/09/15/border",
  "https://amp.wire.example/world/2022/09/15/border",
  "https://wire.example/amp/world/2022/09/15/border",
  "https://wire.example/world/2022/09/15/border/amp/",
  "https://wire.example/world/2022/09/15/border.amp",
  "https://www.google.com/amp/s/wire.example/world/2022/09/15/border",
  "https://wire-example.cdn.ampproject.org/c/s/www.wire.example/world/2022/09/15/border?amp_js_v=0.1",
  "https://www.google.com/url?sa=t&url=https%3A%2F%2Fwire.example%2Fworld%2F2022%2F09%2F15%2Fborder&usg=x",
  "https://l.facebook.com/l.php?u=https%3A%2F%2Fm.wire.example%2Fworld%2F2022%2F09%2F15%2Fborder%3Ffbclid%3Dq",
])("%s is the article's address", (url) => {
  expect(canonicalUrl(url, rules)).toBe(article);
});

test("parameters that name the article stay, in one order", () => {
  expect(canonicalUrl("https://wire.example/news?id=7&lang=ar&utm_term=x", rules)).toBe(
    "https://wire.example/news?id=7&lang=ar",
  );
  expect(canonicalUrl("https://wire.example/news?lang=ar&id=7", rules)).toBe("https://wire.example/news?id=7&lang=ar");
});

test("different articles stay different", () => {
  expect(canonicalUrl("https://wire.example/news?id=7", rules)).not.toBe(
    canonicalUrl("https://wire.example/news?id=8", rules),
  );
  expect(canonicalUrl("https://amp.example/", rules)).toBe("https://amp.example/");
});

test("what is no web address has none", () => {
  expect(canonicalUrl("javascript:alert(1)", rules)).toBeNull();
  expect(canonicalUrl("tag:wire.example,2022:7", rules)).toBeNull();
});
