import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { environmentWith } from "../../../src/settings.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a line of the shell in which `rasid` is the command line on this ledger. */
export function shell(connectionString: string, line: string): Promise<Ended> {
  const env = environmentWith({ DATABASE_URL: connectionString, REDIS_URL: "redis://127.0.0.1:1" });
  const script = `rasid() { "${process.execPath}" --import tsx src/cli.ts "$@"; }; set -o pipefail; ${line}`;
  return new Promise((resolve) => {
    execFile("bash", ["-c", script], { cwd: root, env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}
