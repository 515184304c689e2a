import type { Tier } from "../baseline/observation.ts";
import type { Measure } from "../claims/claim.ts";
import type { Change } from "./alert.ts";
import type { ClaimAlertKind, Severity } from "./kinds.ts";

/** Who carries an alert: the side whose count it is, another side, or nobody named. */
export type VoiceClass = "own" | "other" | "unnamed";

/** What severity and confidence are judged by. */
export interface Weight {
  readonly kind: ClaimAlertKind;
  readonly event: string;
  readonly measure: Measure | null;
  readonly civilian: boolean | null;
  readonly position: string | null;
  readonly voice: VoiceClass;
  readonly side: string;
  readonly change: Change;
  /** Independent sources. */
  readonly sources: number;
  /** The best tier among them. */
  readonly tier: Tier;
  readonly outlier: boolean;
  readonly titleOnly: boolean;
  readonly rounded: boolean;
}

/** The first rule whose conditions all hold gives the severity. An absent condition holds for everything. */
export interface SeverityRule {
  readonly severity: Severity;
  readonly kinds?: readonly ClaimAlertKind[] | undefined;
  readonly events?: readonly string[] | undefined;
  readonly measures?: readonly Measure[] | undefined;
  readonly positions?: readonly string[] | undefined;
  readonly voices?: readonly VoiceClass[] | undefined;
  readonly sides?: readonly string[] | undefined;
  readonly civilian?: boolean | undefined;
  readonly outlier?: boolean | undefined;
  readonly step?: number | undefined;
  readonly ratio?: number | undefined;
  readonly sources?: number | undefined;
}

/** Confidence is the base of the best tier plus what applies, kept between `least` and `most`. */
export interface ConfidenceRules {
  readonly tier: Readonly<Record<Tier, number>>;
  readonly voice: Readonly<Record<VoiceClass, number>>;
  /** For each independent source beyond the first, up to `mostSources` of them. */
  readonly source: number;
  readonly mostSources: number;
  readonly titleOnly: number;
  readonly rounded: number;
  /** An outlier's confidence is at most this. */
  readonly outlierMost: number;
  readonly least: number;
  readonly most: number;
}

export interface SeverityRules {
  readonly rules: readonly SeverityRule[];
  readonly confidence: ConfidenceRules;
}

/** How much an alert matters. The configuration's last rule has no conditions. */
export function severityOf(weight: Weight, rules: SeverityRules): Severity {
  return rules.rules.find((rule) => holds(rule, weight))?.severity ?? "low";
}

function holds(rule: SeverityRule, weight: Weight): boolean {
  const among = (list: readonly string[] | undefined, name: string | null) =>
    list === undefined || (name !== null && list.includes(name));
  const size = Math.abs(weight.change.step ?? 0);
  const share = Math.abs(weight.change.ratio ?? 0);
  return (
    among(rule.kinds, weight.kind) &&
    among(rule.events, weight.event) &&
    among(rule.measures, weight.measure) &&
    among(rule.positions, weight.position) &&
    among(rule.voices, weight.voice) &&
    among(rule.sides, weight.side) &&
    (rule.civilian === undefined || rule.civilian === weight.civilian) &&
    (rule.outlier === undefined || rule.outlier === weight.outlier) &&
    size >= (rule.step ?? 0) &&
    share >= (rule.ratio ?? 0) &&
    weight.sources >= (rule.sources ?? 0)
  );
}

/** How sure it is that the report says so and can be believed: 0 to 1, two decimals. */
export function confidenceOf(
  weight: Pick<Weight, "tier" | "voice" | "sources" | "titleOnly" | "rounded" | "outlier">,
  { confidence }: SeverityRules,
): number {
  const more = Math.min(Math.max(0, weight.sources - 1), confidence.mostSources) * confidence.source;
  let sum = confidence.tier[weight.tier] + confidence.voice[weight.voice] + more;
  if (weight.titleOnly) sum += confidence.titleOnly;
  if (weight.rounded) sum += confidence.rounded;
  if (weight.outlier) sum = Math.min(sum, confidence.outlierMost);
  return Math.round(Math.min(confidence.most, Math.max(confidence.least, sum)) * 100) / 100;
}
