import type { z } from "zod";
import type { parkedShown, pipelineHealth } from "../../../api/pipeline-shown.ts";

export type Health = z.output<typeof pipelineHealth>;
export type Parked = z.output<typeof parkedShown>;

/** What `/readyz` answers. */
export interface Readiness {
  readonly status: string;
  readonly parts: Readonly<Record<string, boolean>>;
}

interface Units {
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

/** A time span in its two largest units: "3 h 20 min". */
export function spanText(seconds: number, units: Units): string {
  const whole = Math.round(seconds);
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), units.day],
    [Math.floor(whole / 3600) % 24, units.hour],
    [Math.floor(whole / 60) % 60, units.minute],
    [whole % 60, units.second],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return `0 ${units.second}`;
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(" ");
}
