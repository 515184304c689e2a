import type { ComponentChildren } from "preact";
import type { EvidenceShown } from "../../../api/evidence-shown.ts";
import { claimText } from "../../parts/claims/claim-text.ts";
import { claimWords } from "../../parts/claims/claim-words.ts";
import { countedText } from "../../parts/claims/counted-words.ts";
import type { Namer } from "../../parts/claims/use-labels.ts";
import { Fact } from "../../parts/fact.tsx";
import { RuleName, RuleReason } from "../../parts/reading/rule-reason.tsx";
import { Time } from "../../parts/time.tsx";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

interface FactsProps {
  readonly evidence: EvidenceShown;
  readonly names: Namer;
  /** What the event is called. */
  readonly eventName: string;
}

interface Known {
  readonly label: string;
  readonly value: ComponentChildren;
}

function Facts({ facts }: { facts: readonly Known[] }) {
  return (
    <dl class="facts">
      {facts.map(({ label, value }) => (
        <Fact key={label} label={label}>
          {value}
        </Fact>
      ))}
    </dl>
  );
}

/** What Rasid read in the words, and the rules that decided. */
export function ReadingFacts({ evidence: { observation, rules }, names, eventName }: FactsProps) {
  const text = useWords(words);
  const { roles } = useWords(claimWords);
  const language = useLanguage();
  const { story, event, kind, measure, party, civilian, topic, role, speaker, side, assertedAt, publishedAt } =
    observation;
  const facts: Known[] = [
    {
      label: text.about,
      value: <a href={`/stories/${story}/events/${event}`}>{event === "new" ? text.newEvent : eventName}</a>,
    },
    ...(kind === "figure"
      ? [
          { label: text.measure, value: countedText(language, { measure: measure ?? "other", party, civilian }) },
          { label: text.value, value: <strong>{claimText(language, observation, names)}</strong> },
          { label: text.role, value: roles[role ?? "current"] ?? role },
        ]
      : [
          { label: text.topic, value: names.topic(topic ?? "") },
          { label: text.position, value: <strong>{names.position(observation.position ?? "")}</strong> },
        ]),
    { label: text.speaker, value: names.entity(speaker) },
    { label: text.side, value: names.entity(side) },
    {
      label: assertedAt === null ? text.published : text.said,
      value: <Time at={assertedAt ?? publishedAt} as="both" />,
    },
  ];
  return (
    <section class="card" aria-labelledby="reading">
      <h2 id="reading">{text.reading}</h2>
      <Facts facts={facts} />
      <h3>{text.rules}</h3>
      {rules.length === 0 ? (
        <p class="small muted">{text.noRules}</p>
      ) : (
        <ol class="rules">
          {rules.map((rule, index) => (
            <li key={`${rule.rule} ${rule.start} ${index}`}>
              <RuleName rule={rule} names={names} /> <RuleReason rule={rule} names={names} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Where it was published, and how far that source is trusted. */
export function ReportFacts({ evidence: { item, observation } }: Pick<FactsProps, "evidence">) {
  const text = useWords(words);
  const { tiers } = useWords(claimWords);
  const language = useLanguage();
  const languageName = new Intl.DisplayNames([language], { type: "language" }).of(observation.lang) ?? observation.lang;
  const facts: Known[] = [
    { label: text.source, value: <bdi>{item.source}</bdi> },
    { label: text.tier, value: tiers[item.tier] ?? item.tier },
    { label: text.language, value: languageName },
    { label: text.published, value: <Time at={observation.publishedAt} as="both" /> },
    { label: text.seen, value: <Time at={item.firstSeenAt} as="both" /> },
    { label: text.feed, value: <a href={`/feeds/${encodeURIComponent(item.feed)}`}>{item.feed}</a> },
  ];
  return (
    <section class="card" aria-labelledby="report">
      <h2 id="report">{text.item}</h2>
      <Facts facts={facts} />
      <p class="small">
        <a href={`/items/${item.id}`}>{text.itemLink}</a>
      </p>
    </section>
  );
}
