import { useState } from "preact/hooks";
import { post } from "../../api/client.ts";
import { useSubmission } from "../../api/use-submission.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { DialogButtons } from "../../parts/dialog-buttons.tsx";
import { Form } from "../../parts/form.tsx";
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
  const [found, setFound] = useState<readonly Probed[] | null>(null);
  const [draft, setDraft] = useState<FeedDraft | null>(null);
  const look = useSubmission(async () => {
    setFound(null);
    setDraft(null);
    addition.forget();
    const { feeds } = await post<{ feeds: Probed[] }>("/api/v1/feeds/probe", { url: url.trim() });
    setFound(feeds);
    const [only] = feeds;
    if (feeds.length === 1 && only !== undefined) setDraft(draftOf(only));
  });
  const addition = useSubmission(async (given: FeedDraft) => {
    const feed = await post<Feed>("/api/v1/feeds", bodyOf(given));
    notify(text.added(feed.source));
    onAdded();
    onClose();
    navigate(`/feeds/${encodeURIComponent(feed.id)}`);
  });
  const chosen = found?.find((one) => one.url === draft?.url);
  const lookProblem = draft === null ? look.problem : null;
  return (
    <Dialog
      title={text.add}
      wide
      onClose={onClose}
      actions={
        <DialogButtons
          onClose={onClose}
          word={draft === null ? undefined : text.addThis}
          disabled={addition.busy}
          does="feed-fields"
        />
      }
    >
      <Form class="feed-look" onSubmit={look.submit}>
        <FormField
          label={text.address}
          hint={text.addressHint}
          problem={lookProblem?.problemOf("url") ?? lookProblem?.told}
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
        <button type="submit" class={draft === null ? "button button-primary" : "button"} disabled={look.busy}>
          {look.busy ? text.looking : text.look}
        </button>
      </Form>
      {lookProblem !== null && lookProblem.status === 400 && (
        <p>
          {text.addAnyway}{" "}
          <button type="button" class="link-button" onClick={() => setDraft({ ...EMPTY, url: url.trim() })}>
            {text.addUnseen}
          </button>
        </p>
      )}
      {found !== null && found.length > 1 && (
        <FoundFeeds found={found} chosen={draft?.url} onChoose={(one) => setDraft(draftOf(one))} />
      )}
      {chosen !== undefined && <ProbeResult feed={chosen} />}
      {chosen?.known && <p class="field-problem">{text.known(chosen.known)}</p>}
      {draft !== null && (
        <FeedFields
          key={draft.url}
          id="feed-fields"
          draft={draft}
          problem={addition.problem}
          onDraft={setDraft}
          onSubmit={addition.submit}
        />
      )}
    </Dialog>
  );
}

interface FoundFeedsProps {
  readonly found: readonly Probed[];
  /** The address of the one that was chosen. */
  readonly chosen: string | undefined;
  readonly onChoose: (feed: Probed) => void;
}

/** The feeds that a site's page names, to choose from. */
function FoundFeeds({ found, chosen, onChoose }: FoundFeedsProps) {
  const text = useWords(words);
  return (
    <fieldset class="feed-choice">
      <legend>{text.severalFound}</legend>
      {found.map((one) => (
        <label key={one.url}>
          <input type="radio" name="found" checked={chosen === one.url} onChange={() => onChoose(one)} />
          <span class="feed-choice-text">
            <strong dir="auto">{one.title}</strong> <span class="muted">{text.itemCount(one.items)}</span>
            <bdi class="small muted feed-url" dir="ltr">
              {one.url}
            </bdi>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const EMPTY: FeedDraft = { url: "", source: "", lang: "", id: "", tier: 3, timezone: "", fullText: false };

function draftOf({ url, title, language, suggestedId }: Probed): FeedDraft {
  return { ...EMPTY, url, source: title, lang: language ?? "", id: suggestedId };
}

/** A feed as the API takes it: what was left empty is left out. */
function bodyOf({ url, source, lang, tier, id, timezone, fullText }: FeedDraft): object {
  return {
    url,
    source,
    lang,
    tier,
    test: false,
    ...(id === "" ? {} : { id }),
    ...(timezone === "" ? {} : { timezone }),
    ...(fullText ? { fullText } : {}),
  };
}
