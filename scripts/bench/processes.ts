import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What a group of processes has used. Null fields where the system has no /proc. */
export interface Usage {
  readonly cpuMs: number | null;
  readonly rssMb: number | null;
}

const TICK_MS = 10;

/** CPU time of a process and of its children that ended, ms. */
function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [11, 12, 13, 14].reduce((sum, place) => sum + Number(fields[place]), 0) * TICK_MS;
}

/** A process and all that stand below it. */
export function withChildren(pid: number): number[] {
  const found = [pid];
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc"))
    if (/^\d+$/.test(name))
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
      } catch {
        // It ended meanwhile.
      }
  for (const at of found) for (const [child, parent] of parents) if (parent === at) found.push(child);
  return found;
}

/** CPU time that processes and their children have used up to now. */
export function cpuMs(pid: number, options: { children: boolean }): number | null {
  try {
    return (options.children ? withChildren(pid) : [pid]).reduce((sum, one) => sum + cpuOf(one), 0);
  } catch {
    return null;
  }
}

/** Resident memory of one process, MB. */
export function rssMb(pid: number): number | null {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    try {
      return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
    } catch {
      return null;
    }
  }
}

/** Open files and sockets of one process. */
export function handlesOf(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}

const ours = new Set<number>();
let watching = false;

/** Ends a process with this one, also when this one is interrupted. */
export function endWithUs(pid: number): void {
  if (!watching) {
    watching = true;
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
    process.once("exit", () => {
      for (const one of ours)
        try {
          process.kill(one, "SIGTERM");
        } catch {
          // It has ended.
        }
    });
  }
  ours.add(pid);
}

/** It has ended: its number may be another program's soon. */
export function hasEnded(pid: number): void {
  ours.delete(pid);
}

/** Notes the memory of a process now and then. Stop it for the figures. */
export function watchMemory(pid: number, everyMs = 250): { stop(): { peakMb: number | null; lastMb: number | null } } {
  let peak: number | null = null;
  let last: number | null = null;
  const timer = setInterval(() => {
    last = rssMb(pid) ?? last;
    if (last !== null) peak = Math.max(peak ?? 0, last);
  }, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return { peakMb: peak, lastMb: last };
    },
  };
}
