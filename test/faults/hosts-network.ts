import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";

/** A host of its own: a network namespace with an address on the bridge that all hosts share. */
export interface NetworkHost {
  readonly address: string;
  /** What a command is put behind to run on this host. */
  readonly under: readonly string[];
  /** Pulls its cable, and puts it back. */
  cut(): void;
  mend(): void;
}

/** Hosts on one bridge of this machine, which has an address there too. Close it. */
export interface HostsNetwork {
  /** This machine's own address on the bridge. */
  readonly address: string;
  readonly network: string;
  addHost(): NetworkHost;
  close(): void;
}

const ip = (...args: string[]): void => void execFileSync("ip", args, { stdio: "pipe" });

/** Sets up the bridge; null where this account cannot make network namespaces. */
export function openHostsNetwork(): HostsNetwork | null {
  const tag = randomBytes(2).toString("hex");
  const bridge = `rasid${tag}`;
  const third = 100 + Number.parseInt(tag.slice(0, 2), 16) / 2;
  const prefix = `10.77.${Math.floor(third)}`;
  try {
    ip("link", "add", bridge, "type", "bridge");
    ip("addr", "add", `${prefix}.1/24`, "dev", bridge);
    ip("link", "set", bridge, "up");
  } catch {
    return null;
  }
  const names: string[] = [];
  return {
    address: `${prefix}.1`,
    network: `${prefix}.0/24`,
    addHost: () => {
      const place = names.length + 2;
      const name = `${bridge}-${place}`;
      const [outer, inner] = [`ve${tag}${place}`, `vi${tag}${place}`];
      ip("netns", "add", name);
      names.push(name);
      ip("link", "add", outer, "type", "veth", "peer", "name", inner);
      ip("link", "set", inner, "netns", name);
      ip("link", "set", outer, "master", bridge);
      ip("link", "set", outer, "up");
      ip("-n", name, "addr", "add", `${prefix}.${place}/24`, "dev", inner);
      ip("-n", name, "link", "set", inner, "up");
      ip("-n", name, "link", "set", "lo", "up");
      return {
        address: `${prefix}.${place}`,
        under: ["ip", "netns", "exec", name],
        cut: () => ip("link", "set", outer, "down"),
        mend: () => ip("link", "set", outer, "up"),
      };
    },
    close: () => {
      for (const name of names) ip("netns", "del", name);
      ip("link", "del", bridge);
    },
  };
}
