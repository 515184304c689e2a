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

function Choice({ stories, first }: { stories: readonly StoryShown[]; first: string }) {
  const text = useWords(words);
  const [story, setStory] = useState(first);
  const [what, setWhat] = useState("observations");
  const [format, setFormat] = useState<"csv" | "jsonl">("csv");
  const [bom, setBom] = useState(false);
  const { data, error, reload } = useQuery<ExportList>(`/api/v1/stories/${story}/exports`);
  if (error !== null) return <ProblemMessage problem={error} onRetry={reload} />;
  if (data === undefined) return <LoadingMessage />;
  const columns = data.exports.find((one) => one.what === what)?.columns ?? [];
  const address = pathWith(`/api/v1/stories/${story}/export`, {
    what,
    format,
    bom: format === "csv" && bom ? true : null,
  });
  const flags = [
    what === "observations" ? "" : `--what ${what}`,
    format === "csv" ? (bom ? "--bom" : "") : "--format jsonl",
  ];
  const command = ["rasid story export", story, ...flags.filter((flag) => flag !== ""), `> ${what}.${format}`].join(
    " ",
  );
  return (
    <div class="export">
      <form class="card stack" onSubmit={(event) => event.preventDefault()}>
        {stories.length > 1 && (
          <StorySelect
            class="field"
            label={<span>{text.story}</span>}
            stories={stories}
            story={story}
            onStory={setStory}
          />
        )}
        <fieldset class="choices">
          <legend>{text.what}</legend>
          {data.exports.map((one) => (
            <Choosable
              key={one.what}
              name="what"
              label={text.parts[one.what] ?? one.what}
              hint={text.partHints[one.what] ?? ""}
              checked={one.what === what}
              onChoose={() => setWhat(one.what)}
            />
          ))}
        </fieldset>
        <fieldset class="choices">
          <legend>{text.format}</legend>
          <Choosable
            name="format"
            label={text.csv}
            hint={text.csvHint}
            checked={format === "csv"}
            onChoose={() => setFormat("csv")}
          />
          <Choosable
            name="format"
            label={text.jsonl}
            hint={text.jsonlHint}
            checked={format === "jsonl"}
            onChoose={() => setFormat("jsonl")}
          />
        </fieldset>
        {format === "csv" && (
          <label class="row small">
            <input type="checkbox" checked={bom} onChange={(event) => setBom(event.currentTarget.checked)} />
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
      <section class="stack" aria-labelledby="columns">
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
        <h2>{text.commandLine}</h2>
        <pre tabIndex={0}>{command}</pre>
        <h2>{text.address}</h2>
        <pre tabIndex={0}>{`curl -H "Authorization: Bearer $RASID_KEY" "${window.location.origin}${address}"`}</pre>
        <p class="muted small">{text.wholeLedger}</p>
      </section>
    </div>
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
