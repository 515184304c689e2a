import { type Logger, pino } from "pino";
import type { Settings } from "../settings.ts";

export type Log = Logger;

/** What must never be written: secrets, keys, signatures, connection strings and texts, wherever they stand in a line. */
const REDACTED = [
  "secret",
  "key",
  "password",
  "authorization",
  "cookie",
  "connectionString",
  "databaseUrl",
  "redisUrl",
  "text",
  "quote",
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `["${name}"]`]);

/** The log: one JSON line per outcome on standard error, so that standard output stays free for results. */
export function openLog(settings: Pick<Settings, "logLevel">): Log {
  return pino(
    {
      level: settings.logLevel,
      base: {},
      redact: { paths: [...new Set(REDACTED)], censor: "[hidden]" },
      serializers: {
        err: (error: Error) => ({
          type: error.name,
          message: withoutCredentials(error.message),
          stack: withoutCredentials(error.stack ?? ""),
        }),
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** Drivers put connection strings into their messages; user and password are taken out. */
export function withoutCredentials(message: string): string {
  return message.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, "$1[hidden]@");
}
