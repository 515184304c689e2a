import { useState } from "preact/hooks";
import type { ApiProblem } from "../../api/client.ts";
import { post } from "../../api/client.ts";
import { problemFrom } from "../../api/use-query.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FormField } from "../../parts/form-field.tsx";
import { notify } from "../../parts/notices.tsx";
import { navigate } from "../../shell/router.ts";
import { useWords } from "../../words/words.ts";
import { type FeedDraft, FeedFields } from "./feed-fields.tsx";
import type { Feed, Probed } from "./feed-health.ts";
import { ProbeResult } from "./probe-result.tsx";
import { words } from "./words.ts";

interface AddFeedProps {
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

/** Adds a feed in two steps: a look at the address, then what is kept of it. What does not answer can be added too. */
export function AddFeedDialog({ onClose, onAdded }: AddFeedProps) {
  const text = useWords(words);
  const [url, setUrl] = useState("");
  const [looking, setLooking] = useState(false);
  const [found, setFound] = useState<readonly Probed[] | null>(null);
  const [draft, setDraft] = useState<FeedDraft | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function look(): Promise<void> {
    setLooking(true);
    setProblem(null);
    setFound(null);
    setDraft(null);
    try {
      const { feeds } = await post<{ feeds: Probed[] }>("/api/v1/feeds/probe", { url: url.trim() });
      setFound(feeds);
      const [only] = feeds;
      if (feeds.length === 1 && only !== undefined) setDraft(draftOf(only));
    } catch (error) {
      setProblem(problemFrom(error));
    } finally {
      setLooking(false);
    }
  }

  async function add(given: FeedDraft): Promise<void> {
    setProblem(null);
    const { url: address, source, lang, id, tier, timezone, fullText } = given;
    try {
      const feed = await post<Feed>("/api/v1/feeds", {
        ...{ url: address, source, lang, tier, test: false },
        ...(id === "" ? {} : { id }),
        ...(timezone === "" ? {} : { timezone }),
        ...(fullText ? { fullText } : {}),
      });
      notify(text.added(feed.source));
      onAdded();
      onClose();
      navigate(`/feeds/${encodeURIComponent(feed.id)}`);
    } catch (error) {
      setProblem(problemFrom(error));
    }
  }

  const chosen = found?.find((one) => one.url === draft?.url);
  const lookProblem = draft === null ? problem : null;
  return (
    <Dialog
      title={text.add}
      wide
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            {text.cancel}
          </button>
          {draft !== null && (
            <button type="submit" form="feed-fields" class="button button-primary">
              {text.addThis}
            </button>
          )}
        </>
      }
    >
      <form
        class="feed-look"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <FormField
          label={text.address}
          hint={text.addressHint}
          problem={lookProblem === null ? null : (lookProblem.problemOf("url") ?? lookProblem.message)}
        >
          {(control) => (
            <input
              {...control}
              type="url"
              required
              placeholder="https://"
              value={url}
              onInput={(event) => setUrl(event.currentTarget.value)}
            />
          )}
        </FormField>
        <button type="submit" class={draft === null ? "button button-primary" : "button"} disabled={looking}>
          {looking ? text.looking : text.look}
        </button>
      </form>
      {lookProblem !== null && lookProblem.status === 400 && (
        <p>
          {text.addAnyway}{" "}
          <button type="button" class="link-button" onClick={() => setDraft({ ...EMPTY, url: url.trim() })}>
            {text.addUnseen}
          </button>
        </p>
      )}
      {found !== null && found.length > 1 && (
        <fieldset class="feed-choice">
          <legend>{text.severalFound}</legend>
          {found.map((one) => (
            <label key={one.url}>
              <input
                type="radio"
                name="found"
                checked={draft?.url === one.url}
                onChange={() => setDraft(draftOf(one))}
              />
              <span class="feed-choice-text">
                <strong dir="auto">{one.title}</strong> <span class="muted">{text.itemCount(one.items)}</span>
                <bdi class="small muted feed-url" dir="ltr">
                  {one.url}
                </bdi>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {chosen !== undefined && <ProbeResult feed={chosen} />}
      {chosen?.known && <p class="field-problem">{text.known(chosen.known)}</p>}
      {draft !== null && (
        <FeedFields
          key={draft.url}
          id="feed-fields"
          draft={draft}
          problem={problem}
          onDraft={setDraft}
          onSubmit={add}
        />
      )}
    </Dialog>
  );
}

const EMPTY: FeedDraft = { url: "", source: "", lang: "", id: "", tier: 3, timezone: "", fullText: false };

function draftOf({ url, title, language, suggestedId }: Probed): FeedDraft {
  return { ...EMPTY, url, source: title, lang: language ?? "", id: suggestedId };
}
