/** The usual prefixes of the namespaces that items are read from. */
const USUAL_PREFIXES: readonly (readonly [string, RegExp])[] = [
  ["content", /^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/?$/i],
  ["dc", /^http:\/\/purl\.org\/(?:dc\/elements\/1\.[01]|metadata\/dublin_core)\/?$/i],
  ["atom", /^http:\/\/(?:www\.w3\.org\/2005\/atom|purl\.org\/atom\/ns#?)\/?$/i],
  ["media", /^https?:\/\/search\.yahoo\.com\/mrss\/?$/i],
  ["itunes", /^http:\/\/www\.itunes\.com\/dtds\/podcast-1\.0\.dtd$/i],
  ["rdf", /^http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#$/i],
];

/** Whether an attribute binds a namespace that items are read from to a prefix that rss-parser would not recognise. */
export function isOddPrefix(attribute: string, value: string): boolean {
  if (!attribute.startsWith("xmlns:")) return false;
  const prefix = attribute.slice(6);
  return USUAL_PREFIXES.some(
    ([usual, uri]) => uri.test(value) && prefix !== usual && !(usual === "atom" && /^(?:atom10|a10)$/.test(prefix)),
  );
}
