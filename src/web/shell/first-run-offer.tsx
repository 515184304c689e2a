import { useQuery } from "../api/use-query.ts";
import { Icon } from "../parts/icon.tsx";
import { useWords } from "../words/words.ts";
import { words } from "./words.ts";

const EVERY_MS = 10_000;

/** Above the opening page while the ledger is empty: the way to the first steps. */
export function FirstRunOffer() {
  const text = useWords(words);
  const { data } = useQuery<{ items: readonly unknown[] }>("/api/v1/items?limit=1", { everyMs: EVERY_MS });
  if (data === undefined || data.items.length > 0) return null;
  return (
    <aside class="first-run">
      <Icon name="flag" />
      <p>
        {text.nothingYet} <a href="/start">{text.firstSteps}</a>
      </p>
    </aside>
  );
}
