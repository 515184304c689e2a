import { appendFileSync } from "node:fs";

/** How much of the full counts a run does: RASID_FAULTS_SCALE, 1 for all of them. Default a twentieth. */
export function scale(): number {
  return Number(process.env.RASID_FAULTS_SCALE ?? "0.05");
}

/** A count at the run's scale, at least `least`. */
export function scaled(full: number, least = 1): number {
  return Math.max(least, Math.round(full * scale()));
}

/** Says what was done and found, and adds it to the file that RASID_FAULTS_REPORT names (JSON Lines). */
export function report(what: string, found: object): void {
  const line = JSON.stringify({ what, at: new Date().toISOString(), ...found });
  console.log(line);
  if (process.env.RASID_FAULTS_REPORT) appendFileSync(process.env.RASID_FAULTS_REPORT, `${line}\n`);
}
