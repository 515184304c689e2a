import { useCallback, useRef } from "preact/hooks";
import { type StreamedAlert, useAlertStream } from "../../api/use-alert-stream.ts";

/** Calls back with the event of each alert about the story that comes in. */
export function useEventAlerts(story: string, onEvent: (event: string) => void): void {
  const newest = useRef(onEvent);
  newest.current = onEvent;
  const onAlert = useCallback(
    ({ body: { data } }: StreamedAlert) => {
      if ("event" in data && data.story === story && typeof data.event === "string") newest.current(data.event);
    },
    [story],
  );
  useAlertStream(onAlert);
}
