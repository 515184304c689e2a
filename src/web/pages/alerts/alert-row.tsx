import { Badge, severityTone } from "../../parts/badge.tsx";
import { claimOf, headlineOf, type ShownAlert } from "../../parts/claims/alert-headline.ts";
import { AlertLine } from "../../parts/claims/alert-line.tsx";
import { becauseText } from "../../parts/claims/because-words.ts";
import { claimWords } from "../../parts/claims/claim-words.ts";
import { useLabels } from "../../parts/claims/use-labels.ts";
import { Confidence } from "../../parts/confidence.tsx";
import { Quote } from "../../parts/quote.tsx";
import { Time } from "../../parts/time.tsx";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

/** An alert of a list: what changed, how much it matters, and the words that say so. */
export function AlertRow({ alert, fresh }: { alert: ShownAlert; fresh: boolean }) {
  const text = useWords(words);
  const named = useWords(claimWords);
  const language = useLanguage();
  const data = claimOf(alert.body);
  const names = useLabels(data?.story ?? null);
  const severity = "severity" in alert.body.data ? String(alert.body.data.severity) : "low";
  const because =
    "because" in alert.body.data ? becauseText(language, String(alert.body.data.because), alert.becauseCoded) : null;
  const first = data?.evidence[0];
  return (
    <li class={`link-row alert-row alert-${severity}${fresh ? " alert-fresh" : ""}`}>
      <a class="link-row-link alert-row-link" href={`/alerts/${alert.id}`}>
        <AlertLine headline={headlineOf(alert.body, language, names)} />
      </a>
      <p class="link-row-meta">
        <Badge tone={severityTone(severity)}>{named.severities[severity] ?? severity}</Badge>
        <span>{named.kinds[alert.body.type] ?? alert.body.type}</span>
        {data !== null && <Confidence value={data.confidence} />}
        {data !== null && data.sources > 1 && <span>{text.sources(data.sources)}</span>}
        {first !== undefined && <bdi>{first.source}</bdi>}
        <Time at={alert.body.timestamp} />
      </p>
      {first !== undefined && (
        <div class="alert-row-quote">
          <Quote text={first.quote} lang={first.lang} />
        </div>
      )}
      {first === undefined && because !== null && (
        <p class="alert-row-because" lang={because.lang} dir={because.lang === "ar" ? "rtl" : "ltr"}>
          {because.text}
        </p>
      )}
    </li>
  );
}
