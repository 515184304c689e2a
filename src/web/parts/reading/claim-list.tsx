import type { TraceShown } from "../../../api/trace-shown.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import { Badge, severityTone } from "../badge.tsx";
import { ARROWS } from "../claims/alert-headline.ts";
import { becauseText, decisionText } from "../claims/because-words.ts";
import { claimText } from "../claims/claim-text.ts";
import { claimWords } from "../claims/claim-words.ts";
import { SideDot } from "../claims/side-dot.tsx";
import type { Namer } from "../claims/use-labels.ts";
import { Quote } from "../quote.tsx";
import { nameOfClaim } from "./claim-name.ts";
import { When } from "./when.tsx";
import { words } from "./words.ts";

type Traced = TraceShown["claims"][number];

interface ClaimListProps {
  readonly trace: TraceShown;
  readonly lang: string;
  readonly names: Namer;
  readonly pasted: boolean;
}

/** Every claim that was read, and the rule that decided on it. */
export function ClaimList({ trace, lang, names, pasted }: ClaimListProps) {
  const text = useWords(words);
  const language = useLanguage();
  return (
    <section class="reading-claims">
      <h2>{text.claims}</h2>
      {trace.claims.length === 0 && <p class="muted">{text.claimsNone}</p>}
      <ol>
        {trace.claims.map((traced, index) => {
          const { claim, observations, when } = traced;
          const observation = observations[0];
          return (
            // The place in the list is what the marks in the text lead to.
            <li key={`${claim.field} ${claim.start} ${claim.end}`} id={`claim-${index + 1}`} class="card reading-claim">
              <h3>
                <span class={`claim-dot mark-${claim.kind}`} aria-hidden="true" />
                {nameOfClaim(traced, language, names)}
              </h3>
              <p class="row small muted">
                <span>
                  <SideDot side={claim.side} />
                  <bdi>{names.entity(claim.speaker)}</bdi>
                </span>
                {claim.kind === "figure" && <Role role={claim.role} />}
                <span>
                  {text.when}: <When when={when} />
                </span>
                {observation !== undefined && !pasted && (
                  <a href={`/evidence/${trace.story}/${encodeURIComponent(observation)}`}>{text.evidence}</a>
                )}
              </p>
              <Quote text={claim.quote} lang={lang} />
              <Outcome traced={traced} names={names} pasted={pasted} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Role({ role }: { role: string }) {
  const named = useWords(claimWords);
  return <span>{named.roles[role] ?? role}</span>;
}

function Outcome({ traced, names, pasted }: { traced: Traced; names: Namer; pasted: boolean }) {
  const text = useWords(words);
  const named = useWords(claimWords);
  const language = useLanguage();
  if (traced.decision !== null) {
    const because = decisionText(language, traced.decision);
    return (
      <p class="reading-outcome">
        <strong>{text.noAlert}</strong>{" "}
        <span lang={because.lang} dir={because.lang === "ar" ? "rtl" : "ltr"}>
          {because.text}
        </span>
      </p>
    );
  }
  return (
    <>
      {traced.alerts.map((alert) => {
        const because = becauseText(language, alert.because, null);
        const change = [alert.before, alert.after]
          .flatMap((state) => (state === null ? [] : [claimText(language, state, names)]))
          .join(` ${ARROWS[language]} `);
        return (
          <p key={alert.id} class="reading-outcome reading-outcome-alert">
            <strong>{pasted ? text.wouldAlert : text.alert}</strong>
            {alert.entered ? (
              <a href={`/alerts/${alert.id}`}>{named.kinds[alert.kind]}</a>
            ) : (
              <span>{named.kinds[alert.kind]}</span>
            )}
            <bdi>{change}</bdi>
            <Badge tone={severityTone(alert.severity)}>{named.severities[alert.severity] ?? alert.severity}</Badge>
            <span class="muted" lang={because.lang} dir={because.lang === "ar" ? "rtl" : "ltr"}>
              {because.text}
            </span>
          </p>
        );
      })}
    </>
  );
}
