import type { TraceShown } from "../../../api/trace-shown.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import { decisionText } from "../claims/because-words.ts";
import { Icon } from "../icon.tsx";
import type { ReadingState } from "./reading-view.tsx";
import { words } from "./words.ts";

/** Why a text is, or is not, an alert: in one or two sentences. */
export function Verdict({ trace, state }: { trace: TraceShown; state: ReadingState }) {
  const text = useWords(words);
  const language = useLanguage();
  const { relevance, claims } = trace;
  const alerts = claims.reduce((sum, claim) => sum + claim.alerts.length, 0);
  const reasons = new Map(
    claims.flatMap(({ decision }) =>
      decision === null ? [] : [[decision.rule, decisionText(language, decision)] as const],
    ),
  );
  const quiet = relevance.relevant && alerts === 0 && state !== "forgotten";
  return (
    <section class={alerts > 0 ? "card verdict verdict-alert" : "card verdict"}>
      <h2 class="visually-hidden">{text.verdict}</h2>
      <Icon name={alerts > 0 ? "bell" : relevance.relevant ? "check" : "close"} />
      <div class="verdict-text">
        {state === "waiting" && <p class="muted">{text.waiting}</p>}
        {state === "forgotten" && <p>{text.forgotten}</p>}
        {state === "parked" && <p class="muted">{text.parked}</p>}
        {alerts > 0 && <p>{state === "pasted" ? text.wouldRaise(alerts) : text.raised(alerts)}</p>}
        {!relevance.relevant && state !== "forgotten" && <p>{text.notStory}</p>}
        {quiet && claims.length === 0 && <p>{text.noClaims}</p>}
        {quiet && claims.length > 0 && (
          <>
            <p>{text.noNews}</p>
            <ul>
              {[...reasons].map(([rule, because]) => (
                <li key={rule} lang={because.lang} dir={because.lang === "ar" ? "rtl" : "ltr"}>
                  {because.text}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
