import type { AlertBody } from "../api/alert-body-schema.ts";

type State = AlertBody["data"]["after"];

const SIGNS: Record<string, string> = {
  at_least: "at least ",
  more_than: "more than ",
  about: "about ",
  nearly: "nearly ",
};

/** A claim's state in a few words: "at least 135", "confirmed", "127 (another 95)". */
export function stateText(state: State): string {
  if (state === null) return "nothing";
  if (state.position !== undefined && state.value === undefined) return state.position;
  const value = state.value ?? (state.low !== undefined ? `${state.low}–${state.high ?? ""}` : "an unnamed number");
  const increment = state.increment === undefined ? "" : ` (another ${state.increment})`;
  const position = state.position === undefined ? "" : ` ${state.position}`;
  return `${SIGNS[state.qualifier ?? ""] ?? ""}${value}${increment}${position}`;
}

/** An alert as the demo prints it: what changed, from what to what, who says so, in which words, where. */
export function alertText({ type, data }: AlertBody): string {
  const subject = [data.event, data.measure, data.party, data.topic].filter(Boolean).join(" · ");
  const first = data.evidence[0];
  const lines = [
    `▲ ${type}  ${subject}  [${data.severity}, confidence ${data.confidence}]`,
    `    ${stateText(data.before)} → ${stateText(data.after)}   says ${data.after?.speaker ?? "-"} (${data.after?.side ?? "-"})`,
  ];
  if (first) lines.push(`    «${first.quote}»`, `    ${first.source} · ${first.lang} · ${first.url ?? "no link"}`);
  return lines.join("\n");
}
