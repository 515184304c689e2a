import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { LOG_LEVELS, type LogLevel } from "./domain/log-level.ts";
import { ROLES, type Role } from "./domain/role.ts";
import type { StageName } from "./queues/pipeline.ts";

/** Mistakes in the environment, one a line, each naming the variable and what would be right. */
export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "SettingsError";
  }
}

const list = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

const urlOf = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  });

const roleList = z
  .string()
  .transform(list)
  .pipe(
    z
      .array(z.enum(ROLES, { error: `each must be one of ${ROLES.join(", ")}` }))
      .min(1, `must name one of ${ROLES.join(", ")}`),
  );

/** `deduplicate=4,match=2`: jobs that this process works on at a time, by stage. */
const concurrencyList = z
  .string()
  .transform(list)
  .pipe(
    z.array(
      z.string().regex(/^(fetch|deduplicate|classify|match|deliver)=([1-9]\d{0,2})$/, {
        error: "each must be a stage and a number from 1 to 999, as in match=2",
      }),
    ),
  )
  .refine((pairs) => new Set(pairs.map((pair) => pair.split("=")[0])).size === pairs.length, {
    error: "names a stage twice; keep one of them",
  })
  .transform((pairs) => Object.fromEntries(pairs.map((pair) => [pair.split("=")[0], Number(pair.split("=")[1])])));

/** `name=value` with commas, as OpenTelemetry writes headers; values are percent-encoded. */
const headerList = z
  .string()
  .transform(list)
  .pipe(z.array(z.string().regex(/^[^=\s]+=.*$/, { error: "must be name=value, with commas" })))
  .transform((pairs) =>
    Object.fromEntries(
      pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), decoded(pair.slice(pair.indexOf("=") + 1))]),
    ),
  );

const existing = (what: string, ...below: string[]) =>
  z.string().refine((path) => existsSync(join(path, ...below)), {
    error: ({ input }) => `there is no ${what} ${JSON.stringify(input)}`,
  });

const NETWORKS = { error: "each must be an IP address or a network, such as 127.0.0.1/32" };
const addressList = z
  .string()
  .transform(list)
  .pipe(z.array(z.union([z.ipv4(NETWORKS), z.ipv6(NETWORKS), z.cidrv4(NETWORKS), z.cidrv6(NETWORKS)], NETWORKS)));

const HOST_NAME = { error: "each must be a host name without scheme and path, such as rasid.example.org" };
const hostList = z
  .string()
  .transform(list)
  .pipe(z.array(z.string().regex(/^(?:\[[\da-f:.]+\]|[^\s/:@[\]]+)(?::\d+)?$/i, HOST_NAME)));

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const days = (standard: number) =>
  z.coerce
    .number({ error: "must be a number of days; 0 keeps for ever" })
    .int("must be a whole number of days; 0 keeps for ever")
    .min(0, "must be a number of days; 0 keeps for ever")
    .max(36_500, "must be at most 36500 days; 0 keeps for ever")
    .default(standard);

