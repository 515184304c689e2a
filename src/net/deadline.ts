/** A signal that fires when time is up or when `outer` does. `release` must be called when the work is done. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** True when time was up, false when the outer signal ended the work. */
  expired(): boolean;
  release(): void;
}

/** Starts a deadline. Its timer is cleared on release, so that thousands of quick requests leave none behind. */
export function startDeadline(milliseconds: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    controller.abort(new Error("the deadline has passed"));
  }, milliseconds);
  const stop = (): void => controller.abort(outer?.reason);
  if (outer?.aborted === true) stop();
  outer?.addEventListener("abort", stop, { once: true });
  return {
    signal: controller.signal,
    expired: () => expired,
    release: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", stop);
    },
  };
}
