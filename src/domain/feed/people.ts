import { cleanText, oneLine } from "./clean-text.ts";
import { stripTags } from "./html-to-text.ts";
import type { Person } from "./parsed-feed.ts";
import type { RawPerson } from "./raw-feed.ts";

const EMAIL = /[^\s@()<>[\],;:"]{1,100}@[^\s@()<>[\],;:"]{1,200}\.[^\s@()<>[\],;:"]{1,60}/;
const LONGEST = 500;

/** Reads persons, each once; those that name nobody are left out. */
export function readPeople(raw: readonly RawPerson[]): Person[] {
  const seen = new Map<string, Person>();
  for (const person of raw) {
    const read = person.text === undefined ? structured(person) : fromText(person.text);
    if (read.name === undefined && read.email === undefined && read.url === undefined) continue;
    seen.set(`${read.name ?? ""}\n${read.email ?? ""}`, read);
  }
  return [...seen.values()];
}

function structured(person: RawPerson): Person {
  return personOf(line(person.name), line(person.email), line(person.url));
}

/** "name", "email", "email (name)", "name (email)", "name <email>". */
function fromText(text: string): Person {
  const whole = oneLine(cleanText(text.slice(0, LONGEST)));
  const email = EMAIL.exec(whole)?.[0];
  if (email === undefined) return personOf(line(whole), undefined, undefined);
  const rest = whole
    .replace(email, " ")
    .replace(/mailto:/i, " ")
    .replace(/[<([{]\s*[>)\]}]/g, " ")
    .trim();
  const name = /^[([<](.*)[)\]>]$/.exec(rest)?.[1] ?? rest;
  return personOf(line(name.replace(/^[\s,;:|/-]+|[\s,;:|/-]+$/g, "")), email, undefined);
}

function line(text: string | undefined): string | undefined {
  const read = oneLine(cleanText(stripTags((text ?? "").slice(0, LONGEST))));
  return read === "" ? undefined : read;
}

/** A person with what is known of them. */
export function personOf(name: string | undefined, email: string | undefined, url: string | undefined): Person {
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(url === undefined ? {} : { url }),
  };
}
