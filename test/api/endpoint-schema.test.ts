import { expect, test } from "vitest";
import { checkSettings } from "../../src/api/endpoint-schema.ts";

const check = (url: string, allowAddresses: readonly string[]) =>
  checkSettings({ url }, { allowAddresses, stories: [] });

test.each(["http://localhost:8080/", "http://localhost./", "http://desk.localhost/", "http://127.0.0.1/"])(
  "an endpoint on this machine is refused at once, by name too, unless it is allowed: %s",
  (url) => {
    expect(() => check(url, [])).toThrow();
    expect(() => check(url, ["127.0.0.1/32"])).not.toThrow();
  },
);

test("a name that only holds the word is another machine's", () => {
  expect(() => check("https://localhost.example.org/", [])).not.toThrow();
});
