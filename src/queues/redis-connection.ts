import { Redis } from "ioredis";
import { QueuesRefusal } from "./queues-refusal.ts";
import { redisAdvice } from "./redis-advice.ts";

/** The connection that the queues of a process share; workers make more of its kind. An owned resource: close it. */
export interface RedisConnection {
  readonly connection: Redis;
  /** Whether the server cannot be asked now. */
  lost(): boolean;
  /** Ends all connections, those of the workers too, and what waits for one fails. */
  giveUp(): void;
  close(): Promise<void>;
}

export interface RedisConnectionOptions {
  /** Told of connection errors; connections are made again by themselves. */
  readonly onError: (error: Error, where: string) => void;
  /** Told how the server should be set. */
  readonly onAdvice?: (advice: string) => void;
}

const LONGEST_WAIT_MS = 2_000;

/** @throws QueuesRefusal that names the server, never the password, when it cannot be reached. */
export async function openRedisConnection(
  url: string,
  { onError, onAdvice }: RedisConnectionOptions,
): Promise<RedisConnection> {
  let opened = false;
  let givenUp = false;
  let lastError: Error | null = null;
  const connection = new Redis(url, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    retryStrategy: (times) => (opened && !givenUp ? Math.min(times * 50, LONGEST_WAIT_MS) : null),
  });
  connection.on("error", (error: Error) => {
    lastError = error;
    if (opened) onError(error, "redis");
  });
  try {
    await connection.connect();
    for (const advice of redisAdvice(await connection.info())) onAdvice?.(advice);
  } catch (error) {
    connection.disconnect();
    const { message } = lastError ?? (error as Error);
    throw new QueuesRefusal(`Redis at ${new URL(url).host} cannot be reached: ${message}`, { cause: error });
  }
  opened = true;
  // Workers wait for jobs on connections of their own, which they make of this one.
  const clients = [connection];
  const duplicate = connection.duplicate.bind(connection);
  connection.duplicate = (override) => {
    const client = duplicate(override);
    clients.push(client);
    return client;
  };
  const giveUp = (): void => {
    givenUp = true;
    clients.forEach(end);
  };
  return {
    connection,
    lost: () => connection.status !== "ready",
    giveUp,
    close: async () => {
      if (connection.status === "ready") await connection.quit().catch(() => {});
      giveUp();
    },
  };
}

/**
 * One that is lost tells of its end, for which others wait, only when it fails to connect once more. One that has ended
 * would wait for its end in vain, and keep the process for two seconds.
 */
function end(client: Redis): void {
  if (client.status === "end") return;
  const lost = client.status === "reconnecting";
  const told = lost ? client.connect() : Promise.resolve();
  told.then(
    () => client.disconnect(),
    () => {},
  );
}
