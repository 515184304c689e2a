/** Calendar days as ISO dates ("2022-09-13"), compared as text. */
export interface DayRange {
  readonly from: string | null;
  readonly to: string | null;
}

const DAY = 86_400_000;
/** Formatting in a zone is slow, and many items ask for the same moment. */
const days = new Map<string, string>();
const zones = new Map<string, Intl.DateTimeFormat>();

/** The local day of a moment in a zone. A bare date is that day itself, whatever the zone. */
export function dayIn(moment: string, zone: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(moment)) return moment;
  const key = `${zone} ${moment}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const day = localDay(moment, zone);
  if (days.size < 10_000) days.set(key, day);
  return day;
}

function localDay(moment: string, zone: string): string {
  const time = new Date(moment);
  if (Number.isNaN(time.getTime())) return moment.slice(0, 10);
  let format = zones.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    zones.set(zone, format);
  }
  return format.format(time);
}

const isoOf = new Map<number, string>();

/** ISO date of a count of days since 1970. Few different days occur, so they are written once. */
function isoFrom(dayNumber: number): string {
  const known = isoOf.get(dayNumber);
  if (known !== undefined) return known;
  const iso = new Date(dayNumber * DAY).toISOString().slice(0, 10);
  if (isoOf.size < 20_000) isoOf.set(dayNumber, iso);
  return iso;
}

function numberOf(day: string): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / DAY;
}

/** The day `count` days later, or earlier when negative. */
export function addDays(day: string, count: number): string {
  return isoFrom(numberOf(day) + count);
}

/** How many days `to` lies after `from`. */
export function daysBetween(from: string, to: string): number {
  return numberOf(to) - numberOf(from);
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(day: string): number {
  return ((numberOf(day) + 3) % 7) + 1;
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

export function monthOf(day: string): number {
  return Number(day.slice(5, 7));
}

/** ISO date of a day that exists, else null. */
export function isoDay(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return isoFrom(Date.UTC(year, month - 1, day) / DAY);
}

function daysIn(year: number, month: number): number {
  return (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / DAY;
}

export function wholeMonth(year: number, month: number): DayRange {
  return { from: isoDay(year, month, 1), to: isoDay(year, month, daysIn(year, month)) };
}

export function wholeYear(year: number): DayRange {
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}
