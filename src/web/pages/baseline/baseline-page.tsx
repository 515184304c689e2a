import { useState } from "preact/hooks";
import type { z } from "zod";
import type { baselinePlace, baselineShown } from "../../../api/baseline-shown.ts";
import { useQuery } from "../../api/use-query.ts";
import { Badge } from "../../parts/badge.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LoadingMessage, ProblemMessage, StateMessage } from "../../parts/state-message.tsx";
import { StorySelect } from "../../parts/story-select.tsx";
import { useWords } from "../../words/words.ts";
import "./baseline.css";
import { DraftMode } from "./draft-mode.tsx";
import { FileMode } from "./file-mode.tsx";
import { words } from "./words.ts";

export type BaselinePlace = z.output<typeof baselinePlace>;
export type BaselineShown = z.output<typeof baselineShown>;

/** `/baseline`: a baseline drawn from an article, reviewed claim by claim and saved as a file; or the file as it stands. */
export function Page() {
  const text = useWords(words);
  const { data, error, loading, reload } = useQuery<{ stories: readonly BaselinePlace[] }>("/api/v1/baseline");
  const [chosen, setChosen] = useState<string | null>(null);
  const story = chosen ?? data?.stories[0]?.story ?? null;
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} />
      {loading && <LoadingMessage lines={6} />}
      {error !== null && <ProblemMessage problem={error} onRetry={reload} />}
      {data?.stories.length === 0 && <StateMessage kind="empty" title={text.noStory} hint={text.noStoryHint} />}
      {data !== undefined && story !== null && (
        <Editor
          key={story}
          story={story}
          choice={
            data.stories.length > 1 && (
              <StorySelect
                class="baseline-story"
                label={<span class="small muted">{text.story}</span>}
                stories={data.stories.map(({ story: id, title }) => ({ id, title }))}
                story={story}
                onStory={setChosen}
              />
            )
          }
        />
      )}
    </>
  );
}

type Mode = "draft" | "file";

function Editor({ story, choice }: { story: string; choice: preact.ComponentChildren }) {
  const text = useWords(words);
  const { data, error, loading, reload } = useQuery<BaselineShown>(`/api/v1/baseline/${encodeURIComponent(story)}`);
  const [mode, setMode] = useState<Mode>("draft");
  if (data === undefined)
    return (
      <>
        {loading && <LoadingMessage lines={6} />}
        {error !== null && <ProblemMessage problem={error} onRetry={reload} />}
      </>
    );
  return (
    <div class="stack">
      <section class="card baseline-file">
        {choice}
        <p class="row">
          <bdi dir="ltr" class="mono">
            config/{data.file}
          </bdi>
          <FileBadge file={data} />
        </p>
        <p class="small muted">{fileText(data, text)}</p>
      </section>
      <fieldset class="segments baseline-modes">
        <legend class="visually-hidden">{text.mode}</legend>
        {(["draft", "file"] as const).map((one) => (
          <button key={one} type="button" aria-pressed={mode === one} onClick={() => setMode(one)}>
            {text.modes[one]}
          </button>
        ))}
      </fieldset>
      {/* Both stay, so that a review is not lost by a look at the file. */}
      <div hidden={mode !== "draft"}>
        <DraftMode file={data} onSaved={reload} />
      </div>
      {mode === "file" && <FileMode key={data.hash} file={data} onSaved={reload} />}
    </div>
  );
}

function FileBadge({ file }: { file: BaselineShown }) {
  const text = useWords(words);
  if (file.hash === null) return <Badge tone="warning">{text.absent}</Badge>;
  return file.loaded ? <Badge tone="good">{text.inForce}</Badge> : <Badge tone="notice">{text.afterRestart}</Badge>;
}

function fileText(file: BaselineShown, text: (typeof words)["en"]): string {
  const state = file.hash === null ? text.absentText : file.loaded ? text.inForceText : text.afterRestartText;
  return file.writable ? state : `${state} ${text.readOnlyText}`;
}
