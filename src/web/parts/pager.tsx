import { useWords } from "../words/words.ts";
import { words } from "./words.ts";

interface PagerProps {
  readonly more: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
}

/** The way to the next page of a list: takes what `usePages` gives. */
export function Pager({ more, loadingMore, loadMore }: PagerProps) {
  const text = useWords(words);
  if (!more) return null;
  return (
    <div class="pager">
      <button type="button" class="button" disabled={loadingMore} onClick={loadMore}>
        {loadingMore ? text.loading : text.more}
      </button>
    </div>
  );
}
