import { Worker, type WorkerOptions } from "node:worker_threads";

/**
 * Starts a thread of ours. Compiled code starts as it is; from source, Node does not read TypeScript in threads, so a
 * loader is registered first.
 * @param name the file of the thread's entry, without its ending.
 * @param beside the `import.meta.url` of a file in the same folder.
 */
export function startThread(name: string, beside: string, options: WorkerOptions): Worker {
  if (!beside.endsWith(".ts")) return new Worker(new URL(`./${name}.js`, beside), options);
  const loader = import.meta.resolve("tsx/esm/api");
  const entry = new URL(`./${name}.ts`, beside).href;
  return new Worker(`import("${loader}").then((tsx) => tsx.tsImport("${entry}", "${entry}"))`, {
    ...options,
    eval: true,
    execArgv: [],
  });
}
