import { type Selectable, sql } from "kysely";
import { z } from "zod";
import { SEVERITIES } from "../domain/alert/kinds.ts";
import { toJson } from "./json-text.ts";
import type { Database, EndpointsTable, LedgerId } from "./schema.ts";

const names = z.array(z.string().min(1)).min(1);

/** Which alerts a subscriber wants: all that fit every filter given; none given, every alert. */
const endpointFiltersSchema = z.strictObject({
  stories: names.optional(),
  kinds: names.optional(),
  events: names.optional(),
  parties: names.optional(),
  languages: names.optional(),
  sources: names.optional(),
  minSeverity: z.enum(SEVERITIES).optional(),
  minConfidence: z.number().min(0).max(1).optional(),
});
export type EndpointFilters = z.output<typeof endpointFiltersSchema>;

/** Headers that a subscriber wants on every request. */
export const endpointHeadersSchema = z.record(z.string(), z.string());
export type EndpointHeaders = z.output<typeof endpointHeadersSchema>;

/** A secret as it is kept: sealed with the key named. */
export interface SealedSecret {
  readonly sealed: Buffer;
  readonly keyId: string;
}

/** A subscriber's URL, without its secrets. */
export interface Endpoint {
  readonly id: LedgerId;
  readonly url: string;
  readonly description: string;
  readonly filters: EndpointFilters;
  readonly headers: EndpointHeaders;
  /** What is wrong with the stored row; null when nothing is. Unreadable filters let every alert through. */
  readonly problem: string | null;
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  /** Deliveries under way at a time. */
  readonly concurrency: number;
  /** Deliveries begun in a second; null: as many as come. */
  readonly ratePerSecond: number | null;
  readonly failingSince: Date | null;
  readonly holdUntil: Date | null;
  /** Until when the secret before the present one signs too. */
  readonly previousSecretUntil: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a subscriber may set. */
export interface EndpointSettings {
  readonly url: string;
  readonly description?: string | undefined;
  readonly filters?: EndpointFilters | undefined;
  readonly headers?: EndpointHeaders | undefined;
  readonly concurrency?: number | undefined;
  readonly ratePerSecond?: number | null | undefined;
}

/** Creates an endpoint, enabled. */
export async function createEndpoint(
  db: Database,
  { settings, secret, now }: { settings: EndpointSettings; secret: SealedSecret; now: Date },
): Promise<Endpoint> {
  const row = await db
    .insertInto("endpoints")
    .values({
      url: settings.url,
      description: settings.description ?? "",
      secret_sealed: secret.sealed,
      secret_key_id: secret.keyId,
      filters: toJson(settings.filters ?? {}),
      headers: toJson(settings.headers ?? {}),
      concurrency: settings.concurrency,
      rate_per_second: settings.ratePerSecond ?? null,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return endpointOf(row);
}

/** Changes what is given; returns undefined when there is no such endpoint. */
export async function updateEndpoint(
  db: Database,
  { id, changes, now }: { id: LedgerId; changes: Partial<EndpointSettings>; now: Date },
): Promise<Endpoint | undefined> {
  const row = await db
    .updateTable("endpoints")
    .set({
      updated_at: now,
      ...(changes.url !== undefined && { url: changes.url, failing_since: null, hold_until: null }),
      ...(changes.description !== undefined && { description: changes.description }),
      ...(changes.filters !== undefined && { filters: toJson(changes.filters) }),
      ...(changes.headers !== undefined && { headers: toJson(changes.headers) }),
      ...(changes.concurrency !== undefined && { concurrency: changes.concurrency }),
      ...(changes.ratePerSecond !== undefined && { rate_per_second: changes.ratePerSecond }),
    })
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .returningAll()
    .executeTakeFirst();
  return row && endpointOf(row);
}

/** Puts a new secret in place; the old one signs too until `previousUntil`. Returns whether there is such an endpoint. */
export async function rotateEndpointSecret(
  db: Database,
  { id, secret, previousUntil, now }: { id: LedgerId; secret: SealedSecret; previousUntil: Date; now: Date },
): Promise<boolean> {
  const rotated = await sql`
    update endpoints set previous_secret_sealed = secret_sealed, previous_secret_key_id = secret_key_id, previous_until = ${previousUntil},
      secret_sealed = ${secret.sealed}, secret_key_id = ${secret.keyId}, updated_at = ${now}
    where id = ${id} and deleted_at is null`.execute(db);
  return (rotated.numAffectedRows ?? 0n) > 0n;
}

/** Lets an endpoint be sent to again, from now on and what is still owed. Returns whether there is such an endpoint. */
export async function enableEndpoint(db: Database, { id, now }: { id: LedgerId; now: Date }): Promise<boolean> {
  const enabled = await sql`
    update endpoints set enabled = true, disabled_reason = null, failing_since = null, hold_until = null, updated_at = ${now}
    where id = ${id} and deleted_at is null`.execute(db);
  return (enabled.numAffectedRows ?? 0n) > 0n;
}

/**
 * Ends the time for which an endpoint that failed is held back: somebody asks for something to be sent to it now. A
 * statement of its own, for attempts lock deliveries before endpoints.
 */
export async function endHold(db: Database, id: LedgerId): Promise<void> {
  await sql`update endpoints set hold_until = null where id = ${id} and hold_until is not null`.execute(db);
}

/**
 * Stops sending to an endpoint; what is still owed to it is given up (`dead`), to be recovered when it is enabled again.
 * Returns whether it was enabled before, so that only one of several who saw the cause tells of it.
 */
export async function disableEndpoint(
  db: Database,
  { id, reason, now }: { id: LedgerId; reason: string; now: Date },
): Promise<boolean> {
  const disabled = await sql<{ id: LedgerId }>`
    with disabled as (
      update endpoints set enabled = false, disabled_reason = ${reason}, hold_until = null, updated_at = ${now}
      where id = ${id} and enabled and deleted_at is null
      returning id
    ), dropped as (
      update deliveries set state = 'dead', last_error = coalesce(last_error, ${reason})
      where endpoint_id in (select id from disabled) and state in ('pending', 'failed', 'delivering')
    )
    select id from disabled`.execute(db);
  return disabled.rows.length > 0;
}

/** Removes an endpoint; its secrets are wiped, its deliveries stay to be read. Returns whether there was one. */
export async function deleteEndpoint(db: Database, { id, now }: { id: LedgerId; now: Date }): Promise<boolean> {
  await disableEndpoint(db, { id, reason: "deleted", now });
  const deleted = await sql`
    update endpoints set deleted_at = ${now}, updated_at = ${now}, enabled = false, secret_sealed = '', headers = '{}',
      previous_secret_sealed = null, previous_secret_key_id = null, previous_until = null
    where id = ${id} and deleted_at is null`.execute(db);
  return (deleted.numAffectedRows ?? 0n) > 0n;
}

/** Endpoints that were not deleted, oldest first: all, or a page. */
export async function listEndpoints(
  db: Database,
  { after, limit }: { after?: LedgerId; limit?: number } = {},
): Promise<Endpoint[]> {
  let listed = db.selectFrom("endpoints").selectAll().where("deleted_at", "is", null).orderBy("id");
  if (after !== undefined) listed = listed.where("id", ">", after);
  if (limit !== undefined) listed = listed.limit(limit);
  return (await listed.execute()).map(endpointOf);
}

/** One endpoint, or undefined. */
export async function findEndpoint(db: Database, id: LedgerId): Promise<Endpoint | undefined> {
  const row = await endpointById(db, id).executeTakeFirst();
  return row && endpointOf(row);
}

/** The same, and nobody else changes it before the transaction ends. */
export async function lockEndpoint(trx: Database, id: LedgerId): Promise<Endpoint | undefined> {
  const row = await endpointById(trx, id).forUpdate().executeTakeFirst();
  return row && endpointOf(row);
}

function endpointById(db: Database, id: LedgerId) {
  return db.selectFrom("endpoints").selectAll().where("id", "=", id).where("deleted_at", "is", null);
}

/** Rows changed by hand, or by a newer Rasid, must not keep alerts from the others. */
function readableSettings(row: Pick<Selectable<EndpointsTable>, "filters" | "headers">) {
  const filters = endpointFiltersSchema.safeParse(row.filters);
  const headers = endpointHeadersSchema.safeParse(row.headers);
  const unreadable = [...(filters.success ? [] : ["filters"]), ...(headers.success ? [] : ["headers"])];
  return {
    filters: filters.success ? filters.data : {},
    headers: headers.success ? headers.data : {},
    problem:
      unreadable.length === 0
        ? null
        : `the stored ${unreadable.join(" and ")} cannot be read and count as empty: set them anew`,
  };
}

function endpointOf(row: Selectable<EndpointsTable>): Endpoint {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    ...readableSettings(row),
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    concurrency: row.concurrency,
    ratePerSecond: row.rate_per_second,
    failingSince: row.failing_since,
    holdUntil: row.hold_until,
    previousSecretUntil: row.previous_until,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
