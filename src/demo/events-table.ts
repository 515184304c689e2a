import { stateText } from "./alert-text.ts";
import type { ReportedEvent } from "./daemon-api.ts";

/** The table at the end of the demo: every baseline event, its baseline, and what each side reports now. */
export function eventsTable(events: readonly ReportedEvent[]): string {
  const rows = events.flatMap((event) => {
    const baseline = event.baseline.map(baselineText).join("; ") || "–";
    if (event.standings.length === 0) return [[event.id, baseline, "–"]];
    return event.standings.map((standing, index) => {
      const subject = event.id === "new" ? `${standing.subject.split("|").slice(2).join(" ")}: ` : "";
      return [
        index === 0 ? event.id : "",
        index === 0 ? baseline : "",
        `${subject}${nowText(standing.body.current)} (${standing.side})`,
      ];
    });
  });
  return table([["baseline event", "baseline", "reported now"], ...rows]);
}

function baselineText({ figure, position, speaker }: ReportedEvent["baseline"][number]): string {
  const value = figure ? (figure.value ?? "vague") : "";
  return `${[value, position].filter((part) => part !== "" && part !== undefined).join(" ")} (${speaker})`;
}

function nowText(current: ReportedEvent["standings"][number]["body"]["current"]): string {
  return stateText({ ...current, asOf: "" } as Parameters<typeof stateText>[0]);
}

function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = [0, 1, 2].map((column) =>
    Math.min(46, Math.max(...rows.map((row) => String(row[column] ?? "").length))),
  );
  const line = (row: readonly (string | number)[]) =>
    row
      .map((cell, column) =>
        column === 2 ? String(cell) : cut(String(cell), widths[column] ?? 0).padEnd(widths[column] ?? 0),
      )
      .join("  ");
  const [head = [], ...body] = rows;
  return [line(head), widths.map((width) => "─".repeat(width)).join("  "), ...body.map(line)].join("\n");
}

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);
