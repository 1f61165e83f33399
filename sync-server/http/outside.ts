import { lookup as resolve, type LookupAddress, type LookupOptions } from "node:dns";
import { BlockList, isIP } from "node:net";

// What strangers must not reach through this server: this machine, and its network.

/** `inside`: the address stands in a network that strangers must not reach through this server. */
export class OutwardFailure extends Error {
  readonly why: "inside" | "unreachable" | "too-large";
  constructor(why: OutwardFailure["why"], message: string) {
    super(message);
    this.why = why;
  }
}

const inside = insideAddresses();

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** As `dns.lookup`. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  found: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;
export type LookUp = (hostname: string, options: LookupOptions, found: Found) => void;

/**
 * Looks names up for connections, and lets them lead outside only. A connection goes to the very address that was
 * judged here: a name that says something else the second time gains nothing by it.
 */
export function createLookupOutside(resolveName: Resolve): LookUp {
  return (hostname, options, found) =>
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return found(error, []);
      // One that leads inside spoils the name: which one is taken is not ours to say.
      if (addresses.length === 0 || addresses.some(({ address }) => isInside(address)))
        return found(insideOf(hostname), []);
      if (options.all) return found(null, addresses);
      const [first] = addresses as [LookupAddress, ...LookupAddress[]];
      found(null, first.address, first.family);
    });
}

export const lookupOutside = createLookupOutside(resolve);

/**
 * A number is connected to without being looked up.
 * @param hostname as in a URL
 * @returns null where it leads outside, or is a name
 */
export function refusalOfNumber(hostname: string): OutwardFailure | null {
  const host = hostname.replace(/^\[|\]$/gu, "");
  return isIP(host) && isInside(host) ? insideOf(host) : null;
}

function insideOf(host: string): OutwardFailure {
  return new OutwardFailure("inside", `${host} stands in this server’s own network.`);
}

function isInside(address: string): boolean {
  return inside.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** What the registries of special-purpose addresses (RFC 6890) keep off the internet. */
function insideAddresses(): BlockList {
  const list = new BlockList();
  const ipv4 = [
    ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
    ...["192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"],
  ];
  const ipv6 = [
    "::/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/32",
    "2002::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
  ];
  for (const [ranges, family] of [
    [ipv4, "ipv4"],
    [ipv6, "ipv6"],
  ] as const)
    for (const range of ranges) {
      const [net = "", bits] = range.split("/");
      list.addSubnet(net, Number(bits), family);
    }
  return list;
}
