import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { z } from "zod";
import { ALERT_KINDS, SEVERITIES } from "../domain/alert/kinds.ts";
import type { Endpoint, EndpointHeaders } from "../ledger/endpoints.ts";
import { sealHeaders } from "../ledger/sealed-headers.ts";
import { type SealingKey, seal } from "../ledger/sealed-secret.ts";
import { compileAllowedNetworks, refusalOfAddress } from "../net/address-guard.ts";
import type { ApiContext } from "./api-context.ts";
import { codedOf, codedShown } from "./coded-reason.ts";
import { shownTime } from "./paging.ts";
import { type FieldError, invalidFields } from "./problem.ts";

const names = z.array(z.string().min(1).max(200)).min(1).max(100);

/** The kinds that can be asked for by name. */
export const alertKinds = z.array(z.enum(ALERT_KINDS, { error: `must be one of ${ALERT_KINDS.join(", ")}` })).min(1);

/** The parties whose figures can be asked for. */
export const alertParties = z.array(z.enum(["armenia", "azerbaijan", "both", "other"])).min(1);

const filtersGiven = z
  .strictObject({
    stories: names.optional(),
    kinds: alertKinds.optional(),
    events: names.optional().meta({ description: "Ids of baseline events; `new` is what the baseline lacks." }),
    parties: alertParties.optional(),
    languages: names.optional(),
    sources: names.optional(),
    minSeverity: z.enum(SEVERITIES).optional(),
    minConfidence: z.number().min(0).max(1).optional(),
  })
  .meta({ description: "An alert is sent when it fits every filter given; none given, every alert." });

/** Set by Rasid or by the connection: a subscriber's own would break signature or framing. */
const RESERVED =
  /^(webhook-.*|content-.*|proxy-.*|sec-.*|x-forwarded-.*|forwarded|host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|user-agent|date|via)$/i;
const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const MOST_HEADERS = 20;

const headersGiven = z
  .record(
    z
      .string()
      .regex(TOKEN, "must be the name of a header")
      .refine((name) => !RESERVED.test(name), "is reserved: Rasid sets it"),
    z
      .string()
      .max(2000)
      .regex(/^[\x20-\x7e]*$/, "must be printable ASCII"),
  )
  .refine((headers) => Object.keys(headers).length <= MOST_HEADERS, `must be at most ${MOST_HEADERS} headers`)
  .meta({ description: "Sent with every request; shown by name alone afterwards." });

const webhookUrl = z
  .string()
  .max(2000)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: "must be an http or https URL",
    abort: true,
  })
  .refine((text) => new URL(text).username === "" && new URL(text).password === "", {
    error: "must not carry a user name or password; use a header",
  })
  .meta({ examples: ["https://example.org/alerts"] });

const settings = {
  description: z.string().max(500).optional(),
  filters: filtersGiven.optional(),
  headers: headersGiven.optional(),
  concurrency: z.number().int().min(1).max(100).optional().meta({ description: "Requests under way at a time; 8." }),
  ratePerSecond: z
    .number()
    .min(0.1)
    .max(1000)
    .nullable()
    .optional()
    .meta({ description: "Requests begun in a second; null: as many as come." }),
};

export const newEndpoint = z
  .strictObject({ url: webhookUrl, ...settings })
  .meta({ examples: [{ url: "https://example.org/alerts", filters: { minSeverity: "medium" } }] });

export const endpointChanges = z
  .strictObject({ url: webhookUrl.optional(), ...settings })
  .refine((changes) => Object.keys(changes).length > 0, "must change something")
  .meta({ examples: [{ description: "the night desk" }] });

/** An endpoint as answers show it: secrets and header values never. */
export const endpointShown = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  filters: z.looseObject({}),
  headers: z.array(z.string()).meta({ description: "Names of the headers sent along." }),
  enabled: z.boolean(),
  disabledReason: z.string().nullable(),
  disabledReasonCoded: codedShown,
  problem: z.string().nullable(),
  problemCoded: codedShown,
  concurrency: z.number(),
  ratePerSecond: z.number().nullable(),
  failingSince: z.string().nullable(),
  heldUntil: z.string().nullable(),
  previousSecretUntil: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** How an endpoint does. */
export const endpointHealthShown = z.object({
  endpoint: z.string(),
  waiting: z.number().meta({ description: "Deliveries that wait or are under way." }),
  retrying: z.number().meta({ description: "Deliveries that failed and are tried again." }),
  dead: z.number().meta({ description: "Dead letters." }),
  lastDeliveredAt: z.string().nullable(),
  lastStatus: z.number().nullable(),
  lastError: z.string().nullable(),
  lastErrorCoded: codedShown,
});

export function showEndpoint(endpoint: Endpoint): z.output<typeof endpointShown> {
  const { id, url, description, filters, enabled, disabledReason, problem, concurrency, ratePerSecond } = endpoint;
  return {
    ...{ id, url, description, filters, enabled, disabledReason, problem, concurrency, ratePerSecond },
    disabledReasonCoded: codedOf(disabledReason),
    problemCoded: codedOf(problem),
    headers: Object.keys(endpoint.headers),
    failingSince: shownTime(endpoint.failingSince),
    heldUntil: shownTime(endpoint.holdUntil),
    previousSecretUntil: shownTime(endpoint.previousSecretUntil),
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  };
}

/** A signing secret as Standard Webhooks wants it: 32 random bytes in base64 behind `whsec_`. */
export function newSigningSecret(random: (size: number) => Buffer = randomBytes): string {
  return `whsec_${random(32).toString("base64")}`;
}

/** A new secret, and as it is kept. */
export function newSealedSecret(key: SealingKey) {
  const secret = newSigningSecret();
  return { secret, kept: { sealed: seal(secret, key), keyId: key.id } };
}

/** Settings as they are kept: the headers' values sealed. */
export function keptSettings<S extends { readonly headers?: EndpointHeaders | undefined }>(
  given: S,
  key: SealingKey,
): S {
  return given.headers === undefined ? given : { ...given, headers: sealHeaders(given.headers, key) };
}

/** Names that lead to this machine by their definition (RFC 6761). */
const THIS_MACHINE = /^(?:.+\.)?localhost\.?$/;

/** Why requests to a literal address would be refused, so that the mistake shows at once; null when they would not. */
function refusalOfUrl(url: string, allowAddresses: readonly string[]): string | null {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  const literal = THIS_MACHINE.test(host) ? "127.0.0.1" : host;
  if (isIP(literal) === 0) return null;
  const refusal = refusalOfAddress(literal, compileAllowedNetworks(allowAddresses));
  return refusal === null ? null : `address ${refusal} is not public (see RASID_ALLOW_ADDRESSES)`;
}

/** What the schema cannot know: addresses inside, and the stories and baseline events that there are. @throws Problem 400 */
export function checkSettings(
  { url, filters }: z.output<typeof endpointChanges>,
  { allowAddresses, stories }: Pick<ApiContext, "allowAddresses" | "stories">,
): void {
  const errors: FieldError[] = [];
  const refusal = url === undefined ? null : refusalOfUrl(url, allowAddresses);
  if (refusal !== null) errors.push({ field: "url", problem: refusal });
  const known = {
    stories: new Set(stories.map(({ id }) => id)),
    events: new Set(["new", ...stories.flatMap(({ baseline }) => [...baseline.byId.keys()])]),
  };
  for (const name of ["stories", "events"] as const)
    for (const [place, id] of (filters?.[name] ?? []).entries())
      if (!known[name].has(id)) errors.push({ field: `filters.${name}.${place}`, problem: `there is no «${id}»` });
  if (errors.length > 0) throw invalidFields(errors);
}
