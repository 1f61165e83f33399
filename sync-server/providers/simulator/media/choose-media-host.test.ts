import { expect, test } from "vitest";
import { chooseMediaHost } from "./choose-media-host.ts";

const address = (family: "IPv4" | "IPv6", internal: boolean, text: string) =>
  ({ family, internal, address: text, netmask: "", mac: "", cidr: null, scopeid: 0 }) as const;
const interfaces = {
  lo0: [address("IPv4", true, "127.0.0.1")],
  en0: [address("IPv6", false, "fe80::1"), address("IPv4", false, "192.168.1.7")],
};

test("the loopback on Linux, the network's own address elsewhere, the loopback without a network", () => {
  expect(chooseMediaHost("linux", interfaces)).toBe("127.0.0.1");
  expect(chooseMediaHost("darwin", interfaces)).toBe("192.168.1.7");
  expect(chooseMediaHost("win32", { lo0: interfaces.lo0 })).toBe("127.0.0.1");
});
