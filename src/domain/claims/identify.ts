import type { ItemContext } from "../item-context.ts";
import type { Entity } from "../story.ts";
import { GROUPS } from "./actor-pieces.ts";
import type { Actor } from "./actors.ts";
import type { Attribution } from "./claim.ts";

/** Sorts of speakers that are the country itself. */
const SPEAKS_FOR_COUNTRY = new Set(["side", "both", "government"]);

/** Both sides of the conflict at once. */
const BOTH: Attribution = { speaker: "both", side: "both" };

/** Sources that nobody names: the report itself answers for what they say. */
const NOBODY: Attribution = { speaker: "-", side: "media" };

/** Who was named before a noun phrase (the nearest last), and the person whom the sentence before was about. */
export interface Before {
  readonly actors: readonly Actor[];
  readonly topic: Attribution | null;
  /** The noun phrases of the sentence itself. */
  readonly here?: readonly Actor[];
}

/** Who the noun phrase is, given what came before it. */
export function identify(
  actor: Actor,
  { actors: before, topic, here = [] }: Before,
  written: string,
  context: ItemContext,
): Attribution | null {
  if (actor.person) return attributionOf(actor.person);
  const side = actor.body?.side ?? actor.country?.side ?? null;
  if (actor.pronoun) return topic ?? lastPerson(before, () => true);
  if (actor.role?.of === "office")
    return holderOf(
      actor.role.role,
      side ?? context.pack.attribution.home ?? sideNear(actor, before, here),
      before,
      written,
      context,
    );
  if (actor.body) return attributionOf(actor.body);
  if (actor.role?.of === "body")
    return holderOf(
      actor.role.role,
      side ?? context.pack.attribution.home ?? sideNear(actor, before, here),
      before,
      written,
      context,
    );
  if (actor.role?.role === "official" && side !== null) {
    return lastPerson(before, (person) => person.side === side) ?? sideOfCountry(actor, written, side);
  }
  if (actor.role?.role === "both" && !actor.country) return BOTH;
  if (actor.role?.role === "sources" && side === null) return NOBODY;
  if (actor.country && SPEAKS_FOR_COUNTRY.has(actor.role?.role ?? ""))
    return attributionOf({ ...actor.country, kind: "demonym" });
  if (actor.role?.of === "sort" && side === null && topic && !GROUPS.has(actor.role.role)) return topic;
  if (actor.role) return { speaker: written, side: side ?? context.pack.attribution.home ?? lastSide(before) };
  return actor.country ? attributionOf(actor.country) : null;
}

/** Officials of a country that names nobody speak for it. */
function sideOfCountry({ country }: Actor, written: string, side: string): Attribution {
  return country ? { speaker: side, side } : { speaker: written, side };
}

function attributionOf(entity: Entity): Attribution {
  const side = entity.side ?? "other";
  return { speaker: entity.kind === "demonym" ? side : entity.id, side };
}

/** Who holds an office, or which body bears a role: named before in the item, else of the side that is named or was last. */
function holderOf(
  office: string,
  side: string | null,
  before: readonly Actor[],
  written: string,
  context: ItemContext,
): Attribution {
  const holds = (one: Entity, of: string | null) =>
    (one.offices ?? []).includes(office) && (of === null || one.side === of);
  const named = lastPerson(before, (person) => holds(person, side));
  if (named) return named;
  const near = side ?? context.pack.attribution.home ?? sideOfSame(office, before) ?? lastSide(before);
  for (const entity of context.story.entities.values()) if (holds(entity, near)) return attributionOf(entity);
  return { speaker: written, side: near };
}

function lastPerson(before: readonly Actor[], fits: (person: Entity) => boolean): Attribution | null {
  const actor = before.findLast((one) => one.person !== null && fits(one.person));
  return actor?.person ? attributionOf(actor.person) : null;
}

/** The side that was named last, in the sentence itself where none was before it. */
function sideNear(actor: Actor, before: readonly Actor[], here: readonly Actor[]): string | null {
  if (lastSide(before) !== "other") return null;
  const ahead = here.filter(({ last }) => last <= actor.first);
  // "Baku may return them to Yerevan, its commission said": whoever acts there, not whom it acts on
  const subject = lastSide(ahead.filter(({ oblique }) => !oblique));
  const side = subject === "other" ? lastSide(ahead) : subject;
  return side === "other" ? null : side;
}

/** "Baku's foreign ministry spoke of a war with Yerevan. The ministry …": the same body again, not whom it spoke of. */
function sideOfSame(office: string, before: readonly Actor[]): string | null {
  const last = before.findLast((one) => one.person ?? one.body ?? one.country);
  if (!last?.oblique || last.person || last.body) return null;
  const same = before.findLast(
    ({ body, role, country }) => body?.offices?.includes(office) || (role?.role === office && country),
  );
  return (same?.body ?? same?.country)?.side ?? null;
}

function lastSide(before: readonly Actor[]): string {
  const actor = before.findLast((one) => one.person ?? one.body ?? one.country);
  return (actor?.person ?? actor?.body ?? actor?.country)?.side ?? "other";
}
