import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A real HTTP server on loopback that counts the connections made to it. */
export interface LocalServer {
  readonly url: string;
  readonly port: number;
  connections(): number;
  /** Connections that are open at this moment. */
  open(): Promise<number>;
  stop(): Promise<void>;
}

export async function startLocalServer(listener: RequestListener, host = "127.0.0.1"): Promise<LocalServer> {
  const server: Server = createServer(listener);
  let connections = 0;
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    connections: () => connections,
    open: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
