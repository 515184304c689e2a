import { describe, expect, test } from "vitest";
import { compileAllowedNetworks, refusalOfAddress } from "../../src/net/address-guard.ts";

describe("addresses that lead inside", () => {
  test.each([
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "::",
    "::1",
    "::7f00:1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::7f00:1",
    "64:ff9b:1::808:808",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:c0a8:101::",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "3fff::1",
    "5f00::1",
    "2606:4700::5efe:7f00:1",
    "2606:4700::200:5efe:a00:1",
    "4000::1",
    "1::1",
    "[::1]",
    "",
    "localhost",
    "1",
    "127.1",
  ])("%s is refused", (address) => {
    expect(refusalOfAddress(address, [])).not.toBeNull();
  });

  test.each([
    "8.8.8.8",
    "1.1.1.1",
    "93.184.216.34",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700:4700::1111",
    "2a00:1450:4001:81b::200e",
    "64:ff9b::808:808",
    "2002:808:808::1",
    "::ffff:8.8.8.8",
  ])("%s is public", (address) => {
    expect(refusalOfAddress(address, [])).toBeNull();
  });
});

describe("the allow-list", () => {
  test("opens an address, a network, and what carries them, and nothing else", () => {
    const allowed = compileAllowedNetworks(["127.0.0.1", "10.1.0.0/16", "fd00::/8"]);
    for (const address of ["127.0.0.1", "::ffff:127.0.0.1", "10.1.255.1", "fd12::1"])
      expect(refusalOfAddress(address, allowed)).toBeNull();
    for (const address of ["127.0.0.2", "10.2.0.1", "fc00::1", "::1", "169.254.169.254"])
      expect(refusalOfAddress(address, allowed)).not.toBeNull();
  });

  test.each(["localhost", "127.1", "10.0.0.0/33", "", "*"])("«%s» is a mistake that is named", (entry) => {
    expect(() => compileAllowedNetworks([entry])).toThrow(`«${entry}»`);
  });
});
