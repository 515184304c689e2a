import { useState } from "preact/hooks";
import { patch, post, remove } from "../../api/client.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { attempt, notify } from "../../parts/notices.tsx";
import { navigate } from "../../shell/router.ts";
import { useWords } from "../../words/words.ts";
import type { Endpoint } from "./endpoint-draft.ts";
import { EndpointForm } from "./endpoint-form.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { words } from "./words.ts";

interface ActionsProps {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly again: () => void;
  readonly onPing: (delivery: string) => void;
}

interface Rotated {
  readonly secret: string;
  readonly previousSecretUntil: string;
}

type Open = "edit" | "rotate" | "delete" | "disable" | null;

/** What can be done with an endpoint. */
export function EndpointActions({ endpoint, path, again, onPing }: ActionsProps) {
  const text = useWords(words);
  const [open, setOpen] = useState<Open>(null);
  const [secret, setSecret] = useState<Rotated | null>(null);
  const close = () => setOpen(null);
  const act = async (work: () => Promise<unknown>, said: string | null) => {
    if (await attempt(work, () => said)) again();
    close();
  };
  const ping = async () => onPing((await post<{ delivery: string }>(`${path}/test`)).delivery);
  const rotate = async () => setSecret(await post<Rotated>(`${path}/rotate`));
  const save = async (body: Record<string, unknown>) => {
    await patch(path, body);
    notify(text.saved);
    again();
    close();
  };
  return (
    <>
      {endpoint.enabled ? (
        <ActionButton icon="send" flip look="primary" does={() => act(ping, null)}>
          {text.sendPing}
        </ActionButton>
      ) : (
        <ActionButton icon="play" look="primary" does={() => act(() => post(`${path}/enable`), text.enabledNow)}>
          {text.enable}
        </ActionButton>
      )}
      <ActionButton does={() => setOpen("edit")}>{text.edit}</ActionButton>
      <ActionButton icon="key" does={() => setOpen("rotate")}>
        {text.rotate}
      </ActionButton>
      {endpoint.enabled && (
        <ActionButton icon="pause" does={() => setOpen("disable")}>
          {text.disable}
        </ActionButton>
      )}
      <ActionButton look="danger" does={() => setOpen("delete")}>
        {text.delete}
      </ActionButton>
      {open === "edit" && <EndpointForm endpoint={endpoint} onClose={close} onSave={save} />}
      {open === "rotate" && (
        <ConfirmDialog title={text.rotateTitle} word={text.rotate} onClose={close} onYes={() => act(rotate, null)}>
          {text.rotateText}
        </ConfirmDialog>
      )}
      {(open === "disable" || open === "delete") && <StopDialog {...{ path, act }} how={open} onClose={close} />}
      {secret !== null && (
        <SecretDialog
          secret={secret.secret}
          previousUntil={secret.previousSecretUntil}
          onClose={() => setSecret(null)}
        />
      )}
    </>
  );
}

interface StopDialogProps {
  readonly how: "disable" | "delete";
  readonly path: string;
  readonly act: (work: () => Promise<unknown>, said: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks before nothing is sent to the endpoint any more. */
function StopDialog({ how, path, act, onClose }: StopDialogProps) {
  const text = useWords(words);
  if (how === "disable")
    return (
      <ConfirmDialog
        title={text.disableTitle}
        word={text.disable}
        onClose={onClose}
        onYes={() => act(() => post(`${path}/disable`), text.disabledNow)}
      >
        {text.disableText}
      </ConfirmDialog>
    );
  const drop = async () => {
    await remove(path);
    navigate("/endpoints");
  };
  return (
    <ConfirmDialog
      title={text.deleteTitle}
      word={text.delete}
      danger
      onClose={onClose}
      onYes={() => act(drop, text.deleted)}
    >
      {text.deleteText}
    </ConfirmDialog>
  );
}
