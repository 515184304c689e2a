/** Kinds of alerts about claims. */
export const CLAIM_ALERT_KINDS = [
  "figure.revised",
  "figure.disputed",
  "figure.new",
  "figure.denied",
  "statement.changed",
  "statement.new",
  "item.edited",
  "report.discrepancy",
  "alert.confirmed",
  "alert.withdrawn",
] as const;
export type ClaimAlertKind = (typeof CLAIM_ALERT_KINDS)[number];

/** Kinds of alerts about the running of the service. */
export const OPERATIONAL_ALERT_KINDS = ["feed.failing", "feed.silent", "endpoint.disabled"] as const;
export type OperationalAlertKind = (typeof OPERATIONAL_ALERT_KINDS)[number];

export const ALERT_KINDS = [...CLAIM_ALERT_KINDS, ...OPERATIONAL_ALERT_KINDS] as const;
export type AlertKind = ClaimAlertKind | OperationalAlertKind;

/** How much an alert matters to those who watch the story. */
export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];
