import { useEffect, useState } from "preact/hooks";
import type { z } from "zod";
import type { alertShown } from "../../api/alert-query.ts";
import { ALERT_KINDS } from "../../domain/alert/kinds.ts";
import { noteChange } from "./client.ts";

/** An alert's body as it comes over the stream, with its place in the order of alerts. */
export interface StreamedAlert {
  readonly seq: string;
  readonly body: z.output<typeof alertShown>["body"];
}

export type Connection = "connecting" | "live" | "lost";

const RETRY_MS = 5000;
const listeners = new Set<(alert: StreamedAlert) => void>();
const watchers = new Set<(connection: Connection) => void>();
let source: EventSource | null = null;
let connection: Connection = "connecting";
let last: string | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;

function setConnection(now: Connection): void {
  connection = now;
  for (const watcher of watchers) watcher(now);
}

/** One stream serves the whole window. Browsers resume by themselves; after a refusal it is opened anew from the last alert. */
function open(): void {
  if (source !== null) return;
  source = new EventSource(`/api/v1/alerts/stream${last === null ? "" : `?after=${last}`}`);
  source.onopen = () => setConnection("live");
  source.onerror = () => {
    setConnection("lost");
    if (source?.readyState !== EventSource.CLOSED) return;
    source = null;
    retry = setTimeout(open, RETRY_MS);
  };
  for (const kind of ALERT_KINDS) source.addEventListener(kind, (event) => tell(event));
}

function tell(event: MessageEvent<string>): void {
  last = event.lastEventId;
  noteChange();
  const alert: StreamedAlert = { seq: event.lastEventId, body: JSON.parse(event.data) as StreamedAlert["body"] };
  for (const listener of listeners) listener(alert);
}

function closeWhenUnused(): void {
  if (listeners.size + watchers.size > 0) return;
  clearTimeout(retry);
  source?.close();
  source = null;
}

/** Calls back for every alert that is entered while the page is open. */
export function useAlertStream(onAlert: (alert: StreamedAlert) => void): void {
  useEffect(() => {
    listeners.add(onAlert);
    open();
    return () => {
      listeners.delete(onAlert);
      closeWhenUnused();
    };
  }, [onAlert]);
}

/** Whether alerts come in live. */
export function useConnection(): Connection {
  const [now, setNow] = useState(connection);
  useEffect(() => {
    watchers.add(setNow);
    open();
    setNow(connection);
    return () => {
      watchers.delete(setNow);
      closeWhenUnused();
    };
  }, []);
  return now;
}
