import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";

/** Tells one process from a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the words of the system; "" where the system does not tell. */
  readonly started: string;
}

/** The identity of a process that lives now; null when there is none with this pid. */
export function identify(pid: number): ProcessIdentity | null {
  if (!isAlive(pid)) return null;
  if (process.platform === "linux") return identifyOnLinux(pid);
  if (process.platform === "win32") return { pid, started: "" };
  const shown = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], {
    encoding: "utf8",
    env: { LC_ALL: "C", PATH: "/usr/bin:/bin" },
  });
  return { pid, started: shown.stdout?.trim() ?? "" };
}

/** Tells whether this very process still lives, not another that was given its pid. */
export function isStillAlive(known: ProcessIdentity): boolean {
  const now = identify(known.pid);
  return now !== null && (now.started === "" || known.started === "" || now.started === known.started);
}

/** The command line of a process, "" where it cannot be read. */
export function commandLineOf(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
  if (process.platform === "win32") return "";
  const shown = spawnSync("ps", ["-o", "command=", "-p", String(pid)], {
    encoding: "utf8",
    env: { LC_ALL: "C", PATH: "/usr/bin:/bin" },
  });
  return shown.stdout?.trim() ?? "";
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Ticks since boot repeat after a reboot, and pids of another container mean nothing here: both are part of the name. */
function identifyOnLinux(pid: number): ProcessIdentity | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return null;
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const space = readlinkSync("/proc/self/ns/pid");
    return { pid, started: `${boot} ${space} ${fields[19]}` };
  } catch {
    return null;
  }
}
