import { setMaxListeners } from "node:events";

/** A signal that fires when time is up or when `outer` does. `release` must be called when the work is done. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** What ended the work early, if anything did: time, or the outer signal. */
  endedBy(): "time" | "stop" | null;
  release(): void;
}

/** Starts a deadline. Its timer is cleared on release, so that thousands of quick requests leave none behind. */
export function startDeadline(milliseconds: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let endedBy: "time" | "stop" | null = null;
  const timer = setTimeout(() => {
    endedBy ??= "time";
    controller.abort(new Error("the deadline has passed"));
  }, milliseconds);
  const stop = (): void => {
    endedBy ??= "stop";
    controller.abort(new Error("the service stops"));
  };
  if (outer?.aborted === true) stop();
  outer?.addEventListener("abort", stop, { once: true });
  return {
    signal: controller.signal,
    endedBy: () => endedBy,
    release: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", stop);
    },
  };
}

/** A signal that fires so many milliseconds after `outer`: what is nearly done when all is to stop may end by itself. */
export function signalAfter(outer: AbortSignal, milliseconds: number): AbortSignal {
  const later = new AbortController();
  // As many may listen as things are under way.
  setMaxListeners(0, later.signal);
  const wait = () => setTimeout(() => later.abort(), milliseconds).unref();
  if (outer.aborted) wait();
  else outer.addEventListener("abort", wait, { once: true });
  return later.signal;
}
