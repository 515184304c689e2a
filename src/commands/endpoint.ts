import type { Command } from "commander";
import {
  checkSettings,
  endpointChanges,
  keptSettings,
  newEndpoint,
  newSealedSecret,
  showEndpoint,
} from "../api/endpoint-schema.ts";
import { ROTATION_MS } from "../api/endpoint-switch-routes.ts";
import { given } from "../api/paging.ts";
import { loadReadingConfiguration } from "../config/load-configuration.ts";
import { InputError } from "../input-error.ts";
import {
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  enableEndpoint,
  listEndpoints,
  rotateEndpointSecret,
  updateEndpoint,
} from "../ledger/endpoints.ts";
import type { Database } from "../ledger/schema.ts";
import { openSecretKey } from "../secret-key.ts";
import type { Settings } from "../settings.ts";
import { addLog, addSending } from "./endpoint-sending.ts";
import { found, write } from "./endpoint-write.ts";
import { listed, type Output, print, shortTime, withLedger } from "./ledger-command.ts";
import { textTable } from "./text-table.ts";

interface SettingFlags {
  readonly url?: string;
  readonly description?: string;
  readonly header?: readonly string[];
  /** false: none any more. */
  readonly headers?: boolean;
  readonly concurrency?: string;
  /** false: no limit any more. */
  readonly rate?: string | false;
  /** false: all alerts again. */
  readonly filters?: boolean;
  readonly stories?: string;
  readonly kinds?: string;
  readonly events?: string;
  readonly parties?: string;
  readonly languages?: string;
  readonly sources?: string;
  readonly minSeverity?: string;
  readonly minConfidence?: string;
  readonly json?: boolean;
}

const now = () => new Date();
const LISTS = ["stories", "kinds", "events", "parties", "languages", "sources"] as const;

/** `rasid endpoint …`: subscribers' URLs, also beside a running daemon. */
export function registerEndpoint(program: Command): void {
  const endpoint = program.command("endpoint").description("subscribers' URLs, also beside a running daemon");
  addList(endpoint);
  addReading(endpoint);
  addSettings(endpoint);
  addSwitches(endpoint);
  addRotation(endpoint);
  addSending(endpoint);
  addLog(endpoint);
}

function addList(endpoint: Command): void {
  endpoint
    .command("list", { isDefault: true })
    .description("list the endpoints")
    .option("--json", "JSON for programs")
    .action((output: Output) =>
      withLedger(async ({ db }) => {
        const endpoints = (await listEndpoints(db)).map(showEndpoint);
        print({ endpoints }, output, () =>
          textTable([
            ["id", "state", "url", "filters", "description"],
            ...endpoints.map((one) => [
              one.id,
              one.enabled
                ? one.failingSince === null
                  ? "enabled"
                  : `failing since ${shortTime(one.failingSince)}`
                : `disabled: ${one.disabledReason}`,
              one.url,
              Object.keys(one.filters).length === 0 ? "all alerts" : JSON.stringify(one.filters),
              one.description,
            ]),
          ]),
        );
      }),
    );
}

function addReading(endpoint: Command): void {
  endpoint
    .command("show")
    .description("show one endpoint with all its settings; secrets and values of headers never")
    .argument("<id>")
    .option("--json", "JSON for programs, as without it")
    .action((id: string) =>
      withLedger(async ({ db }) => print(showEndpoint(await found(db, id)), { json: true }, () => "")),
    );
}

function addSettings(endpoint: Command): void {
  withSettings(
    endpoint
      .command("create")
      .description("create an endpoint; its signing secret is shown this once")
      .argument("<url>"),
  ).action((url: string, flags: SettingFlags) =>
    withLedger(async ({ db }, settings) => {
      const wanted = newEndpoint.parse({ url, ...settingsOf(flags) });
      checkSettings(wanted, known(settings));
      const key = await openSecretKey(db, settings);
      const { secret, kept } = newSealedSecret(key);
      const made = await write(
        db,
        (trx) => createEndpoint(trx, { settings: keptSettings(wanted, key), secret: kept, now: now() }),
        ({ id }) => ["endpoint.create", `endpoint:${id}`],
      );
      print(
        { ...showEndpoint(made), secret },
        flags,
        () => `endpoint ${made.id}\n${secret}\n\nThe secret is shown this once.`,
      );
    }),
  );
  withSettings(endpoint.command("update").description("change what is given, filters as a whole").argument("<id>"))
    .option("--url <url>", "another URL")
    .option("--no-filters", "all alerts again")
    .option("--no-headers", "send no headers along any more")
    .option("--no-rate", "no limit any more")
    .action((id: string, flags: SettingFlags) =>
      withLedger(async ({ db }, settings) => {
        await found(db, id);
        const wanted = endpointChanges.parse({ ...given({ url: flags.url }), ...settingsOf(flags) });
        checkSettings(wanted, known(settings));
        const changes = given(keptSettings(wanted, await openSecretKey(db, settings)));
        await write(
          db,
          (trx) => updateEndpoint(trx, { id, changes, now: now() }),
          () => ["endpoint.update", `endpoint:${id}`],
        );
        print(showEndpoint(await found(db, id)), flags, () => `changed endpoint ${id}`);
      }),
    );
}

