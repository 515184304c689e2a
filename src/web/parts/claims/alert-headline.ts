import type { z } from "zod";
import type { AlertBody } from "../../../api/alert-body-schema.ts";
import type { alertShown } from "../../../api/alert-query.ts";
import type { listedDelivery } from "../../../api/delivery-shown.ts";
import type { Language } from "../../words/language.ts";
import { claimText } from "./claim-text.ts";
import { claimWords } from "./claim-words.ts";
import { countedText } from "./counted-words.ts";
import type { Namer } from "./use-labels.ts";

export type ShownAlert = z.output<typeof alertShown>;

/** What an alert about a claim tells; null of an alert about the running of the service. */
export function claimOf(body: ShownAlert["body"]): AlertBody["data"] | null {
  return "evidence" in body.data && Array.isArray(body.data.evidence) ? (body.data as AlertBody["data"]) : null;
}

/** An alert in words: what it is about, the change, and who says so. */
export interface Headline {
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly speaker: string | null;
  /** What stands between the two: an arrow for a change; where a report contradicts itself neither came first. */
  readonly joint: string;
}

/** What a headline takes of an alert's body; lists have no more of it. */
export type Told = NonNullable<z.output<typeof listedDelivery>["tells"]>;

type ToldClaim = Extract<Told["data"], { readonly event: string }>;

/** The story whose labels the headline needs; null of an alert about the running of the service. */
export function storyOf({ data }: Told): string | null {
  return toldClaim(data)?.story ?? null;
}

/** "Armenian deaths", "105", "at least 135", "Nikol Pashinyan". */
export function headlineOf(
  { type, data: told }: Told | ShownAlert["body"],
  language: Language,
  names: Namer,
): Headline {
  const data = toldClaim(told);
  if (data === null) {
    const subject = String(("source" in told && told.source) || ("subject" in told && told.subject) || "");
    const kind = claimWords[language].kinds[type] ?? type;
    return {
      subject: subject === "" ? kind : `${kind}: ${subject}`,
      before: null,
      after: null,
      speaker: null,
      joint: ARROWS[language],
    };
  }
  const { before, after, measure, party, civilian, topic } = data;
  const speaker = after?.speaker ?? before?.speaker;
  return {
    subject: measure !== null ? countedText(language, { measure, party, civilian }) : names.topic(topic ?? data.event),
    before: before === null ? null : claimText(language, before, names),
    after: after === null ? null : claimText(language, after, names),
    speaker: speaker === undefined || speaker === "-" ? null : names.entity(speaker),
    joint: type === "report.discrepancy" ? "≠" : ARROWS[language],
  };
}

function toldClaim(data: object): ToldClaim | null {
  return "event" in data && "before" in data && "after" in data ? (data as ToldClaim) : null;
}

/** Which way a change reads. */
export const ARROWS: Readonly<Record<Language, string>> = { en: "→", ar: "←" };

/** The headline as one line, for titles and announcements. */
export function headlineText(headline: Headline, language: Language): string {
  const { subject, before, after, speaker, joint } = headline;
  const change = [before, after].filter((part) => part !== null).join(` ${joint} `);
  return [change === "" ? subject : `${subject}: ${change}`, speaker]
    .filter((part) => part !== null)
    .join(language === "ar" ? "، " : ", ");
}
