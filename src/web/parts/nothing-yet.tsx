import { useWords } from "../words/words.ts";
import type { IconName } from "./icon.tsx";
import { StateMessage } from "./state-message.tsx";
import { words } from "./words.ts";

interface NothingYetProps {
  readonly title: string;
  readonly hint: string;
  readonly icon?: IconName;
}

/** Where a list is empty because no feed has brought anything: the way to the feeds, and a try without them. */
export function NothingYet({ title, hint, icon = "list" }: NothingYetProps) {
  const text = useWords(words);
  return (
    <StateMessage kind="empty" title={title} hint={hint} icon={icon}>
      <a class="button" href="/feeds">
        {text.toFeeds}
      </a>
      <a class="button" href="/read">
        {text.toRead}
      </a>
    </StateMessage>
  );
}
