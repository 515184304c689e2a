import type { z } from "zod";
import type { itemShown } from "../../../api/item-shown.ts";
import { Badge } from "../../parts/badge.tsx";
import { directionOf, Marked } from "../../parts/quote.tsx";
import { Time } from "../../parts/time.tsx";
import { useLanguageName } from "../../words/language-names.ts";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

/** An item of a list: its title and a piece of its text in its own language, with the words searched for marked. */
export function ItemRow({ item }: { item: z.output<typeof itemShown> }) {
  const text = useWords(words);
  const languageName = useLanguageName();
  const { snippet, lang, title } = item;
  const own = { dir: directionOf(lang), ...(lang === null ? {} : { lang }) };
  return (
    <li class="link-row item-row">
      <a class="link-row-link item-row-link" href={`/items/${item.id}`} {...own}>
        {title === "" ? text.untitled : <Marked text={title} spans={item.titleHits} />}
      </a>
      {snippet.text !== "" && (
        <p class="item-row-snippet" {...own}>
          {snippet.cutBefore && "… "}
          <Marked text={snippet.text} spans={snippet.hits} />
          {snippet.cutAfter && " …"}
        </p>
      )}
      <p class="link-row-meta">
        <bdi>{item.source}</bdi>
        {lang !== null && <span>{languageName(lang)}</span>}
        <Time at={item.publishedAt ?? item.firstSeenAt} />
        {item.relevant === true && <Badge tone="accent">{text.aboutStory}</Badge>}
        {item.claims > 0 && <Badge tone="notice">{text.claims(item.claims)}</Badge>}
        {item.revisions > 1 && <Badge tone="warning">{text.edited(item.revisions - 1)}</Badge>}
        {(item.clusterKind === "copy" || item.clusterKind === "exact") && (
          <Badge>{item.clusterKind === "copy" ? text.copy : text.exact}</Badge>
        )}
        {item.stage !== "done" && (
          <Badge tone={item.stage === "parked" ? "danger" : "neutral"}>{text.stages[item.stage]}</Badge>
        )}
      </p>
    </li>
  );
}
