import type { EvidenceShown } from "../../../api/evidence-shown.ts";
import { directionOf } from "../../parts/quote.tsx";
import { Time } from "../../parts/time.tsx";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

type Revision = EvidenceShown["revisions"][number];
type Part = NonNullable<Revision["difference"]>["text"][number];

/** What the publisher changed from revision to revision, word by word. */
export function RevisionList({ revisions }: { revisions: readonly Revision[] }) {
  const text = useWords(words);
  const changed = revisions.filter(({ difference }) => difference !== null);
  return (
    <section class="card" aria-labelledby="revisions">
      <h2 id="revisions">{text.revisions}</h2>
      <p class="muted">{changed.length === 0 ? text.oneRevision : text.revisionsLead}</p>
      {changed.map(({ id, number, seenAt, lang, difference }) => (
        <article key={id} class="revision">
          <h3>
            {text.revisionNumber(number)} · <Time at={seenAt} />
          </h3>
          <Difference label={text.titleChange} parts={difference?.title ?? []} lang={lang} />
          <Difference label={text.textChange} parts={difference?.text ?? []} lang={lang} />
        </article>
      ))}
    </section>
  );
}

function Difference({ label, parts, lang }: { label: string; parts: readonly Part[]; lang: string | null }) {
  const text = useWords(words);
  if (parts.every(({ kind }) => kind === "same"))
    return (
      <p class="small muted">
        {label}: {text.unchanged}
      </p>
    );
  return (
    <div class="difference">
      <p class="small muted">{label}</p>
      <p class="difference-text" dir={directionOf(lang)} {...(lang ? { lang } : {})}>
        {parts.map(({ kind, text: said }, index) => (
          <span key={`${index} ${kind}`}>
            {kind === "same" ? said : kind === "removed" ? <del>{said}</del> : <ins>{said}</ins>}{" "}
          </span>
        ))}
      </p>
    </div>
  );
}
