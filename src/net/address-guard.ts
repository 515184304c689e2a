import ipaddr from "ipaddr.js";

/** A network, written as an address or in CIDR form, that may be reached although it is not public. */
export type AllowedNetwork = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/**
 * Compiles the list of addresses and networks inside that may be reached nevertheless ("127.0.0.1", "10.1.0.0/16").
 * @throws Error that names the entry that is neither an address nor a network.
 */
export function compileAllowedNetworks(entries: readonly string[]): AllowedNetwork[] {
  return entries.map((entry) => {
    if (ipaddr.IPv4.isValidCIDRFourPartDecimal(entry) || ipaddr.IPv6.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
    if (ipaddr.IPv4.isValidFourPartDecimal(entry)) return [ipaddr.IPv4.parse(entry), 32] as const;
    if (ipaddr.IPv6.isValid(entry)) return [ipaddr.IPv6.parse(entry), 128] as const;
    throw new Error(`«${entry}» is neither an IP address nor a network such as 127.0.0.0/8`);
  });
}

/**
 * Why an address must not be reached, or null when it may be: public unicast, or on the allow-list.
 * IPv6 forms that carry an IPv4 address (mapped, compatible, translated, NAT64, 6to4, ISATAP) are judged by what
 * they carry, so that 64:ff9b::7f00:1 is the loopback it leads to. Text that is no address is refused.
 */
export function refusalOfAddress(text: string, allowed: readonly AllowedNetwork[]): string | null {
  const bare = text.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return `${text} is not an address`;
  const address = ipaddr.parse(bare);
  const carried = address instanceof ipaddr.IPv6 ? carriedIPv4(address) : undefined;
  if (isAllowed(address, allowed) || (carried !== undefined && isAllowed(carried, allowed))) return null;
  if (address instanceof ipaddr.IPv4) return refusalOfIPv4(address);
  if (carried !== undefined) {
    const refusal = refusalOfIPv4(carried);
    return refusal === null ? null : `${bare} leads to ${refusal}`;
  }
  return refusalOfIPv6(address as ipaddr.IPv6);
}

function isAllowed(address: ipaddr.IPv4 | ipaddr.IPv6, allowed: readonly AllowedNetwork[]): boolean {
  return allowed.some(([network, bits]) => {
    if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, bits);
    return network instanceof ipaddr.IPv6 && address.match(network, bits);
  });
}

function refusalOfIPv4(address: ipaddr.IPv4): string | null {
  const range = address.range();
  return range === "unicast" ? null : `${address.toString()} (${range})`;
}

/** Public IPv6 addresses lie in 2000::/3; everything outside it is refused, named or not. */
function refusalOfIPv6(address: ipaddr.IPv6): string | null {
  const range = address.range();
  if (range !== "unicast") return `${address.toString()} (${range})`;
  const first = address.parts[0] ?? 0;
  return first >= 0x2000 && first <= 0x3fff ? null : `${address.toString()} (not global)`;
}

/** The IPv4 address that an IPv6 form leads to: RFC 4291 mapped and compatible, RFC 6052, 6145, 3056, 5214. */
function carriedIPv4(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const p = address.parts;
  const zero = (from: number, to: number): boolean => p.slice(from, to).every((part) => part === 0);
  const last = (): ipaddr.IPv4 => ipv4Of(p[6] ?? 0, p[7] ?? 0);
  if (zero(0, 5) && p[5] === 0xffff) return last();
  if (zero(0, 6)) return last();
  if (zero(0, 4) && p[4] === 0xffff && p[5] === 0) return last();
  if (p[0] === 0x64 && p[1] === 0xff9b && zero(2, 6)) return last();
  if (p[0] === 0x2002) return ipv4Of(p[1] ?? 0, p[2] ?? 0);
  if (((p[4] ?? 0) & 0xfdff) === 0 && p[5] === 0x5efe) return last();
  return undefined;
}

function ipv4Of(high: number, low: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
}
