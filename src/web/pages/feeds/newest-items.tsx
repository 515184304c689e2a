import { useQuery } from "../../api/use-query.ts";
import { directionOf } from "../../parts/quote.tsx";
import { LoadingMessage, StateMessage } from "../../parts/state-message.tsx";
import { Time } from "../../parts/time.tsx";
import { useWords } from "../../words/words.ts";
import type { Feed } from "./feed-health.ts";
import { words } from "./words.ts";

const EVERY_MS = 10_000;

interface ItemList {
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly lang: string | null;
    readonly firstSeenAt: string;
  }[];
}

/** What the feed brought last. */
export function NewestItems({ feed }: { feed: Feed }) {
  const text = useWords(words);
  const { data } = useQuery<ItemList>("/api/v1/items", { query: { feed: feed.id, limit: 10 }, everyMs: EVERY_MS });
  return (
    <section class="card">
      <h2>{text.newestItems}</h2>
      {data === undefined && <LoadingMessage lines={4} />}
      {data?.items.length === 0 && <StateMessage kind="empty" title={text.nothingYet} hint={text.nothingYetHint} />}
      <ol class="feed-items">
        {data?.items.map((item) => (
          <li key={item.id}>
            <a
              href={`/items/${item.id}`}
              dir={directionOf(item.lang)}
              {...(item.lang === null ? {} : { lang: item.lang })}
            >
              {item.title || text.untitled}
            </a>
            <span class="small muted">
              <Time at={item.firstSeenAt} as="ago" />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
