import { Badge } from "../../parts/badge.tsx";
import { directionOf } from "../../parts/quote.tsx";
import { toldOf } from "../../parts/reasons/reason-text.ts";
import { ToldText } from "../../parts/reasons/told-text.tsx";
import { Time } from "../../parts/time.tsx";
import { useLanguage } from "../../words/language.ts";
import { spanText } from "../../words/spans.ts";
import { useWords } from "../../words/words.ts";
import { type Probed, roundSpan } from "./feed-health.ts";
import { words } from "./words.ts";

/** What one look at a feed shows: what would be read from it. */
export function ProbeResult({ feed }: { feed: Probed }) {
  const text = useWords(words);
  const language = useLanguage();
  const { amount, unit } = roundSpan(feed.waitSeconds);
  return (
    <section class="probe" aria-label={text.wouldBeRead}>
      <p class="row">
        <strong dir="auto">{feed.title}</strong>
        <Badge>{feed.format.toUpperCase()}</Badge>
        <span class="muted">
          {text.itemCount(feed.items)}
          {feed.newest !== null && (
            <>
              {" · "}
              {text.newest} <Time at={feed.newest} />
            </>
          )}
        </span>
      </p>
      {feed.movedTo !== null && <p class="small">{text.movedTo(feed.movedTo)}</p>}
      {feed.waitSeconds > 0 && <p class="small muted">{text.publisherWait(spanText(language, amount, unit))}</p>}
      {feed.warnings.length > 0 && (
        <ul class="probe-warnings small">
          {feed.warnings.map((warning, at) => (
            <li key={warning}>
              <ToldText told={toldOf(warning, feed.warningsCoded[at] ?? null)} />
            </li>
          ))}
        </ul>
      )}
      {feed.items === 0 ? (
        <p>{text.noItems}</p>
      ) : (
        // What scrolls must be reachable by keyboard.
        <ol class="probe-items" tabIndex={0}>
          {feed.sample.map((item, at) => (
            <li key={at} dir={directionOf(feed.language)} {...(feed.language === null ? {} : { lang: feed.language })}>
              <p class="probe-title">{item.title || text.untitled}</p>
              {item.text !== "" && item.text !== item.title && <p class="probe-text small muted">{item.text}</p>}
              {item.published !== null && (
                <p class="small muted">
                  <Time at={item.published} />
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
