/** The words that dates in feeds are written with; they come from the configuration. */
export interface DateWords {
  /** Month names and their short forms, lower case, each with its number from 1 to 12. */
  readonly months: ReadonlyMap<string, number>;
  /** Zone abbreviations, lower case, in minutes east of UTC. */
  readonly zones: ReadonlyMap<string, number>;
}

interface DateParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** Minutes east of UTC; undefined where the text names no zone. */
  zone: number | undefined;
}

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s*([a-z]{1,5})?\s*([+-]\d{1,2}:?(?:\d{2})?)?$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?\s*(z)?\s*([+-]\d{2}:?\d{2})?$/i;

/**
 * Reads a date as feeds write it: RFC 822 and its many variants, ISO 8601, numeric forms, epoch seconds, month names
 * of the configured languages in any order.
 * @param timeZone IANA zone in which a date without zone is read; UTC unless given.
 * @returns ISO 8601 in UTC; null where the text is no date.
 */
export function parseFeedDate(text: string, words: DateWords, timeZone = "UTC"): string | null {
  if (text.length > 120) return null;
  const plain = plainDigits(text).trim();
  const fraction = /:\d{2}[.,](\d{1,3})/.exec(plain)?.[1] ?? "";
  const parts = isoParts(plain, words) ?? epochParts(plain) ?? looseParts(plain, words);
  if (parts === undefined || !isReal(parts)) return null;
  const wall = Date.UTC(
    parts.year,
    parts.month - 1,
    parts.day,
    parts.hour,
    parts.minute,
    Math.min(parts.second, 59),
    Number(fraction.padEnd(3, "0")),
  );
  const offset = parts.zone ?? offsetOf(timeZone, wall);
  return new Date(wall - offset * 60_000).toISOString();
}

/** Digits of other scripts become ASCII, direction marks vanish, exotic spaces and commas become spaces. */
function plainDigits(text: string): string {
  return text
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]/g, "")
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\s\u00a0\u202f،]+/g, " ")
    .replace(/[\u2212\u2013]/g, "-");
}

function isoParts(text: string, words: DateWords): DateParts | undefined {
  const match = ISO.exec(text) ?? COMPACT.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, name, offset] = match;
  const zone = zoneOf(name, offset, words);
  return { ...clock(hour, minute, second), year: Number(year), month: Number(month), day: Number(day), zone };
}

function epochParts(text: string): DateParts | undefined {
  if (!/^\d{10}$|^\d{13}$/.test(text)) return undefined;
  const date = new Date(text.length === 10 ? Number(text) * 1000 : Number(text));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    zone: 0,
  };
}

function clock(
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
): Pick<DateParts, "hour" | "minute" | "second"> {
  return { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0) };
}

/** Day, month name, year, time and zone in any order; weekdays and filling words are passed over. */
function looseParts(text: string, words: DateWords): DateParts | undefined {
  const time = /(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\b)?/i.exec(text);
  const offset = /(?<![\d:.])(gmt|utc|ut)?\s*([+-]\d{1,2}:?(?:\d{2})?)(?=\s|$|\))/i.exec(
    text.slice((time?.index ?? 0) + (time?.[0].length ?? 0)),
  );
  const rest = text.replace(time?.[0] ?? "", " ").replace(time !== null && offset !== null ? offset[0] : "", " ");
  const date = namedDate(rest, words) ?? numericDate(rest, time?.[4] !== undefined);
  if (date === undefined) return undefined;
  const { hour, minute, second } = clock(time?.[1], time?.[2], time?.[3]);
  const half = time?.[4]?.toLowerCase();
  const zone = time === null ? undefined : zoneOf(zoneWord(rest, words), offset?.[2], words);
  return {
    ...date,
    hour: half === undefined ? hour : (hour % 12) + (half.startsWith("p") ? 12 : 0),
    minute,
    second,
    zone,
  };
}

function namedDate(text: string, words: DateWords): Pick<DateParts, "year" | "month" | "day"> | undefined {
  let month: number | undefined;
  const numbers: string[] = [];
  const bare = text
    .toLowerCase()
    .split(/[\s,/()-]+/)
    .map((word) => word.replace(/\.$/, ""));
  for (const [index, word] of bare.entries()) {
    month ??= words.months.get(`${word} ${bare[index + 1]}`) ?? words.months.get(word);
    if (/^\d{1,4}(?:st|nd|rd|th|er|-?го|г)?$/.test(word)) numbers.push(word.replace(/\D+$/, ""));
  }
  if (month === undefined || numbers.length < 2) return undefined;
  const yearAt = numbers.findIndex((number) => number.length === 4);
  const year = numbers.splice(yearAt === -1 ? 1 : yearAt, 1)[0] ?? "";
  return { year: fullYear(year), month, day: Number(numbers[0]) };
}

/** 15.09.2022, 15/09/2022, 2022/09/15; 9/15/2022 where no other reading is possible or the clock has AM and PM. */
function numericDate(text: string, halfDays: boolean): Pick<DateParts, "year" | "month" | "day"> | undefined {
  const match = /(?<!\d)(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?!\d)/.exec(text);
  if (match === null) return undefined;
  const [, first = "", separator, second = "", third = ""] = match;
  if (first.length === 4) return { year: Number(first), month: Number(second), day: Number(third) };
  const monthFirst = separator === "/" && Number(first) <= 12 && (halfDays || Number(second) > 12);
  return {
    year: fullYear(third),
    month: Number(monthFirst ? first : second),
    day: Number(monthFirst ? second : first),
  };
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function zoneWord(text: string, words: DateWords): string | undefined {
  return text
    .toLowerCase()
    .split(/[\s,()]+/)
    .findLast((word) => words.zones.has(word));
}

/** An offset counts more than a name: "GMT+0400", "MSK (UTC+3)". */
function zoneOf(name: string | undefined, offset: string | undefined, words: DateWords): number | undefined {
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(offset ?? "");
  if (match !== null) {
    const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
    return minutes > 14 * 60 ? undefined : match[1] === "-" ? -minutes : minutes;
  }
  return name === undefined ? undefined : words.zones.get(name.toLowerCase());
}

/** Years before feeds existed are clocks that were never set; 24:00 and a leap second are real. */
function isReal(parts: DateParts): boolean {
  const { year, month, day, hour, minute, second } = parts;
  if (year < 1990 || year > 2200 || month < 1 || month > 12 || day < 1) return false;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return false;
  return minute < 60 && second <= 60 && (hour < 24 || (hour === 24 && minute === 0 && second === 0));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of UTC of a zone at a wall-clock time given as if it were UTC. */
function offsetOf(timeZone: string, wall: number): number {
  if (timeZone === "UTC") return 0;
  const shown = (instant: number): number => {
    let format = formats.get(timeZone);
    if (format === undefined) {
      format = new Intl.DateTimeFormat("en-US", {
        timeZone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      });
      formats.set(timeZone, format);
    }
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
    return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
  };
  const whole = Math.floor(wall / 1000) * 1000;
  const guess = shown(whole) - whole;
  return (shown(whole - guess) - (whole - guess)) / 60_000;
}
