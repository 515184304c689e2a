import type { EvidenceShown } from "../../../api/evidence-shown.ts";
import type { StandingShown } from "../../../api/story-shown.ts";
import { Badge, severityTone } from "../../parts/badge.tsx";
import { headlineOf } from "../../parts/claims/alert-headline.ts";
import { AlertLine } from "../../parts/claims/alert-line.tsx";
import { claimText } from "../../parts/claims/claim-text.ts";
import { claimWords } from "../../parts/claims/claim-words.ts";
import type { Namer } from "../../parts/claims/use-labels.ts";
import { Time } from "../../parts/time.tsx";
import { useLanguage } from "../../words/language.ts";
import { counted, useWords } from "../../words/words.ts";
import { words } from "./words.ts";

interface ConsequencesProps {
  readonly evidence: EvidenceShown;
  readonly names: Namer;
}

/** What stood before and after it, and the alerts that it raised. */
export function Consequences({ evidence: { standings, alerts, observation }, names }: ConsequencesProps) {
  const text = useWords(words);
  const language = useLanguage();
  const { severities, kinds } = useWords(claimWords);
  const moved = standings.filter(({ after }) => after.observation === observation.id || alerts.length > 0);
  const carried = standings.find(
    ({ before, after }) => after.side === observation.side && before !== null && after.sources > before.sources,
  )?.after.sources;
  return (
    <section class="card" aria-labelledby="moved">
      <h2 id="moved">{text.moved}</h2>
      {moved.length === 0 ? (
        <p class="muted">
          {carried === undefined ? text.notMoved : text.carries(counted(language, carried, text.sources))}
        </p>
      ) : (
        <ul class="moved">
          {moved.map(({ before, after }) => (
            <li key={after.id}>
              <span class="moved-side">
                {names.entity(after.side)}
                {after.stage !== null && ` · ${names.position(after.stage)}`}
              </span>
              <Stood label={text.before} standing={before} names={names} />
              <Stood label={text.after} standing={after} names={names} />
            </li>
          ))}
        </ul>
      )}
      <h3>{text.alerts}</h3>
      {alerts.length === 0 ? (
        <p class="muted">{text.noAlerts}</p>
      ) : (
        <ul class="raised">
          {alerts.map((alert) => {
            const severity = "severity" in alert.body.data ? String(alert.body.data.severity) : "low";
            return (
              <li key={alert.id}>
                <a href={`/alerts/${alert.id}`}>
                  <AlertLine headline={headlineOf(alert.body, language, names)} />
                </a>
                <span class="small muted">
                  <Badge tone={severityTone(severity)}>{severities[severity] ?? severity}</Badge>{" "}
                  {kinds[alert.body.type] ?? alert.body.type} · <Time at={alert.createdAt} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function Stood({ label, standing, names }: { label: string; standing: StandingShown | null; names: Namer }) {
  const text = useWords(words);
  const language = useLanguage();
  return (
    <span class="stood">
      <span class="small muted">{label}</span>
      <strong>{standing?.current ? claimText(language, standing.current, names) : text.nothing}</strong>
      {standing !== null && standing.sources > 0 && (
        <span class="small muted">{counted(language, standing.sources, text.sources)}</span>
      )}
    </span>
  );
}
