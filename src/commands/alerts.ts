import type { Command } from "commander";
import { z } from "zod";
import { alertHeadline, record } from "../api/alert-headline.ts";
import { alertFilterQuery, askedFilters, showAlert } from "../api/alert-query.ts";
import { createAlertSignal } from "../api/alert-signal.ts";
import { InputError } from "../input-error.ts";
import { type AlertQuery, type AlertRow, findAlert, latestAlertSeq, listAlerts } from "../ledger/alerts.ts";
import type { Database } from "../ledger/schema.ts";
import { print, shortTime, withLedger } from "./ledger-command.ts";
import { textTable } from "./text-table.ts";

interface ListOptions extends Record<string, unknown> {
  readonly json?: boolean;
  readonly limit: string;
  readonly follow?: boolean;
}

const listOptions = z.object({ ...alertFilterQuery, limit: z.coerce.number().int().min(1).max(500) });
const FOLLOW_MS = 5_000;
const FOLLOW_PAGE = 100;

/** `rasid alerts`: what was told, filtered as endpoints are. */
export function registerAlerts(program: Command): void {
  const alerts = program.command("alerts").description("list alerts, or follow them as they are entered");
  const list = alerts
    .command("list", { isDefault: true })
    .description("list the newest alerts, the newest last")
    .option("--limit <number>", "how many", "20")
    .option("--follow", "go on with those that are entered from now on")
    .option("--json", "one webhook body a line, for programs");
  for (const [flag, what] of [
    ["--stories <ids>", "stories"],
    ["--kinds <kinds>", "kinds"],
    ["--events <ids>", "baseline events, or new"],
    ["--parties <parties>", "parties"],
    ["--languages <languages>", "languages of the evidence"],
    ["--sources <sources>", "sources of the evidence"],
    ["--min-severity <severity>", "low, medium, high or critical"],
    ["--min-confidence <number>", "0 to 1"],
  ] as const)
    list.option(flag, `only these: ${what}`);
  list.action(({ json, follow, ...given }: ListOptions) =>
    withLedger(async ({ db, connectionString }) => {
      const { limit, ...query } = listOptions.parse(given);
      const filters = askedFilters(query);
      const seen = await latestAlertSeq(db);
      // Up to there: what is entered from now on is left to those who follow.
      const before = String(BigInt(seen) + 1n);
      const rows = (await listAlerts(db, { ...filters, order: "newest", before, limit })).reverse();
      show(rows, json === true);
      if (follow) await followAlerts({ db, connectionString, filters, after: seen, json: json === true });
    }),
  );
  alerts
    .command("show")
    .description("show one alert as endpoints receive it")
    .argument("<id>", "alt_…")
    .option("--json", "JSON for programs, as without it")
    .action((id: string) =>
      withLedger(async ({ db }) => {
        const row = await findAlert(db, id);
        if (row === undefined) throw new InputError(`there is no alert ${id}`);
        print(showAlert(row).body, { json: true }, () => "");
      }),
    );
}

function show(rows: readonly AlertRow[], json: boolean): void {
  if (json) for (const { body } of rows) process.stdout.write(`${JSON.stringify(body)}\n`);
  else
    process.stdout.write(
      `${textTable([["entered", "alert", "severity", "confidence", "what"], ...rows.map(cells)])}\n`,
    );
}

function cells({ id, created_at, severity, confidence, kind, body }: AlertRow): string[] {
  const data = record(record(body)?.data) ?? {};
  return [shortTime(created_at), id, severity, confidence.toFixed(2), alertHeadline({ type: kind, data })];
}

async function followAlerts({
  db,
  connectionString,
  filters,
  after,
  json,
}: {
  db: Database;
  connectionString: string;
  filters: Omit<AlertQuery, "limit">;
  after: string;
  json: boolean;
}): Promise<void> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  const signal = createAlertSignal(connectionString, (error) => console.error(error.message));
  let last = after;
  try {
    while (!stop.signal.aborted) {
      const bell = signal.next(stop.signal, FOLLOW_MS);
      const rows = await listAlerts(db, { ...filters, after: last, limit: FOLLOW_PAGE });
      for (const row of rows)
        process.stdout.write(json ? `${JSON.stringify(row.body)}\n` : `${cells(row).join("  ")}\n`);
      last = rows.at(-1)?.seq ?? last;
      if (rows.length < FOLLOW_PAGE) await bell;
    }
  } finally {
    await signal.close();
  }
}
