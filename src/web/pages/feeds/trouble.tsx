import { toldOf } from "../../parts/reasons/reason-text.ts";
import { ToldText } from "../../parts/reasons/told-text.tsx";
import { useWords } from "../../words/words.ts";
import { type Feed, troubleOf } from "./feed-health.ts";
import { words } from "./words.ts";

/** What is wrong with a feed in words; with `advice`, what to do about it and what the server said. */
export function Trouble({ feed, advice = false }: { feed: Feed; advice?: boolean }) {
  const text = useWords(words);
  const kind = troubleOf(feed);
  if (kind === null) return null;
  const { what, todo } = text.troubles[kind] ?? text.troubles.other;
  if (!advice) return <span class="feed-trouble">{what}</span>;
  return (
    <div class="feed-trouble-full">
      <p>
        <strong>{what}</strong> {todo}
      </p>
      {feed.lastError !== null && (
        <p class="small muted">
          {text.saidExactly} <ToldText told={toldOf(feed.lastError, feed.lastErrorCoded)} />
        </p>
      )}
    </div>
  );
}
