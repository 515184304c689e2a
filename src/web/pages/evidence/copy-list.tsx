import type { EvidenceShown } from "../../../api/evidence-shown.ts";
import { Badge } from "../../parts/badge.tsx";
import { directionOf } from "../../parts/quote.tsx";
import { Time } from "../../parts/time.tsx";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

/** Who else carries the same report, the first to publish it first. */
export function CopyList({ copies, item }: { copies: EvidenceShown["copies"]; item: string }) {
  const text = useWords(words);
  const items = new Set(copies.map((copy) => copy.item));
  return (
    <section class="card" aria-labelledby="copies">
      <h2 id="copies">{text.copies}</h2>
      {items.size <= 1 ? (
        <p class="muted">{text.noCopies}</p>
      ) : (
        <>
          <p class="small muted">{text.copiesLead}</p>
          <ol class="copies">
            {copies.map((copy, index) => (
              <li key={copy.revision} class={copy.item === item ? "copy-own" : undefined}>
                <a
                  href={`/items/${copy.item}`}
                  dir={directionOf(copy.lang)}
                  {...(copy.lang ? { lang: copy.lang } : {})}
                >
                  {copy.title}
                </a>
                <span class="small muted">
                  <bdi>{copy.source}</bdi> · <Time at={copy.publishedAt ?? copy.seenAt} />{" "}
                  <Badge tone={index === 0 ? "accent" : "neutral"}>
                    {index === 0 ? text.first : copy.kind === "exact" ? text.exact : text.copy}
                  </Badge>{" "}
                  {copy.item === item && <Badge tone="notice">{text.this}</Badge>}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
