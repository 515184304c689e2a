import { Redis } from "ioredis";
import { redisAdvice } from "./redis-advice.ts";

/** The connection that the queues of a process share; workers make more of its kind. An owned resource: close it. */
export interface RedisConnection {
  readonly connection: Redis;
  /** Connections that are lost are not made again, and what waits for one fails. */
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

/** @throws Error that names the server, never the password, when it cannot be reached. */
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
    throw new Error(`Redis at ${new URL(url).host} cannot be reached: ${message}`, { cause: error });
  }
  opened = true;
  const giveUp = (): void => {
    givenUp = true;
    // One that is being made again ends by itself at the next try; told to, it would never tell that it has.
    if (connection.status !== "reconnecting") connection.disconnect();
  };
  return {
    connection,
    giveUp,
    close: async () => {
      if (connection.status === "ready") await connection.quit().catch(() => {});
      giveUp();
    },
  };
}
