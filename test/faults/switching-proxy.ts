import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** An address that stays while what is behind it changes, as a failover moves a service address. Close it. */
export interface SwitchingProxy {
  readonly port: number;
  /** Cuts every connection and leads new ones there; null: to nobody. */
  switchTo(port: number | null): void;
  /** From now on nothing passes, and nobody is told: as when a network is cut. */
  fallSilent(): void;
  close(): Promise<void>;
}

export async function startSwitchingProxy(first: number): Promise<SwitchingProxy> {
  let target: number | null = first;
  let silent = false;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    if (target === null) {
      if (silent) open.add(near.pause().on("error", () => {}));
      else near.destroy();
      return;
    }
    const far = connect(target, "127.0.0.1");
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cutAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    switchTo: (port) => {
      target = port;
      cutAll();
    },
    fallSilent: () => {
      target = null;
      silent = true;
      for (const socket of open) socket.unpipe().pause();
    },
    close: async () => {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