function withSettings(command: Command): Command {
  return command
    .option("--description <text>", "for whom it is")
    .option("--header <name: value>", "sent along; again for more", (value: string, all: string[] = []) => [
      ...all,
      value,
    ])
    .option("--concurrency <number>", "requests under way at a time")
    .option("--rate <number>", "requests begun in a second")
    .option("--stories <ids>", "only these stories")
    .option("--kinds <kinds>", "only these kinds")
    .option("--events <ids>", "only these baseline events")
    .option("--parties <parties>", "only these parties")
    .option("--languages <languages>", "only these languages of the evidence")
    .option("--sources <sources>", "only these sources of the evidence")
    .option("--min-severity <severity>", "low, medium, high or critical")
    .option("--min-confidence <number>", "0 to 1")
    .option("--json", "JSON for programs");
}

function settingsOf(flags: SettingFlags) {
  const lists = LISTS.flatMap((name) => (flags[name] === undefined ? [] : [[name, listed(flags[name])]]));
  const filters = {
    ...Object.fromEntries(lists),
    ...given({ minSeverity: flags.minSeverity, minConfidence: numberOf(flags.minConfidence) }),
  };
  return given({
    description: flags.description,
    filters: Object.keys(filters).length === 0 && flags.filters !== false ? undefined : filters,
    headers: flags.header ? Object.fromEntries(flags.header.map(headerOf)) : flags.headers === false ? {} : undefined,
    concurrency: numberOf(flags.concurrency),
    ratePerSecond: flags.rate === false ? null : numberOf(flags.rate),
  });
}

function headerOf(text: string): [string, string] {
  const at = text.indexOf(":");
  if (at < 1) throw new InputError(`--header: «${text}» must be «name: value»`);
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

function addSwitches(endpoint: Command): void {
  const verbs: ["enable" | "disable" | "delete", string, (trx: Database, id: string) => Promise<unknown>][] = [
    ["enable", "send to it again", (trx, id) => enableEndpoint(trx, { id, now: now() })],
    [
      "disable",
      "stop sending; what is owed becomes dead letters",
      (trx, id) => disableEndpoint(trx, { id, reason: "disabled by cli", now: now() }),
    ],
    [
      "delete",
      "remove it; its secrets are wiped, its delivery log stays",
      (trx, id) => deleteEndpoint(trx, { id, now: now() }),
    ],
  ];
  for (const [verb, description, work] of verbs)
    endpoint
      .command(verb)
      .description(description)
      .argument("<id>")
      .option("--json", "JSON for programs")
      .action((id: string, output: Output) =>
        withLedger(async ({ db }) => {
          const before = await found(db, id);
          await write(
            db,
            (trx) => work(trx, id),
            () => [`endpoint.${verb}`, `endpoint:${id}`],
          );
          const after = verb === "delete" ? before : await found(db, id);
          print(showEndpoint(after), output, () => `${verb}d endpoint ${id}`);
        }),
      );
}

function addRotation(endpoint: Command): void {
  endpoint
    .command("rotate")
    .description("make a new signing secret; the one before signs too for 24 hours")
    .argument("<id>")
    .option("--json", "JSON for programs")
    .action((id: string, output: Output) =>
      withLedger(async ({ db }, settings) => {
        await found(db, id);
        const { secret, kept } = newSealedSecret(await openSecretKey(db, settings));
        const previousUntil = new Date(Date.now() + ROTATION_MS);
        await write(
          db,
          (trx) => rotateEndpointSecret(trx, { id, secret: kept, previousUntil, now: now() }),
          () => ["endpoint.rotate", `endpoint:${id}`],
        );
        const until = previousUntil.toISOString();
        print(
          { secret, previousSecretUntil: until },
          output,
          () => `${secret}\n\nThe secret before signs too until ${shortTime(until)}.`,
        );
      }),
    );
}

function known({ configDir, allowAddresses }: Settings) {
  return { stories: loadReadingConfiguration(configDir).stories, allowAddresses };
}
