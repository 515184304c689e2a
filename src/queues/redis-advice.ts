/**
 * What keeps a Redis server from carrying queues well, in words for the operator, drawn from its answer to INFO. Work
 * that it forgets is enqueued again from the ledger, but later than it would have been done.
 */
export function redisAdvice(info: string): string[] {
  const value = (name: string): string | null => new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(info)?.[1] ?? null;
  const policy = value("maxmemory_policy");
  const advice: string[] = [];
  if (policy !== null && policy !== "noeviction")
    advice.push(
      `Redis may evict jobs when its memory is full (maxmemory-policy ${policy}): set maxmemory-policy noeviction`,
    );
  if (value("aof_enabled") === "0")
    advice.push("Redis forgets jobs when it is killed (no append-only file): set appendonly yes");
  return advice;
}
