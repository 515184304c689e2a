import { useEffect, useState } from "preact/hooks";
import { agoText, dateText } from "../words/dates.ts";
import { useLanguage } from "../words/language.ts";

interface TimeProps {
  /** ISO 8601; a plain date (`2022-09-14`) is shown as a day. */
  readonly at: string;
  /** `time`: day and minute; `day`; `both`: in the reader's zone, UTC beneath it; `ago`: how long ago. */
  readonly as?: "time" | "day" | "both" | "ago";
}

/** A time in the reader's zone; the full date and UTC are in its title. */
export function Time({ at, as = "time" }: TimeProps) {
  const language = useLanguage();
  const now = useNow(as === "ago");
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(at);
  const date = new Date(plain ? `${at}T12:00:00` : at);
  if (Number.isNaN(date.getTime())) return <span>{at}</span>;
  const full = plain
    ? dateText(language, date, "day")
    : `${dateText(language, date, "full")} · ${dateText(language, date, "utc")}`;
  const short =
    as === "ago" && !plain
      ? agoText(language, date, now)
      : dateText(language, date, plain || as === "day" ? "day" : "time");
  return (
    <time class="time" dateTime={at} title={full}>
      {short}
      {as === "both" && !plain && <span class="time-utc">{dateText(language, date, "utc")}</span>}
    </time>
  );
}

/** Turns over every half minute where relative times are shown. */
function useNow(turning: boolean): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (!turning) return;
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, [turning]);
  return now;
}
