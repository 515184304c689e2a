import { expect, test } from "vitest";
import { stopAll } from "../src/stop-all.ts";

test("parts are stopped one after the other, those after one that fails too, and its error is thrown", async () => {
  const stopped: string[] = [];
  const part = (name: string, error?: string) => async (): Promise<void> => {
    await new Promise(setImmediate);
    stopped.push(name);
    if (error !== undefined) throw new Error(error);
  };
  const stopping = stopAll([part("queues"), part("tracing", "no collector"), part("ledger", "too late"), part("data")]);
  await expect(stopping).rejects.toThrow("no collector");
  expect(stopped).toEqual(["queues", "tracing", "ledger", "data"]);
});
