/** What a headline needs of an alert's body; nothing of it is taken for granted. */
interface Headlined {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const SIGNS: Readonly<Record<string, string>> = { at_least: "≥ ", more_than: "> ", about: "~ ", nearly: "< " };

/** An alert in one line: "figure.revised: armenian-deaths 105 → ≥ 135 (pashinyan)". */
export function alertHeadline({ type, data }: Headlined): string {
  const about = text(data.event) === "new" ? [text(data.measure), text(data.party)] : [text(data.event)];
  const subject = [...about, text(data.topic)].filter((part, at, all) => part !== "" && all.indexOf(part) === at);
  if (data.event === undefined) {
    const named = text(data.source) === "" ? text(data.subject) : `${text(data.source)} (${text(data.subject)})`;
    return `${type}: ${named} – ${text(data.because)}`;
  }
  const after = record(data.after);
  const speaker = after === null ? "" : ` (${text(after.speaker)})`;
  return `${type}: ${subject.join(" ")} ${stateText(record(data.before))} → ${stateText(after)}${speaker}`;
}

/** A claim's state in a few characters: "≥ 135", "confirmed", "–" for none. */
export function stateText(state: Readonly<Record<string, unknown>> | null): string {
  if (state === null) return "–";
  if (typeof state.value !== "number") return text(state.position) || "–";
  const step = typeof state.increment === "number" ? ` (+${state.increment})` : "";
  return `${SIGNS[text(state.qualifier)] ?? ""}${state.value}${step}`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
}
