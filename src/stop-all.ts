/** Stops one part after the other, each whatever became of those before it. @throws the first error, at the end. */
export async function stopAll(stops: readonly (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const stop of stops) await stop().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}
