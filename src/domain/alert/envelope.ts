import type { Observation } from "../baseline/observation.ts";
import type { Alert } from "./alert.ts";

/** A quoted place that an alert rests on. `quote` is the field's text from `start` to `end`. */
export interface Evidence {
  readonly quote: string;
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly url: string | null;
  readonly source: string;
  readonly lang: string;
  readonly published: string;
  readonly item: string;
  readonly revision: number;
}

/** The body of a webhook about a claim (Standard Webhooks). */
export interface AlertBody {
  readonly type: Alert["kind"];
  /** When the report that raised it counts, ISO 8601. */
  readonly timestamp: string;
  readonly data: {
    readonly alert: string;
    readonly story: string;
    readonly event: string;
    readonly topic?: string;
    readonly measure: Alert["measure"];
    readonly party: Alert["party"];
    readonly civilian: boolean | null;
    readonly before: Alert["before"];
    readonly after: Alert["after"];
    readonly baseline: Alert["baseline"];
    readonly change: Alert["change"];
    readonly severity: Alert["severity"];
    readonly confidence: number;
    readonly sources: number;
    /** The id of the alert that this one confirms or withdraws. */
    readonly about?: string;
    readonly because: string;
    readonly evidence: readonly Evidence[];
  };
}

/** Bodies stay under this many bytes of UTF-8. */
export const BODY_LIMIT = 20_000;

/** The webhook body of an alert. Where it would grow too large, evidence is cut, never a field. */
export function alertBody(alert: Alert): AlertBody {
  const body = (evidence: readonly Evidence[]): AlertBody => ({
    type: alert.kind,
    timestamp: alert.at,
    data: {
      alert: alert.id,
      story: alert.story,
      event: alert.event,
      ...(alert.topic === null ? {} : { topic: alert.topic }),
      measure: alert.measure,
      party: alert.party,
      civilian: alert.civilian,
      before: alert.before,
      after: alert.after,
      baseline: alert.baseline,
      change: alert.change,
      severity: alert.severity,
      confidence: alert.confidence,
      sources: alert.sources,
      ...(alert.about === null ? {} : { about: alert.about }),
      because: alert.because,
      evidence,
    },
  });
  const room = BODY_LIMIT - 1 - bytesOf(body([]));
  return body(fitting(alert.evidence.map(evidenceOf), room));
}

/** As many pieces as fit, in order; the first is shortened rather than left out. */
function fitting(evidence: readonly Evidence[], room: number): Evidence[] {
  const kept: Evidence[] = [];
  let left = room;
  for (const piece of evidence) {
    const size = bytesOf(piece) + 1;
    if (size <= left) {
      kept.push(piece);
      left -= size;
    } else if (kept.length === 0) return [shortened(piece, left)];
    else break;
  }
  return kept;
}

/** A shorter quote of the same place, and no link where the link alone is too long. */
function shortened(piece: Evidence, room: number): Evidence {
  let short = bytesOf({ ...piece, quote: "" }) + 1 > room ? { ...piece, url: null } : piece;
  while (short.quote.length > 0 && bytesOf(short) + 1 > room) {
    const quote = wholeStart(short.quote, Math.floor(short.quote.length / 2));
    short = { ...short, quote, end: short.start + quote.length };
  }
  return short;
}

/** The start of a text, never ending inside a surrogate pair. */
function wholeStart(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

function evidenceOf(observation: Observation): Evidence {
  const { quote, field, start, end, url, source, lang, published, item, revision } = observation;
  return { quote, field, start, end, url, source, lang, published, item, revision };
}

/** Bytes of a value as JSON in UTF-8. */
function bytesOf(value: unknown): number {
  const text = JSON.stringify(value);
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}
