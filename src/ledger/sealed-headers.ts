import type { EndpointHeaders } from "./endpoints.ts";
import { type SealingKey, seal, unseal } from "./sealed-secret.ts";

const MARK = "sealed:";

/** Subscribers' headers often carry a password, so their values are kept sealed. */
export function sealHeaders(headers: EndpointHeaders, key: SealingKey): EndpointHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, `${MARK}${seal(value, key).toString("base64")}`]),
  );
}

/** @throws Error when a value was sealed under another key. */
export function unsealHeaders(headers: EndpointHeaders, key: SealingKey): EndpointHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.startsWith(MARK) ? unseal(Buffer.from(value.slice(MARK.length), "base64"), key) : value,
    ]),
  );
}
