import { createServer } from "node:net";

/** The port on this machine's loopback address where it is free; 0, which is any, where another program has it. */
export function portOrAny(port: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(0));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(port)));
  });
}
