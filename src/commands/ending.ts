import { ConfigError } from "../config/read-yaml.ts";
import { InputError } from "../input-error.ts";
import { LedgerRefusal } from "../ledger/ledger-refusal.ts";
import { QueuesRefusal } from "../queues/queues-refusal.ts";
import { SettingsError } from "../settings.ts";

/** How a command ends that a mistake of its user has stopped. */
export interface Ending {
  readonly message: string;
  /** 2 for configuration and environment, 1 for what was given to the command, 141 where its reader went. */
  readonly exitCode: 1 | 2 | 141;
}

const REFUSALS = [InputError, LedgerRefusal, QueuesRefusal];

/** Why files cannot be read or written, by Node's code. */
const FILE_MISTAKES: Record<string, string> = {
  EACCES: "this user may not read or write it",
  EEXIST: "it exists already",
  EISDIR: "it is a folder, a file is needed",
  ENOENT: "there is no such file or folder",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is no folder",
  EROFS: "the disk can only be read",
};

/** Whoever reads the output has had enough (`| head`): no mistake, and nobody left to tell. 128 and SIGPIPE, as shells count. */
const READER_WENT: Ending = { message: "", exitCode: 141 };

/** What to tell a user whose mistake an error is; null for an error that is the program's own. */
export function endingOf(error: unknown): Ending | null {
  if (error instanceof ConfigError || error instanceof SettingsError) return { message: error.message, exitCode: 2 };
  if (REFUSALS.some((refusal) => error instanceof refusal)) return { message: (error as Error).message, exitCode: 1 };
  if (!(error instanceof Error && "code" in error)) return null;
  if (error.code === "EPIPE" && "syscall" in error && error.syscall === "write") return READER_WENT;
  const words = FILE_MISTAKES[String(error.code)];
  if (words === undefined) return null;
  // What is written to an open file fails without its name.
  if ("path" in error) return { message: `${String(error.path)}: ${words}`, exitCode: 1 };
  return error.code === "ENOSPC" ? { message: words, exitCode: 1 } : null;
}