/** The environment as it may be. Every variable has its line in the README's table (checked by a test). */
export const environmentSchema = z.object({
  RASID_DATA: z.string().min(1).optional(),
  RASID_CONFIG: existing("configuration (a folder with languages and stories) in", "languages").optional(),
  RASID_FEEDS: existing("file").optional(),
  DATABASE_URL: urlOf("postgres:", "postgresql:").optional(),
  REDIS_URL: urlOf("redis:", "rediss:").optional(),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce
    .number({ error: "must be a port number from 0 to 65535" })
    .int("must be a port number from 0 to 65535")
    .min(0, "must be a port number from 0 to 65535")
    .max(65535, "must be a port number from 0 to 65535")
    .default(4180),
  RASID_ROLES: roleList.default([...ROLES]),
  RASID_HOSTS: hostList.default([]),
  RASID_ALLOW_ADDRESSES: addressList.default([]),
  RASID_ADMIN_KEY_FILE: z.string().min(1).optional(),
  RASID_SECRET_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, "must be 32 random bytes in base64 (`openssl rand -base64 32`)")
    .optional(),
  RASID_LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(", ")}` }).default("info"),
  RASID_CONCURRENCY: concurrencyList.default({}),
  RASID_ANALYSIS_THREADS: z.coerce
    .number({ error: "must be a number of threads from 0 to 64; 0 reads in the event loop" })
    .int("must be a whole number of threads")
    .min(0, "must be 0 or more")
    .max(64, "must be 64 or less")
    .default(Math.min(4, Math.max(1, availableParallelism() - 1))),
  RASID_HEAP_GROWTH: z.coerce
    .number({ error: "must be a number of percent from 5 to 400" })
    .int("must be a whole number of percent")
    .min(5, "must be 5 or more")
    .max(400, "must be 400 or less")
    .default(30),
  RASID_METRICS_PORT: z.coerce
    .number({ error: "must be a port number from 1 to 65535" })
    .int("must be a port number from 1 to 65535")
    .min(1, "must be a port number from 1 to 65535")
    .max(65535, "must be a port number from 1 to 65535")
    .optional(),
  RASID_KEEP_TEXTS_DAYS: days(365),
  RASID_KEEP_BODIES_DAYS: days(30),
  RASID_KEEP_ATTEMPTS_DAYS: days(90),
  RASID_KEEP_AUDIT_DAYS: days(730),
  OTEL_EXPORTER_OTLP_ENDPOINT: urlOf("http:", "https:").optional(),
  OTEL_EXPORTER_OTLP_HEADERS: headerList.default({}),
  OTEL_SERVICE_NAME: z.string().min(1).default("rasid"),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number({ error: "must be a share from 0 to 1" })
    .min(0, "must be a share from 0 to 1")
    .max(1, "must be a share from 0 to 1")
    .default(1),
});

/** Variables whose value may stand in a file instead (Docker and systemd secrets): `<NAME>_FILE` names it. */
const FROM_FILE = ["DATABASE_URL", "REDIS_URL", "RASID_SECRET_KEY", "OTEL_EXPORTER_OTLP_HEADERS"] as const;

/** Days after which rows are forgotten; null: never. */
export interface Retention {
  /** Texts of items from which nothing was read. */
  readonly textsDays: number | null;
  /** Headers and bodies of attempts. */
  readonly bodiesDays: number | null;
  readonly attemptsDays: number | null;
  readonly auditDays: number | null;
}

/** Where spans go. */
export interface TracingSettings {
  /** The whole URL for traces. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** The share of traces that are kept, from 0 to 1. */
  readonly ratio: number;
}

export interface Settings {
  /** Where the embedded database and its secrets live. */
  readonly dataDir: string;
  readonly configDir: string;
  /** The list of feeds; null: feeds.yaml of the configuration folder. */
  readonly feedsFile: string | null;
  /** null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** null: BullMQ's PostgreSQL backend on the ledger's database. */
  readonly redisUrl: string | null;
  readonly host: string;
  readonly port: number;
  readonly roles: readonly Role[];
  /** Host header names answered besides localhost and the bound address. */
  readonly hosts: readonly string[];
  /** Addresses or networks inside that feeds and webhooks may reach nevertheless ("127.0.0.1/32"). */
  readonly allowAddresses: readonly string[];
  readonly adminKeyFile: string | null;
  /** 32 bytes in base64 with which endpoint secrets are encrypted; null: kept beside the embedded database. */
  readonly secretKey: string | null;
  readonly logLevel: LogLevel;
  /** Jobs worked on at a time by stage, where it is not the stage's own number. */
  readonly concurrency: Readonly<Partial<Record<StageName, number>>>;
  /** Threads that read texts; 0: the event loop reads them. */
  readonly analysisThreads: number;
  /** How far a heap may grow over what a collection left of it, percent. */
  readonly heapGrowth: number;
  /** Where a process without the role `api` answers for supervisors and Prometheus; null: nowhere. */
  readonly metricsPort: number | null;
  readonly retention: Retention;
  /** null: nothing is traced. */
  readonly tracing: TracingSettings | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment, the only place that does.
 * @throws SettingsError that names each wrong variable and what would be right; values are never shown.
 */
export function readSettings(environment: Environment = process.env): Settings {
  const problems: string[] = [];
  const given = withFiles(environment, problems);
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success)
    problems.push(
      ...parsed.error.issues.map((issue) => `environment variable ${String(issue.path[0])}: ${issue.message}`),
    );
  if (!parsed.success || problems.length > 0) throw new SettingsError([...new Set(problems)]);
  const env = parsed.data;
  return {
    dataDir: env.RASID_DATA ?? defaultDataDir(environment),
    configDir: env.RASID_CONFIG ?? fileURLToPath(new URL("../config", import.meta.url)),
    feedsFile: env.RASID_FEEDS ?? null,
    databaseUrl: env.DATABASE_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    host: env.HOST,
    port: env.PORT,
    roles: env.RASID_ROLES,
    hosts: env.RASID_HOSTS,
    allowAddresses: env.RASID_ALLOW_ADDRESSES,
    adminKeyFile: env.RASID_ADMIN_KEY_FILE ?? null,
    secretKey: env.RASID_SECRET_KEY ?? null,
    logLevel: env.RASID_LOG_LEVEL,
    concurrency: env.RASID_CONCURRENCY,
    analysisThreads: env.RASID_ANALYSIS_THREADS,
    heapGrowth: env.RASID_HEAP_GROWTH,
    metricsPort: env.RASID_METRICS_PORT ?? null,
    retention: {
      textsDays: env.RASID_KEEP_TEXTS_DAYS || null,
      bodiesDays: env.RASID_KEEP_BODIES_DAYS || null,
      attemptsDays: env.RASID_KEEP_ATTEMPTS_DAYS || null,
      auditDays: env.RASID_KEEP_AUDIT_DAYS || null,
    },
    tracing: tracingOf(env),
  };
}

/** Roles as `--roles` names them, with commas. @throws SettingsError where one is unknown, or none is named. */
export function readRoles(names: string): readonly Role[] {
  const roles = roleList.safeParse(names);
  if (roles.success) return roles.data;
  throw new SettingsError([...new Set(roles.error.issues.map(({ message }) => `--roles: ${message}`))]);
}

/** Variables named as Rasid's are that it does not know: a setting that is misspelt would be the default without a word. */
export function unknownVariables(environment: Environment = process.env): string[] {
  const known = new Set([...Object.keys(environmentSchema.shape), ...FROM_FILE.map((name) => `${name}_FILE`)]);
  return Object.keys(environment).filter((name) => name.startsWith("RASID_") && !known.has(name));
}

/** The endpoint is OTLP's base, as OpenTelemetry defines the variable; traces go to /v1/traces below it. */
function tracingOf(env: z.output<typeof environmentSchema>): TracingSettings | null {
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (base === undefined) return null;
  return {
    endpoint: `${base.replace(/\/+$/, "")}/v1/traces`,
    headers: env.OTEL_EXPORTER_OTLP_HEADERS,
    serviceName: env.OTEL_SERVICE_NAME,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
  };
}

/** The environment of this process with some variables set anew, for a process of ours that is started from it. */
export function environmentWith(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...variables };
}

/** An empty variable, or one of blanks, counts as not set, so that `REDIS_URL= rasid start` means the default. */
function withFiles(environment: Environment, problems: string[]): Record<string, string> {
  const given: Record<string, string> = {};
  for (const name of Object.keys(environmentSchema.shape)) {
    const value = environment[name];
    if (value !== undefined && value.trim() !== "") given[name] = value;
  }
  for (const name of FROM_FILE) {
    const file = environment[`${name}_FILE`];
    if (file === undefined || file === "") continue;
    if (given[name] !== undefined)
      problems.push(`environment variable ${name}_FILE: ${name} is set too; keep one of them`);
    else readSecret(name, file, { given, problems });
  }
  return given;
}

function readSecret(
  name: string,
  file: string,
  { given, problems }: { given: Record<string, string>; problems: string[] },
): void {
  try {
    given[name] = readFileSync(file, "utf8").trim();
  } catch {
    problems.push(`environment variable ${name}_FILE: the file ${file} cannot be read`);
  }
}

function defaultDataDir(environment: Environment): string {
  if (process.getuid?.() === 0) return "/var/lib/rasid";
  return join(environment.XDG_STATE_HOME || join(homedir(), ".local", "state"), "rasid");
}
