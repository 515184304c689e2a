import { useState } from "preact/hooks";
import type { StoryShown } from "../../../api/story-shown.ts";
import { pathWith } from "../../api/client.ts";
import { useQuery } from "../../api/use-query.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { Icon } from "../../parts/icon.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LoadingMessage, ProblemMessage, StateMessage } from "../../parts/state-message.tsx";
import { StorySelect } from "../../parts/story-select.tsx";
import { useWords } from "../../words/words.ts";
import "./export.css";
import { words } from "./words.ts";

/** Each export's columns, as the API gives them. */
interface ExportList {
  readonly exports: readonly { readonly what: string; readonly columns: readonly string[] }[];
}

/** The ledger of a story as a file. */
export function Page() {
  const text = useWords(words);
  const { data, error, reload } = useQuery<{ stories: readonly StoryShown[] }>("/api/v1/stories");
  const first = data?.stories[0];
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} />
      {error !== null && <ProblemMessage problem={error} onRetry={reload} />}
      {data === undefined && error === null && <LoadingMessage />}
      {data !== undefined && first === undefined && (
        <StateMessage kind="empty" icon="download" title={text.noStory} hint={text.noStoryHint} />
      )}
      {data !== undefined && first !== undefined && <Choice stories={data.stories} first={first.id} />}
    </>
  );
}

/** What is written out, and how. */
interface Chosen {
  readonly story: string;
  readonly what: string;
  readonly format: "csv" | "jsonl";
  readonly bom: boolean;
}

function Choice({ stories, first }: { stories: readonly StoryShown[]; first: string }) {
  const [chosen, setChosen] = useState<Chosen>({ story: first, what: "observations", format: "csv", bom: false });
  const { data, error, reload } = useQuery<ExportList>(`/api/v1/stories/${chosen.story}/exports`);
  if (error !== null) return <ProblemMessage problem={error} onRetry={reload} />;
  if (data === undefined) return <LoadingMessage />;
  const address = addressOf(chosen);
  const set = (changes: Partial<Chosen>) => setChosen({ ...chosen, ...changes });
  return (
    <div class="export">
      <ExportForm {...{ stories, chosen, set, address }} parts={data.exports.map(({ what }) => what)} />
      <section class="stack" aria-labelledby="columns">
        <Columns columns={data.exports.find(({ what }) => what === chosen.what)?.columns ?? []} />
        <OtherWays command={commandOf(chosen)} address={address} />
      </section>
    </div>
  );
}

function addressOf({ story, what, format, bom }: Chosen): string {
  return pathWith(`/api/v1/stories/${story}/export`, { what, format, bom: format === "csv" && bom ? true : null });
}

function commandOf({ story, what, format, bom }: Chosen): string {
  const flags = [
    what === "observations" ? "" : `--what ${what}`,
    format === "csv" ? (bom ? "--bom" : "") : "--format jsonl",
  ];
  return ["rasid story export", story, ...flags.filter((flag) => flag !== ""), `> ${what}.${format}`].join(" ");
}

interface ExportFormProps {
  readonly stories: readonly StoryShown[];
  /** What can be written out. */
  readonly parts: readonly string[];
  readonly chosen: Chosen;
  readonly set: (changes: Partial<Chosen>) => void;
  readonly address: string;
}

function ExportForm({ stories, parts, chosen: { story, what, format, bom }, set, address }: ExportFormProps) {
  const text = useWords(words);
  return (
    <form class="card stack" onSubmit={(event) => event.preventDefault()}>
      {stories.length > 1 && (
        <StorySelect
          class="field"
          label={<span>{text.story}</span>}
          stories={stories}
          story={story}
          onStory={(id) => set({ story: id })}
        />
      )}
      <fieldset class="choices">
        <legend>{text.what}</legend>
        {parts.map((part) => (
          <Choosable
            key={part}
            name="what"
            label={text.parts[part] ?? part}
            hint={text.partHints[part] ?? ""}
            checked={part === what}
            onChoose={() => set({ what: part })}
          />
        ))}
      </fieldset>
      <fieldset class="choices">
        <legend>{text.format}</legend>
        {FORMATS.map(({ format: one, hint }) => (
          <Choosable
            key={one}
            name="format"
            label={text[one]}
            hint={text[hint]}
            checked={format === one}
            onChoose={() => set({ format: one })}
          />
        ))}
      </fieldset>
      {format === "csv" && (
        <label class="row small">
          <input type="checkbox" checked={bom} onChange={(event) => set({ bom: event.currentTarget.checked })} />
          <span class="export-bom">{text.bom}</span>
        </label>
      )}
      <p>
        <a class="button button-primary" href={address} download>
          <Icon name="download" />
          {text.download}
        </a>
      </p>
    </form>
  );
}

const FORMATS = [
  { format: "csv", hint: "csvHint" },
  { format: "jsonl", hint: "jsonlHint" },
] as const;

function Columns({ columns }: { columns: readonly string[] }) {
  const text = useWords(words);
  return (
    <>
      <h2 id="columns">{text.columns}</h2>
      <DataTable
        caption={text.columns}
        columns={[
          { key: "column", label: text.column, heading: true, cell: (name: string) => <code dir="ltr">{name}</code> },
          { key: "meaning", label: text.meaning, cell: (name: string) => text.means[name] ?? "" },
        ]}
        rows={columns}
        keyOf={(name) => name}
      />
    </>
  );
}

/** The same for programs. */
function OtherWays({ command, address }: { command: string; address: string }) {
  const text = useWords(words);
  return (
    <>
      <h2>{text.commandLine}</h2>
      <pre tabIndex={0}>{command}</pre>
      <h2>{text.address}</h2>
      <pre tabIndex={0}>{`curl -H "Authorization: Bearer $RASID_KEY" "${window.location.origin}${address}"`}</pre>
      <p class="muted small">{text.wholeLedger}</p>
    </>
  );
}

interface ChoosableProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

function Choosable({ name, label, hint, checked, onChoose }: ChoosableProps) {
  return (
    <label class={checked ? "choice choice-checked" : "choice"}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span>
        <strong>{label}</strong>
        <span class="small muted">{hint}</span>
      </span>
    </label>
  );
}
