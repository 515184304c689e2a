/** Calendar days as ISO dates ("2022-09-13"), compared as text. */
export interface DayRange {
  readonly from: string | null;
  readonly to: string | null;
}

const DAY = 86_400_000;
const zones = new Map<string, Intl.DateTimeFormat>();

/** The local day of a moment in a zone. A bare date is that day itself, whatever the zone. */
export function dayIn(moment: string, zone: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(moment)) return moment;
  const time = new Date(moment);
  if (Number.isNaN(time.getTime())) return moment.slice(0, 10);
  let format = zones.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    zones.set(zone, format);
  }
  return format.format(time);
}

/** The day `count` days later, or earlier when negative. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
}

/** How many days `to` lies after `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

export function monthOf(day: string): number {
  return Number(day.slice(5, 7));
}

/** ISO date of a day that exists, else null. */
export function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

export function wholeMonth(year: number, month: number): DayRange {
  const next = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  return { from: isoDay(year, month, 1), to: addDays(next, -1) };
}

export function wholeYear(year: number): DayRange {
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}
