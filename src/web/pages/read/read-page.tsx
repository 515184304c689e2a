import { useEffect, useRef, useState } from "preact/hooks";
import type { TraceShown } from "../../../api/trace-shown.ts";
import { type ApiProblem, post } from "../../api/client.ts";
import { problemFrom, useQuery } from "../../api/use-query.ts";
import { FormField } from "../../parts/form-field.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { ReadingView, type ReadText } from "../../parts/reading/reading-view.tsx";
import { ProblemMessage, StateMessage } from "../../parts/state-message.tsx";
import { useLanguageName } from "../../words/language-names.ts";
import { useWords } from "../../words/words.ts";
import { exampleDay } from "./example-day.ts";
import { words } from "./words.ts";
import "./read.css";

interface Reading extends ReadText {
  readonly stories: readonly TraceShown[];
}

interface Draft {
  readonly title: string;
  readonly text: string;
  /** As a `datetime-local` control has it: in the reader's zone. */
  readonly published: string;
  readonly lang: string;
}

const NOTHING: Draft = { title: "", text: "", published: "", lang: "" };
const LANGUAGES = ["ar", "az", "en", "fr", "hy", "ru", "tr"];

/** `/read`: what would be read in a text, and what would become of it. */
export function Page() {
  const text = useWords(words);
  const [draft, setDraft] = useState(NOTHING);
  const { reading, problem, busy, read } = useReading();
  const result = useRef<HTMLElement>(null);
  const { data: stories } = useQuery<{ stories: readonly { article: { published: string } }[] }>("/api/v1/stories");
  // On narrow screens the result stands beneath the form; on low ones its verdict above what is in sight.
  useEffect(() => {
    const shown = result.current;
    if (reading === null || shown === null) return;
    const { top } = shown.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight / 2) shown.scrollIntoView({ block: "start" });
  }, [reading]);
  const article = stories?.stories[0]?.article;
  const example = () =>
    setDraft({
      ...NOTHING,
      title: text.exampleTitle,
      text: text.exampleText,
      published: article === undefined ? "" : exampleDay(article.published),
    });
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} />
      <div class="read-columns">
        <ReadForm
          draft={draft}
          problem={problem}
          busy={busy}
          onChange={setDraft}
          onRead={() => void read(draft)}
          onExample={example}
        />
        <section class="read-result" ref={result} aria-label={text.result} aria-live="polite" aria-busy={busy}>
          {problem !== null && problem.problemApartFrom("title", "text", "published") !== null && (
            <ProblemMessage problem={problem} />
          )}
          {reading === null && problem === null && (
            <StateMessage kind="empty" title={text.nothingYet} hint={text.nothingYetHint} icon="quote" />
          )}
          {reading?.stories.map((trace) => (
            <ReadingView key={trace.story} read={reading} trace={trace} state="pasted" />
          ))}
        </section>
      </div>
    </>
  );
}

interface UsedReading {
  readonly reading: Reading | null;
  readonly problem: ApiProblem | null;
  readonly busy: boolean;
  readonly read: (draft: Draft) => Promise<void>;
}

function useReading(): UsedReading {
  const [state, setState] = useState<Omit<UsedReading, "read">>({ reading: null, problem: null, busy: false });
  const read = async ({ title, text, published, lang }: Draft) => {
    setState((before) => ({ ...before, busy: true }));
    const body = {
      title,
      text,
      ...(published === "" ? {} : { published: new Date(published).toISOString() }),
      ...(lang === "" ? {} : { lang }),
    };
    try {
      setState({ reading: await post<Reading>("/api/v1/analyze", body), problem: null, busy: false });
    } catch (error) {
      setState({ reading: null, problem: problemFrom(error), busy: false });
    }
  };
  return { ...state, read };
}

interface ReadFormProps {
  readonly draft: Draft;
  readonly problem: ApiProblem | null;
  readonly busy: boolean;
  readonly onChange: (draft: Draft) => void;
  readonly onRead: () => void;
  readonly onExample: () => void;
}

function ReadForm({ draft, problem, busy, onChange, onRead, onExample }: ReadFormProps) {
  const text = useWords(words);
  const languageName = useLanguageName();
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const form = useRef<HTMLFormElement>(null);
  const empty = draft.text.trim() === "" && draft.title.trim() === "";
  return (
    <form
      ref={form}
      class="card read-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty) onRead();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
      }}
    >
      <FormField label={text.headline} optional problem={problem?.problemOf("title")}>
        {(control) => (
          <input
            {...control}
            dir="auto"
            maxLength={1000}
            value={draft.title}
            onInput={({ currentTarget }) => set({ title: currentTarget.value })}
          />
        )}
      </FormField>
      <FormField label={text.text} hint={text.textHint} problem={problem?.problemOf("text")}>
        {(control) => (
          <textarea
            {...control}
            dir="auto"
            rows={12}
            maxLength={65_536}
            value={draft.text}
            onInput={({ currentTarget }) => set({ text: currentTarget.value })}
          />
        )}
      </FormField>
      <FormField label={text.published} hint={text.publishedHint} optional problem={problem?.problemOf("published")}>
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            value={draft.published}
            onInput={({ currentTarget }) => set({ published: currentTarget.value })}
          />
        )}
      </FormField>
      <FormField label={text.language} optional>
        {(control) => (
          <select {...control} value={draft.lang} onChange={({ currentTarget }) => set({ lang: currentTarget.value })}>
            <option value="">{text.languageAuto}</option>
            {LANGUAGES.map((lang) => (
              <option key={lang} value={lang}>
                {languageName(lang)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <p class="row">
        <button type="submit" class="button button-primary" disabled={busy || empty}>
          {busy ? text.reading : text.read}
        </button>
        <button type="button" class="button" onClick={onExample}>
          {text.example}
        </button>
        <button type="button" class="button button-quiet" onClick={() => onChange(NOTHING)}>
          {text.clear}
        </button>
      </p>
    </form>
  );
}
