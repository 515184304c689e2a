import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { get } from "../../api/client.ts";
import { type StreamedAlert, useAlertStream } from "../../api/use-alert-stream.ts";
import { claimOf, type ShownAlert } from "../../parts/claims/alert-headline.ts";
import { type Filters, fits } from "./filters.ts";

/** Alerts that came while the page was open. */
export interface LiveAlerts {
  /** Shown above the list, the newest first. */
  readonly shown: readonly ShownAlert[];
  /** Kept back while the reader is further down. */
  readonly waiting: readonly ShownAlert[];
  readonly show: () => void;
  /** The one that came last, for those who do not see the list. */
  readonly latest: ShownAlert | null;
}

/** Further down than this the list must not move under the reader's eyes. */
const AT_TOP_PX = 160;

/** Follows the stream with the page's filters. What comes while the reader is further down waits for a click. */
export function useLiveAlerts(filters: Filters): LiveAlerts {
  const [came, setCame] = useState<readonly ShownAlert[]>([]);
  const [waiting, setWaiting] = useState<readonly ShownAlert[]>([]);
  const current = useRef(filters);
  current.current = filters;
  const onAlert = useCallback((streamed: StreamedAlert) => {
    const alert = alertOf(streamed);
    const add = (before: readonly ShownAlert[]) => [alert, ...before.filter(({ id }) => id !== alert.id)];
    if (fits(alert.body, current.current) && window.scrollY > AT_TOP_PX) setWaiting(add);
    else setCame(add);
    if (claimOf(alert.body) !== null) return;
    // The stream has what endpoints receive, without the code of why it was raised.
    get<ShownAlert>(`/api/v1/alerts/${alert.id}`).then(
      (asked) => {
        const put = (before: readonly ShownAlert[]) => before.map((one) => (one.id === asked.id ? asked : one));
        setCame(put);
        setWaiting(put);
      },
      () => undefined,
    );
  }, []);
  useAlertStream(onAlert);
  const show = useCallback(() => {
    setCame((before) => [...waiting, ...before]);
    setWaiting([]);
    window.scrollTo({ top: 0 });
  }, [waiting]);
  // Whoever scrolls back to the top has asked for them.
  useEffect(() => {
    if (waiting.length === 0) return;
    const scrolled = () => window.scrollY < AT_TOP_PX / 4 && show();
    window.addEventListener("scroll", scrolled, { passive: true });
    return () => window.removeEventListener("scroll", scrolled);
  }, [waiting.length, show]);
  const shown = came.filter(({ body }) => fits(body, filters));
  return {
    shown,
    waiting: waiting.filter(({ body }) => fits(body, filters)),
    show,
    latest: waiting[0] ?? shown[0] ?? null,
  };
}

function alertOf({ seq, body }: StreamedAlert): ShownAlert {
  return { id: body.data.alert, seq, createdAt: new Date().toISOString(), body, becauseCoded: null };
}
