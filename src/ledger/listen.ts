import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { ALERTS_CHANNEL } from "./alerts.ts";
import { LISTENER_NAME } from "./connected-roles.ts";

/** Tells when alerts were entered, by whichever process. An owned resource: close it. */
export interface AlertListener {
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly connectionString: string;
  /**
   * Called after a commit that entered alerts, and after every connection made, for what was entered while there was
   * none. It says only that there may be more: read on from the last `seq` seen.
   */
  readonly onAlerts: () => void;
  /** Told of each lost connection; the next try follows by itself. */
  readonly onError: (error: Error) => void;
}

const RECONNECT_MS = 500;
const CONNECT_WITHIN_MS = 10_000;

/** Listens on a connection of its own, and connects again whenever that is lost. */
export async function listenForAlerts(options: ListenOptions): Promise<AlertListener> {
  const closing = new AbortController();
  let client: pg.Client | null = await connect(options, () => void reconnect());
  const end = async (): Promise<void> => {
    client?.removeAllListeners("end");
    await client?.end();
  };
  const reconnect = async (): Promise<void> => {
    client = null;
    while (!closing.signal.aborted) {
      await pause(RECONNECT_MS, undefined, { signal: closing.signal }).catch(() => {});
      if (closing.signal.aborted) return;
      try {
        client = await connect(options, () => void reconnect());
        if (closing.signal.aborted) await end();
        return;
      } catch (error) {
        options.onError(error instanceof Error ? error : new Error(String(error)));
      }
    }
  };
  return {
    close: async () => {
      closing.abort();
      await end();
    },
  };
}

async function connect(options: ListenOptions, onLost: () => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: options.connectionString,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    application_name: LISTENER_NAME,
  });
  client.on("error", options.onError);
  client.on("notification", options.onAlerts);
  try {
    await client.connect();
    await client.query(`listen ${ALERTS_CHANNEL}`);
  } catch (error) {
    await client.end();
    throw error;
  }
  client.once("end", onLost);
  options.onAlerts();
  return client;
}
