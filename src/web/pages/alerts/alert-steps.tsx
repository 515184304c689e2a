import { headlineOf, headlineText } from "../../parts/claims/alert-headline.ts";
import { claimText } from "../../parts/claims/claim-text.ts";
import { claimWords } from "../../parts/claims/claim-words.ts";
import { SideDot } from "../../parts/claims/side-dot.tsx";
import type { Namer } from "../../parts/claims/use-labels.ts";
import { Icon } from "../../parts/icon.tsx";
import { directionOf, Quote } from "../../parts/quote.tsx";
import { Time } from "../../parts/time.tsx";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import type { Explained } from "./alert-page.tsx";
import { words } from "./words.ts";

/** The words that an alert rests on, where they stand, and where that came from. */
export function Said({ explained: { span, revision, item, observation } }: { explained: Explained }) {
  const text = useWords(words);
  const named = useWords(claimWords);
  if (span === null || revision === null || item === null) return null;
  const before = span.before.length >= 120 ? `…${span.before}` : span.before;
  const shown = `${before}${span.quote}${span.after}${span.after.length >= 120 ? "…" : ""}`;
  return (
    <section class="card alert-said">
      <h2>{text.said}</h2>
      <p class="alert-said-title" lang={revision.lang ?? undefined} dir={directionOf(revision.lang)}>
        {revision.title}
      </p>
      <Quote
        text={shown}
        lang={revision.lang}
        spans={[{ start: before.length, end: before.length + span.quote.length }]}
      />
      <p class={span.holds ? "alert-holds" : "alert-holds alert-holds-not"}>
        <Icon name={span.holds ? "check" : "warning"} />
        {span.holds ? text.holds : text.holdsNot} · {span.field === "title" ? text.inTitle : text.inText}
      </p>
      <p class="row">
        <bdi class="alert-source">{item.source}</bdi>
        {item.tier !== null && <span class="muted">{named.tiers[item.tier]}</span>}
      </p>
      <p class="row muted">
        <span>
          {text.published} <Time at={revision.publishedAt ?? revision.seenAt} />
        </span>
        <span>{text.revision(revision.number)}</span>
      </p>
      <p class="row">
        <a href={`/items/${item.id}`}>{text.itemLink}</a>
        {observation !== null && (
          <a href={`/evidence/${observation.story}/${encodeURIComponent(observation.id)}`}>{text.evidence}</a>
        )}
        {item.url !== null && (
          <a href={item.url} target="_blank" rel="noreferrer noopener">
            {text.original}
          </a>
        )}
      </p>
    </section>
  );
}

/** The items that carry the same report. */
export function Carriers({ explained: { cluster } }: { explained: Explained }) {
  const text = useWords(words);
  if (cluster === null) return null;
  const kinds: Readonly<Record<string, string>> = { first: text.first, copy: text.copy, exact: text.exact };
  return (
    <section class="card">
      <h2>{text.cluster}</h2>
      <p class="muted">{cluster.members.length < 2 ? text.clusterAlone : text.clusterOf(cluster.members.length)}</p>
      <ul class="alert-carriers">
        {cluster.members.map((member) => (
          <li key={member.revision}>
            <a href={`/items/${member.item}`}>
              <bdi>{member.source}</bdi>
            </a>
            <span class="muted">{kinds[member.kind ?? ""] ?? ""}</span>
            <Time at={member.seenAt} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What stood before the alert, and what stands since. */
export function Standings({ explained: { standings, alert }, names }: { explained: Explained; names: Namer }) {
  const text = useWords(words);
  const language = useLanguage();
  const changed = standings.filter(
    ({ before, after }) => JSON.stringify(before?.current ?? null) !== JSON.stringify(after.current),
  );
  const baseline = "baseline" in alert.body.data ? (alert.body.data.baseline as Record<string, unknown> | null) : null;
  const state = (current: Record<string, unknown> | null | undefined) =>
    current ? claimText(language, current, names) : text.nothing;
  return (
    <section class="card">
      <h2>{text.standings}</h2>
      {changed.length === 0 && <p class="muted">{text.standingsNone}</p>}
      {changed.length > 0 && (
        <table class="alert-standings">
          <thead>
            <tr>
              <th scope="col">{text.side}</th>
              <th scope="col">{text.before}</th>
              <th scope="col">{text.after}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map(({ stood, after }) => (
              <tr key={after.id}>
                <th scope="row">
                  <SideDot side={after.side} />
                  <bdi>{names.entity(after.side)}</bdi>
                </th>
                <td>{state(stood)}</td>
                <td class="alert-standing-after">{state(after.current)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {baseline && (
        <p class="muted">
          {text.baseline}: <bdi>{state(baseline)}</bdi>
          {typeof baseline.speaker === "string" && (
            <>
              {" · "}
              <bdi>{names.entity(baseline.speaker)}</bdi>
            </>
          )}
        </p>
      )}
    </section>
  );
}

/** Alerts that confirm or withdraw this one, and the one that it speaks of. */
export function RelatedAlerts({ explained: { about, following }, names }: { explained: Explained; names: Namer }) {
  const text = useWords(words);
  const named = useWords(claimWords);
  const language = useLanguage();
  const list = [
    ...(about === null ? [] : [{ label: text.about, one: about }]),
    ...following.map((one) => ({ label: text.following, one })),
  ];
  if (list.length === 0) return null;
  return (
    <section class="card">
      <ul class="stack">
        {list.map(({ label, one }) => (
          <li key={one.id}>
            <p class="muted">{label}</p>
            <a href={`/alerts/${one.id}`}>
              {named.kinds[one.body.type]}: {headlineText(headlineOf(one.body, language, names), language)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
