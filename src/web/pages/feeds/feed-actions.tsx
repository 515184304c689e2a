import { useState } from "preact/hooks";
import { post, remove } from "../../api/client.ts";
import { problemFrom } from "../../api/use-query.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { attempt } from "../../parts/notices.tsx";
import { navigate } from "../../shell/router.ts";
import { useWords } from "../../words/words.ts";
import { type Feed, isPolled, type Probed } from "./feed-health.ts";
import type { Probe } from "./probe-card.tsx";
import { words } from "./words.ts";

interface ActionsProps {
  readonly feed: Feed;
  readonly path: string;
  readonly reload: () => void;
  readonly onProbe: (probe: Probe) => void;
}

/** What can be done with a feed. */
export function FeedActions({ feed, path, reload, onProbe }: ActionsProps) {
  const text = useWords(words);
  const [removing, setRemoving] = useState(false);
  const act = async (work: () => Promise<unknown>, said: string) => {
    if (await attempt(work, () => said)) reload();
  };
  const test = async () => {
    onProbe({ state: "looking" });
    try {
      const { feeds } = await post<{ feeds: Probed[] }>("/api/v1/feeds/probe", { url: feed.movedTo ?? feed.url });
      const [first] = feeds;
      onProbe(first === undefined ? { state: "none" } : { state: "found", feed: first });
    } catch (error) {
      const problem = problemFrom(error);
      onProbe({ state: "failed", problem: problem.problemOf("url") ?? problem.told });
    }
  };
  const polled = isPolled(feed);
  const resumes = feed.paused || feed.status === "gone";
  return (
    <>
      <ActionButton icon="search" does={() => test()}>
        {text.test}
      </ActionButton>
      {polled && (
        <ActionButton icon="repeat" does={() => act(() => post(`${path}/fetch`), text.fetchAsked)}>
          {text.fetchNow}
        </ActionButton>
      )}
      {feed.configured && resumes && (
        <ActionButton icon="play" look="primary" does={() => act(() => post(`${path}/resume`), text.resumed)}>
          {text.resume}
        </ActionButton>
      )}
      {polled && (
        <ActionButton icon="pause" does={() => act(() => post(`${path}/pause`), text.pausedNow)}>
          {text.pause}
        </ActionButton>
      )}
      {feed.configured && (
        <ActionButton look="danger" does={() => setRemoving(true)}>
          {text.remove}
        </ActionButton>
      )}
      {removing && (
        <ConfirmDialog
          title={text.removeTitle(feed.source)}
          word={text.remove}
          danger
          onClose={() => setRemoving(false)}
          onYes={() =>
            act(async () => {
              await remove(path);
              navigate("/feeds");
            }, text.removed(feed.source))
          }
        >
          {text.removeText}
        </ConfirmDialog>
      )}
    </>
  );
}
