import { EventEmitter, once } from "node:events";
import { type AlertListener, listenForAlerts } from "../ledger/listen.ts";

/** Wakes those who wait for alerts, whichever process entered them. An owned resource: close it. */
export interface AlertSignal {
  /** Resolves at the next alert, when `signal` fires, or after `withinMs`, whichever comes first. */
  next(signal: AbortSignal, withinMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Listens from the first time that somebody waits. */
export function createAlertSignal(connectionString: string, onError: (error: Error) => void): AlertSignal {
  const bell = new EventEmitter();
  bell.setMaxListeners(0);
  let listening: Promise<AlertListener> | null = null;
  const listen = (): void => {
    listening ??= listenForAlerts({ connectionString, onAlerts: () => bell.emit("alerts"), onError });
    listening.catch((error: Error) => {
      listening = null;
      onError(error);
    });
  };
  return {
    next: async (signal, withinMs) => {
      listen();
      const either = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
      await once(bell, "alerts", { signal: either }).catch(() => {});
    },
    close: async () => {
      await (await listening?.catch(() => null))?.close();
    },
  };
}
