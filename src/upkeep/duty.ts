/** A duty that recurs: the next time comes so long after the last one ended. An owned resource: stop it. */
export function startDuty(
  duty: () => Promise<void>,
  {
    everyMs,
    firstAfterMs,
    onError,
  }: { everyMs: number | (() => number); firstAfterMs: number; onError: (error: unknown) => void },
): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const schedule = (afterMs: number): void => {
    timer = setTimeout(() => {
      running = duty()
        .catch(onError)
        .then(() => (stopped ? undefined : schedule(typeof everyMs === "number" ? everyMs : everyMs())));
    }, afterMs);
  };
  schedule(firstAfterMs);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
