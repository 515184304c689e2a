import type { z } from "zod";
import type { explanation } from "../../../api/explanation.ts";
import { useQuery } from "../../api/use-query.ts";
import { Badge, severityTone } from "../../parts/badge.tsx";
import { claimOf, headlineOf, headlineText } from "../../parts/claims/alert-headline.ts";
import { becauseText } from "../../parts/claims/because-words.ts";
import { claimWords } from "../../parts/claims/claim-words.ts";
import { useLabels } from "../../parts/claims/use-labels.ts";
import { Confidence } from "../../parts/confidence.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PendingPage } from "../../parts/pending-page.tsx";
import { Time } from "../../parts/time.tsx";
import { useKeys } from "../../parts/use-keys.ts";
import { navigate, type PageProps } from "../../shell/router.ts";
import { useLanguage } from "../../words/language.ts";
import { numberText, useWords } from "../../words/words.ts";
import { AlertDeliveries } from "./alert-deliveries.tsx";
import { Carriers, RelatedAlerts, Said, Standings } from "./alert-steps.tsx";
import { words } from "./words.ts";
import "../../parts/filters.css";
import "./alerts.css";

export type Explained = z.output<typeof explanation>;

/** `/alerts/:id`: from the words that raised an alert to its deliveries. */
export function Page({ params }: PageProps) {
  const text = useWords(words);
  const id = params.id ?? "";
  const { data, error, loading, reload } = useQuery<Explained>(`/api/v1/alerts/${encodeURIComponent(id)}/explain`);
  useKeys({ Escape: () => navigate("/alerts") });
  const back = { href: "/alerts", label: text.back };
  if (data !== undefined) return <Alert explained={data} reload={reload} />;
  return (
    <PendingPage title={text.title} back={back} asked={{ error, loading, reload }} lines={8} notFound={text.notFound}>
      <a class="button" href="/alerts">
        {text.back}
      </a>
    </PendingPage>
  );
}

function Alert({ explained, reload }: { explained: Explained; reload: () => void }) {
  const text = useWords(words);
  const language = useLanguage();
  const { alert, rule } = explained;
  const data = claimOf(alert.body);
  const names = useLabels(data?.story ?? null);
  const because = becauseText(language, rule.because, alert.becauseCoded);
  return (
    <>
      <PageHeader
        title={headlineText(headlineOf(alert.body, language, names), language)}
        back={{ href: "/alerts", label: text.back }}
        lead={<Marks explained={explained} />}
      />
      <div class="stack">
        <section class="card">
          <h2>{text.because}</h2>
          <p class="alert-because-text" lang={because.lang} dir={because.lang === "ar" ? "rtl" : "ltr"}>
            {because.text}
          </p>
          <Change explained={explained} />
          {data === null && <Operational explained={explained} />}
        </section>
        {data !== null && (
          <div class="alert-columns">
            <div class="stack">
              <Said explained={explained} />
            </div>
            <div class="stack">
              <Standings explained={explained} names={names} />
              <Carriers explained={explained} />
              <RelatedAlerts explained={explained} names={names} />
            </div>
          </div>
        )}
        <AlertDeliveries explained={explained} reload={reload} />
      </div>
    </>
  );
}

function Marks({ explained: { alert, rule } }: { explained: Explained }) {
  const text = useWords(words);
  const named = useWords(claimWords);
  return (
    <span class="row">
      <Badge tone={severityTone(rule.severity)}>{named.severities[rule.severity] ?? rule.severity}</Badge>
      <span>{named.kinds[rule.kind] ?? rule.kind}</span>
      {rule.sources !== null && <Confidence value={rule.confidence} />}
      {rule.sources !== null && <span>{text.sources(rule.sources)}</span>}
      <span>
        {text.reported} <Time at={alert.body.timestamp} />
      </span>
      <span>
        {text.raised} <Time at={alert.createdAt} as="ago" />
      </span>
    </span>
  );
}

function Change({ explained: { rule, alert } }: { explained: Explained }) {
  const text = useWords(words);
  const language = useLanguage();
  const added = claimOf(alert.body)?.after?.increment;
  const step = rule.change?.step;
  const ratio = rule.change?.ratio;
  if (typeof step !== "number" || typeof ratio !== "number") return null;
  const sign = step > 0 ? "+" : "";
  return (
    <p class="muted">
      {text.change}:{" "}
      <bdi class="numeric" dir="ltr">
        {text.step(`${sign}${step}`, `${sign}${Math.round(ratio * 100)}%`)}
      </bdi>
      {typeof added === "number" && ` · ${text.added(numberText(language, added))}`}
    </p>
  );
}

function Operational({ explained: { alert } }: { explained: Explained }) {
  const text = useWords(words);
  const subject = "subject" in alert.body.data ? String(alert.body.data.subject) : "";
  const endpoint = alert.body.type.startsWith("endpoint");
  return (
    <p>
      <a href={`${endpoint ? "/endpoints" : "/feeds"}/${encodeURIComponent(subject)}`}>
        {endpoint ? text.toEndpoint : text.toFeed}
      </a>
    </p>
  );
}
