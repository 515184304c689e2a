import type { Command } from "commander";
import { alertHeadline, record, stateText } from "../api/alert-headline.ts";
import { type Explanation, explain } from "../api/explanation.ts";
import { loadReadingConfiguration } from "../config/load-configuration.ts";
import { readToTrace } from "../domain/trace.ts";
import { InputError } from "../input-error.ts";
import { print, shortTime, withLedger } from "./ledger-command.ts";

/** `rasid explain ALERT`: the chain from the words that raised an alert to its deliveries. */
export function registerExplain(program: Command): void {
  program
    .command("explain")
    .description("follow an alert back to the words that raised it, and on to its deliveries")
    .argument("<alert>", "alt_…")
    .option("--json", "JSON for programs")
    .action((id: string, output: { json?: boolean }) =>
      withLedger(async ({ db }, { configDir }) => {
        const explained = await explain(id, {
          db,
          readToTrace: async (revision) => readToTrace(revision, loadReadingConfiguration(configDir)),
        });
        if (explained === undefined) throw new InputError(`there is no alert ${id}`);
        print(explained, output, () => explanationText(explained));
      }),
    );
}

function explanationText(explained: Explanation): string {
  const { alert, about, following, rule, item, revision, cluster, standings, deliveries } = explained;
  const data = record(alert.body.data) ?? {};
  const lines = [
    alertHeadline({ type: alert.body.type, data }),
    `  ${alert.id}, entered ${shortTime(alert.createdAt)}, ${rule.severity}, confidence ${rule.confidence}`,
    `  because ${rule.because}`,
  ];
  if (about) lines.push(`  it speaks of ${about.id} (${about.body.type})`);
  for (const one of following) lines.push(`  ${one.id} (${one.body.type}) speaks of it`);
  if (item)
    lines.push(
      "",
      `item ${item.id} of ${item.source} (feed ${item.feed}, tier ${item.tier ?? "–"})`,
      `  ${item.url ?? "no link"}`,
    );
  if (revision)
    lines.push(
      `revision ${revision.number} «${revision.title}»`,
      `  published ${shortTime(revision.publishedAt)}, seen ${shortTime(revision.seenAt)}`,
    );
  if (cluster) lines.push(`cluster ${cluster.id}`, ...cluster.members.map(memberText));
  lines.push(...spanText(explained));
  if (standings.length > 0) lines.push("", "standings");
  for (const { before, stood, after } of standings) {
    const same = before !== null && JSON.stringify(before.current) === JSON.stringify(after.current);
    if (!same) lines.push(`  ${after.key}: ${stateText(stood)} → ${stateText(after.current)}`);
  }
  lines.push("", deliveries.length === 0 ? "no deliveries" : "deliveries");
  for (const { id, endpoint, state, attempts, lastStatus, lastError, deliveredAt } of deliveries) {
    const end = deliveredAt === null ? (lastError ?? "") : `at ${shortTime(deliveredAt)}`;
    lines.push(
      `  ${id} to endpoint ${endpoint}: ${state}, ${attempts} attempt${attempts === 1 ? "" : "s"}, status ${lastStatus ?? "–"} ${end}`.trimEnd(),
    );
  }
  return lines.join("\n");
}

function memberText({ item, revision, source, url, kind }: NonNullable<Explanation["cluster"]>["members"][number]) {
  return `  ${kind ?? "–"}: item ${item}, revision ${revision} of ${source} ${url ?? ""}`.trimEnd();
}

function spanText({ span, observation, rules }: Explanation): string[] {
  if (span === null || observation === null) return [];
  const said = `${observation.speaker} (${observation.side})`;
  const claim =
    observation.kind === "figure"
      ? `${observation.measure} ${observation.party} ${stateText({ ...observation })}`
      : observation.position;
  return [
    "",
    `${observation.kind} ${claim}, says ${said}; ${span.field} ${span.start}–${span.end}${span.holds ? "" : " (THE TEXT IS ANOTHER NOW)"}`,
    `  …${span.before}[${span.quote}]${span.after}…`.replace(/\s+/g, " "),
    ...rules.map(({ rule, because }) => `  ${rule}: ${because}`),
  ];
}
