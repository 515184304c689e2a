import { dateText } from "../../words/dates.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import { sumOf } from "./feed-health.ts";
import { words } from "./words.ts";

interface BarsProps {
  readonly days: readonly string[];
  readonly counts: readonly number[];
}

const WIDTH = 4;
const GAP = 1.5;
const HEIGHT = 22;

/** Items a day as small bars, today the last: one path, for there may be hundreds of them on a page. */
export function ActivityBars({ days, counts }: BarsProps) {
  const text = useWords(words);
  const most = Math.max(...counts, 1);
  const bar = (count: number, at: number) => {
    const height = count === 0 ? 1 : Math.max(2, (count / most) * HEIGHT);
    return `M${at * (WIDTH + GAP)} ${HEIGHT}v${-height}h${WIDTH}v${height}z`;
  };
  return (
    <svg
      class="activity-bars"
      viewBox={`0 0 ${days.length * (WIDTH + GAP)} ${HEIGHT}`}
      role="img"
      aria-label={text.activityLabel(sumOf(counts), days.length)}
    >
      <path d={counts.map(bar).join("")} />
    </svg>
  );
}

/** Items a day as a chart that can be read: a bar a day with its number. */
export function ActivityChart({ days, counts }: BarsProps) {
  const language = useLanguage();
  const text = useWords(words);
  const most = Math.max(...counts, 1);
  return (
    <ol class="activity-chart" aria-label={text.activity}>
      {days.map((day, at) => {
        const count = counts[at] ?? 0;
        const date = new Date(`${day}T12:00:00`);
        return (
          <li key={day} title={`${dateText(language, date, "day")}: ${count}`}>
            <span class="activity-count numeric">{count === 0 ? "" : count}</span>
            <span
              class="activity-bar"
              style={{ blockSize: `${count === 0 ? 1 : Math.max(3, (count / most) * 96)}px` }}
            />
            <span class="small muted">{date.getDate()}</span>
            <span class="visually-hidden">{`${dateText(language, date, "day")}: ${count}`}</span>
          </li>
        );
      })}
    </ol>
  );
}
