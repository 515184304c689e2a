import { Badge, type Tone } from "../../parts/badge.tsx";
import { useLanguage } from "../../words/language.ts";
import { numberText, useWords } from "../../words/words.ts";
import { type Health, type Readiness, spanText } from "./health.ts";
import { words } from "./words.ts";

const TONES: Readonly<Record<string, Tone>> = {
  ok: "good",
  works: "good",
  failing: "warning",
  failed: "warning",
  silent: "notice",
  gone: "danger",
  disabled: "danger",
  dead: "danger",
};

interface StateListProps {
  readonly health: Health;
  readonly readiness: Readiness | undefined;
  /** Whether the daemon says that a part does not answer. */
  readonly unready: boolean;
}

/** Parts, feeds, endpoints and deliveries by their states. */
export function StateList({ health, readiness, unready }: StateListProps) {
  const text = useWords(words);
  const newest = health.newestItemSeconds;
  const names: Readonly<Record<string, string>> = { ledger: text.ledger, queues: text.queues };
  return (
    <dl class="states card">
      <div>
        <dt>{text.parts}</dt>
        <dd>
          {unready && <Badge tone="danger">{text.notReady}</Badge>}
          {Object.entries(readiness?.parts ?? {}).map(([part, well]) => (
            <Badge key={part} tone={well ? "good" : "danger"}>
              {names[part] ?? part}: {well ? text.ready : text.notReady}
            </Badge>
          ))}
          {health.missingRoles.map((role) => (
            <Badge key={role} tone="danger">
              {text.noProcess(role)}
            </Badge>
          ))}
        </dd>
      </div>
      <div>
        <dt>{text.newestItem}</dt>
        <dd>{newest === null ? text.noItem : text.ago(spanText(newest, text))}</dd>
      </div>
      <Counts label={text.feeds} href="/feeds" counts={health.feeds} names={text.feedStates} />
      <Counts label={text.endpoints} href="/endpoints" counts={health.endpoints} names={text.endpointStates} />
      <Counts label={text.deliveries} counts={health.deliveries} names={text.deliveryStates} />
    </dl>
  );
}

interface CountsProps<State extends string> {
  readonly label: string;
  readonly href?: string;
  readonly counts: Readonly<Record<State, number>>;
  readonly names: Readonly<Record<State, string>>;
}

function Counts<State extends string>({ label, href, counts, names }: CountsProps<State>) {
  const text = useWords(words);
  const language = useLanguage();
  const states = (Object.keys(names) as State[]).filter((state) => counts[state] > 0);
  return (
    <div>
      <dt>{href === undefined ? label : <a href={href}>{label}</a>}</dt>
      <dd>
        {states.length === 0 && <span class="muted">{text.none}</span>}
        {states.map((state) => (
          <Badge key={state} tone={TONES[state] ?? "neutral"}>
            {numberText(language, counts[state])} {names[state]}
          </Badge>
        ))}
      </dd>
    </div>
  );
}
