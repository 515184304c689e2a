import { useMemo, useState } from "preact/hooks";
import type { z } from "zod";
import type { checkShown, savedShown } from "../../../api/baseline-shown.ts";
import { post, put } from "../../api/client.ts";
import { useSubmission } from "../../api/use-submission.ts";
import { Icon } from "../../parts/icon.tsx";
import { ProblemLine } from "../../parts/problem-line.tsx";
import { ToldText } from "../../parts/reasons/told-text.tsx";
import { caller } from "../../shell/caller.ts";
import { useWords } from "../../words/words.ts";
import type { BaselineShown } from "./baseline-page.tsx";
import { lineDifference } from "./line-difference.ts";
import { words } from "./words.ts";

type Checked = z.output<typeof checkShown>;

interface SaveProps {
  readonly file: BaselineShown;
  /** A text as it is, or a baseline that is to be written as one. */
  readonly given: { readonly text: string } | { readonly baseline: object; readonly note: string };
  /** Whether it may be checked: everything was decided. */
  readonly ready: boolean;
  readonly onSaved: () => void;
}

const NOT_CHECKED = { checked: null, saved: null };

/** The checks, what changes against the file as it stands, and saving once that was looked at. */
export function SaveStep({ file, given, ready, onSaved }: SaveProps) {
  const text = useWords(words);
  const said = JSON.stringify(given);
  // What came of what was given then; of what is given now nothing is known before it is checked.
  const [last, setLast] = useState<{ of: string; checked: Checked; saved: string | null } | null>(null);
  const { checked, saved } = last?.of === said ? last : NOT_CHECKED;
  const {
    busy,
    problem,
    submit: check,
  } = useSubmission(async () => {
    const answer = await post<Checked>("/api/v1/baseline/check", { story: file.story, ...given });
    setLast({ of: said, checked: answer, saved: null });
  });
  return (
    <section class="stack">
      <p>
        <button
          type="button"
          class="button button-primary"
          disabled={!ready || busy || saved !== null}
          onClick={() => void check()}
        >
          {busy ? text.checking : text.check}
        </button>
      </p>
      <ProblemLine problem={problem?.told} />
      {checked !== null && saved === null && (
        <CheckResult
          file={file}
          checked={checked}
          onSaved={(name) => {
            setLast({ of: said, checked, saved: name });
            onSaved();
          }}
        />
      )}
      {saved !== null && (
        <div class="card baseline-saved" role="status">
          <h2>
            <Icon name="check" /> {text.saved}
          </h2>
          <p>{text.savedText}</p>
          <bdi dir="ltr" class="mono">
            config/{saved}
          </bdi>
        </div>
      )}
    </section>
  );
}

interface CheckResultProps {
  readonly file: BaselineShown;
  readonly checked: Checked;
  readonly onSaved: (file: string) => void;
}

function CheckResult({ file, checked, onSaved }: CheckResultProps) {
  const text = useWords(words);
  const [seen, setSeen] = useState(false);
  const {
    busy,
    problem,
    submit: save,
  } = useSubmission(async () => {
    const headers = file.hash === null ? {} : { "if-match": `"${file.hash}"` };
    const done = await put<z.output<typeof savedShown>>(
      `/api/v1/baseline/${encodeURIComponent(file.story)}`,
      { text: checked.text },
      headers,
    );
    onSaved(done.file);
  });
  const admin = caller().scope === "admin";
  const sound = checked.mistakes.length === 0;
  const same = checked.text === file.text;
  return (
    <div class="card stack">
      <h2>{sound ? text.sound : text.mistakes(checked.mistakes.length)}</h2>
      {!sound && (
        <>
          <p>{text.mistakesHint}</p>
          <Places rows={checked.mistakes} />
        </>
      )}
      {checked.doubts.length > 0 && (
        <>
          <h3>{text.doubts}</h3>
          <Places rows={checked.doubts} />
        </>
      )}
      <h3>{file.text === null ? text.newFile : text.difference}</h3>
      {same ? <p>{text.noDifference}</p> : <Difference before={file.text ?? ""} after={checked.text} />}
      {sound && !same && (
        <>
          {file.text !== null && (
            <label class="baseline-check">
              <input type="checkbox" checked={seen} onChange={(event) => setSeen(event.currentTarget.checked)} />
              <span>{text.seen}</span>
            </label>
          )}
          {!admin && <p class="muted">{text.needsAdmin}</p>}
          <p class="row">
            {admin && (
              <button
                type="button"
                class="button button-primary"
                disabled={busy || (file.text !== null && !seen)}
                onClick={() => void save()}
              >
                {text.save}
              </button>
            )}
            <Download text={checked.text} />
          </p>
        </>
      )}
      {problem !== null && (
        <div role="alert" class="stack">
          <p class="field-problem">
            {problem.status === 412 ? text.changedMeanwhile : <ToldText told={problem.told} />}
          </p>
          {problem.status === 409 && <p>{text.byHand}</p>}
        </div>
      )}
    </div>
  );
}

function Places({ rows }: { rows: Checked["mistakes"] }) {
  const text = useWords(words);
  return (
    <ol class="places">
      {rows.map(({ file, line, field, problem, problemCoded }) => (
        <li key={`${file}:${line}:${field}:${problem}`}>
          <span class="small muted">
            {text.line(line)} · <bdi class="mono">{field || file}</bdi>
          </span>
          <ToldText told={{ text: problem, coded: problemCoded }} />
        </li>
      ))}
    </ol>
  );
}

/** What changes, line by line. */
function Difference({ before, after }: { before: string; after: string }) {
  const text = useWords(words);
  const lines = useMemo(() => lineDifference(before, after), [before, after]);
  return (
    // What scrolls must be reachable by keyboard.
    <section class="difference" tabIndex={0} dir="ltr" lang="en" aria-label={text.difference}>
      {lines.map((line) =>
        line.kind === "skipped" ? (
          <p key={`skip-${line.before}`} class="difference-skipped">
            {text.skipped(line.before ?? 0)}
          </p>
        ) : (
          <p key={`${line.before}:${line.after}`} class={`difference-${line.kind}`}>
            <span aria-hidden="true">{line.kind === "added" ? "+" : line.kind === "removed" ? "−" : ""}</span>
            {line.kind !== "same" && (
              <span class="visually-hidden">{line.kind === "added" ? text.added : text.removed}</span>
            )}
            <span>{line.text}</span>
          </p>
        ),
      )}
    </section>
  );
}

/** The file for those whose configuration Rasid may not write. */
function Download({ text: content }: { text: string }) {
  const text = useWords(words);
  const download = () => {
    const url = URL.createObjectURL(new Blob([content], { type: "application/yaml" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "baseline.yaml";
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <button type="button" class="button" onClick={download}>
      <Icon name="download" />
      {text.download}
    </button>
  );
}
