import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { SinkAnswer, SinkCounts, SinkOrder, SinkPlaces } from "./sink-messages.ts";

/** Feeds and endpoint in a process of their own. An owned resource: stop it. */
export interface Sink {
  readonly places: SinkPlaces;
  readonly pid: number;
  ask(order: SinkOrder): Promise<SinkCounts>;
  stop(): void;
}

export async function startSink(feeds: number): Promise<Sink> {
  const child = fork(fileURLToPath(new URL("sink.ts", import.meta.url)), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  let last: Promise<unknown> = Promise.resolve();
  const ask = (order: SinkOrder): Promise<SinkAnswer> => {
    const answer = last.then(
      () =>
        new Promise<SinkAnswer>((resolve, reject) => {
          child.once("message", (message) => resolve(message as SinkAnswer));
          child.once("exit", () => reject(new Error("the feeds' process ended")));
          child.send(order);
        }),
    );
    last = answer.catch(() => {});
    return answer;
  };
  const places = (await ask({ do: "start", feeds })) as SinkPlaces;
  child.setMaxListeners(0);
  return {
    places,
    pid: child.pid ?? 0,
    ask: (order) => ask(order) as Promise<SinkCounts>,
    stop: () => void child.kill("SIGKILL"),
  };
}
