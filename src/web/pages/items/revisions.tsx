import { directionOf } from "../../parts/quote.tsx";
import { Time } from "../../parts/time.tsx";
import { useWords } from "../../words/words.ts";
import type { ItemDetail } from "./item-page.tsx";
import { words } from "./words.ts";

type Revision = ItemDetail["revisions"][number];
type Part = NonNullable<Revision["difference"]>["text"][number];

/** Every state of the item's text, the newest first, with what each edit changed. */
export function Revisions({ item, traced }: { item: ItemDetail; traced: number | null }) {
  const text = useWords(words);
  if (item.revisions.length < 2) return null;
  return (
    <section class="card">
      <h2>{text.revisions}</h2>
      <ol class="revisions">
        {[...item.revisions].reverse().map((revision) => (
          <li key={revision.id}>
            <p class="row">
              <strong>{text.revision(revision.number)}</strong>
              <Time at={revision.updatedAt ?? revision.seenAt} />
              {revision.number !== traced && (
                <a href={`/items/${item.id}?revision=${revision.number}`}>{text.showTrace}</a>
              )}
            </p>
            {revision.difference === null && <p class="muted">{text.firstRevision}</p>}
            {revision.difference !== null && (
              <div class="difference" lang={revision.lang ?? undefined} dir={directionOf(revision.lang)}>
                {revision.difference.title.some(({ kind }) => kind !== "same") && (
                  <p class="difference-title">
                    <Difference parts={revision.difference.title} />
                  </p>
                )}
                <p>
                  <Difference parts={revision.difference.text} />
                </p>
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What stays is shortened: an edit mostly changes a word. */
const AROUND = 80;

function Difference({ parts }: { parts: readonly Part[] }) {
  return (
    <>
      {parts.map(({ kind, text: piece }, index) => {
        // The same words may come again: their place tells them apart.
        const key = `${index} ${kind}`;
        if (kind === "removed") return <del key={key}>{piece} </del>;
        if (kind === "added") return <ins key={key}>{piece} </ins>;
        return <span key={key}>{shortened(piece, { first: index === 0, last: index === parts.length - 1 })} </span>;
      })}
    </>
  );
}

function shortened(piece: string, { first, last }: { first: boolean; last: boolean }): string {
  if (piece.length <= AROUND * 2) return piece;
  const begin = first ? "" : piece.slice(0, AROUND);
  const end = last ? "" : piece.slice(-AROUND);
  return `${begin} … ${end}`;
}
