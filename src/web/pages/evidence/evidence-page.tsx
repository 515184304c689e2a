import type { EvidenceShown } from "../../../api/evidence-shown.ts";
import { useQuery } from "../../api/use-query.ts";
import { claimText } from "../../parts/claims/claim-text.ts";
import { useEvents } from "../../parts/claims/use-events.ts";
import { type Namer, useLabels } from "../../parts/claims/use-labels.ts";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { Icon } from "../../parts/icon.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { Quote } from "../../parts/quote.tsx";
import { LoadingMessage, ProblemMessage, StateMessage } from "../../parts/state-message.tsx";
import type { PageProps } from "../../shell/router.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import { evidencePath } from "../story/standing-list.tsx";
import { Consequences } from "./consequences.tsx";
import { CopyList } from "./copy-list.tsx";
import "./evidence.css";
import { type ClaimSpan, MarkedText, paragraphAround } from "./marked-text.tsx";
import { ReadingFacts, ReportFacts } from "./reading-facts.tsx";
import { RevisionList } from "./revision-list.tsx";
import { words } from "./words.ts";

/** The exact words of a claim in their text, how they were read, and what came of them. */
export function Page({ params }: PageProps) {
  const text = useWords(words);
  const { story = "", observation = "" } = params;
  const names = useLabels(story);
  const events = useEvents(story);
  const path = `/api/v1/stories/${encodeURIComponent(story)}/observations/${encodeURIComponent(observation)}/evidence`;
  const { data, error, reload } = useQuery<EvidenceShown>(path);
  if (error?.status === 404)
    return (
      <>
        <PageHeader title={text.title} />
        <StateMessage kind="empty" icon="quote" title={text.missing} hint={text.missingHint}>
          <a class="button" href="/">
            {text.toStory}
          </a>
        </StateMessage>
      </>
    );
  if (error !== null)
    return (
      <>
        <PageHeader title={text.title} />
        <ProblemMessage problem={error} onRetry={reload} />
      </>
    );
  if (data === undefined) return <LoadingMessage lines={8} />;
  const event = events.find(({ id }) => id === data.observation.event);
  return <Evidence evidence={data} names={names} eventName={event?.name ?? data.observation.event} />;
}

interface EvidenceProps {
  readonly evidence: EvidenceShown;
  readonly names: Namer;
  readonly eventName: string;
}

function Evidence({ evidence, names, eventName }: EvidenceProps) {
  const text = useWords(words);
  const language = useLanguage();
  const { observation, item, claims, copies, revisions } = evidence;
  const who = names.entity(observation.speaker === "-" ? observation.side : observation.speaker);
  return (
    <>
      <PageHeader
        title={`${claimText(language, observation, names)} – ${who}`}
        lead={text.lead(item.source)}
        back={{ href: `/stories/${observation.story}/events/${observation.event}`, label: eventName }}
        actions={<ArticleLink url={item.url} />}
      />
      <div class="evidence">
        <div class="stack">
          <Words evidence={evidence} names={names} />
          <RevisionList revisions={revisions} />
          {claims.length > 1 && <ClaimTable evidence={evidence} names={names} />}
        </div>
        <div class="stack">
          <ReadingFacts {...{ evidence, names, eventName }} />
          <Consequences evidence={evidence} names={names} />
          <ReportFacts evidence={evidence} />
          <CopyList copies={copies} item={item.id} />
        </div>
      </div>
    </>
  );
}

/** Feeds give addresses of any kind; only web pages are linked. */
function ArticleLink({ url }: { url: string | null }) {
  const text = useWords(words);
  if (url === null || !/^https?:\/\//i.test(url)) return <span class="muted small">{text.noLink}</span>;
  return (
    <a class="button" href={url} target="_blank" rel="noopener noreferrer">
      <Icon name="external" flip />
      {text.open}
    </a>
  );
}

function Words({ evidence, names }: Pick<EvidenceProps, "evidence" | "names">) {
  const text = useWords(words);
  const language = useLanguage();
  const { observation, revisions, claims, holds } = evidence;
  const revision = revisions.find(({ id }) => id === observation.revision);
  const { field, lang } = observation;
  const spansOf = (wanted: string): ClaimSpan[] =>
    claims
      .filter((claim) => claim.revision === observation.revision && claim.field === wanted)
      .map((claim) => ({
        id: claim.id,
        start: claim.start,
        end: claim.end,
        label: claimText(language, claim, names),
        href: claim.id === observation.id ? null : evidencePath(observation.story, claim.id),
      }));
  const whole = revision?.[field] ?? observation.quote;
  const around = holds ? paragraphAround(whole, observation) : { text: observation.quote, from: observation.start };
  const own = {
    id: observation.id,
    start: observation.start - around.from,
    end: observation.end - around.from,
    label: "",
    href: null,
  };
  return (
    <section class="card" aria-labelledby="words">
      <h2 id="words">{text.quote}</h2>
      <MarkedText class="quote evidence-quote" text={around.text} lang={lang} spans={[own]} />
      <p class={`small holds ${holds ? "" : "holds-not"}`}>
        <Icon name={holds ? "check" : "warning"} />
        {holds ? text.holds : revision === undefined || revision.text === "" ? text.gone : text.broken}
      </p>
      {revision !== undefined && (
        <details class="whole-text" open>
          <summary>
            {text.wholeText} ({text.revisionNumber(revision.number)})
          </summary>
          {claims.length > 1 && <p class="small muted">{text.otherClaims}</p>}
          <MarkedText class="whole-title" text={revision.title} lang={revision.lang} spans={spansOf("title")} />
          <MarkedText class="whole-body" text={revision.text} lang={revision.lang} spans={spansOf("text")} />
        </details>
      )}
    </section>
  );
}

type Claim = EvidenceShown["claims"][number];

function ClaimTable({
  evidence: { claims, observation, revisions },
  names,
}: Pick<EvidenceProps, "evidence" | "names">) {
  const text = useWords(words);
  const language = useLanguage();
  const numberOf = (revision: string) => revisions.find(({ id }) => id === revision)?.number ?? 1;
  const columns: Column<Claim>[] = [
    {
      key: "claim",
      label: text.value,
      heading: true,
      cell: (claim) =>
        claim.id === observation.id ? (
          claimText(language, claim, names)
        ) : (
          <a href={evidencePath(observation.story, claim.id)}>{claimText(language, claim, names)}</a>
        ),
    },
    {
      key: "speaker",
      label: text.speaker,
      cell: ({ speaker, side }) => names.entity(speaker === "-" ? side : speaker),
    },
    { key: "quote", label: text.quote, cell: ({ quote, lang }) => <Quote text={quote} lang={lang} as="inline" /> },
    ...(revisions.length > 1
      ? [
          {
            key: "revision",
            label: text.revisions,
            cell: (claim: Claim) => text.revisionNumber(numberOf(claim.revision)),
          },
        ]
      : []),
  ];
  return (
    <section class="stack" aria-labelledby="claims">
      <h2 id="claims">{text.claims}</h2>
      <DataTable
        caption={text.claims}
        columns={columns}
        rows={claims}
        keyOf={({ id }) => id}
        rowClass={({ id }) => (id === observation.id ? "claim-own" : undefined)}
      />
    </section>
  );
}
