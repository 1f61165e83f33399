import { lookup as resolveName, type LookupAddress, type LookupOptions } from "node:dns";
import { request as requestHttp, type IncomingMessage, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { BlockList, isIP } from "node:net";

/** As `fetch`, for the part of it that a client of a protocol needs. */
export type OutwardFetch = (
  url: string,
  init: {
    method?: string;
    headers?: Record<string, string>;
    body?: unknown;
    signal?: AbortSignal | undefined;
  },
) => Promise<Response>;

/** `inside`: the address stands in a network that strangers must not reach through this server. */
export class OutwardFailure extends Error {
  readonly why: "inside" | "unreachable" | "too-large";
  constructor(why: OutwardFailure["why"], message: string) {
    super(message);
    this.why = why;
  }
}

const timeoutMs = 10_000;
const mostBytes = 1024 * 1024;
const inside = insideAddresses();

/**
 * Asks an address that a tenant has named. Where `mayReachInside` is false it refuses what leads into this machine or its
 * network, judged by the address that is really connected to: a name may say something else the second time. Follows no
 * redirects and reads 1 MB at most.
 */
export function createOutwardFetch({ mayReachInside }: { mayReachInside: boolean }): OutwardFetch {
  return async (address, { method = "GET", headers = {}, body, signal }) => {
    const url = new URL(address);
    const host = url.hostname.replace(/^\[|\]$/gu, "");
    // A number is connected to without being looked up.
    if (!mayReachInside && isIP(host) && isInside(host)) throw insideOf(host);
    const limit = AbortSignal.timeout(timeoutMs);
    const options: RequestOptions = {
      method,
      headers,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      ...(mayReachInside ? {} : { lookup: lookupOutside }),
    };
    return send(url, options, body);
  };
}

function send(url: URL, options: RequestOptions, body: unknown): Promise<Response> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(describe(error, url));
    const asked = request(url, options, (answer) => {
      void readAnswer(answer).then(resolve, fail);
    });
    asked.once("error", fail);
    if (body === undefined || body === null) asked.end();
    else asked.end(body instanceof Uint8Array ? body : String(body));
  });
}

async function readAnswer(answer: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw new OutwardFailure("too-large", "The answer is longer than 1 MB.");
    parts.push(part);
  }
  const status = answer.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one);
  const isEmpty = status === 204 || status === 304;
  return new Response(isEmpty ? null : Buffer.concat(parts), { status, headers });
}

function describe(error: Error & { code?: string }, { host }: URL): OutwardFailure {
  if (error instanceof OutwardFailure) return error;
  const because: Record<string, string> = {
    ENOTFOUND: "there is no such name",
    EAI_AGAIN: "its name could not be looked up",
    ECONNREFUSED: "nothing answers there",
    ECONNRESET: "it broke the connection off",
    ABORT_ERR: "it did not answer within 10 s",
  };
  const why =
    because[error.code ?? ""] ?? (isCertificate(error.code) ? "its certificate is not trusted" : error.code);
  return new OutwardFailure("unreachable", `${host} cannot be reached: ${why ?? "the connection failed"}.`);
}

function isCertificate(code = ""): boolean {
  return /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/u.test(code);
}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Looks a name up as a connection does, and lets it lead outside only. */
function lookupOutside(hostname: string, options: LookupOptions, found: Found): void {
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

/**
 * Whether an address leads into this machine or its network now: for clients that connect by themselves. A name that
 * does not resolve leads nowhere.
 */
export async function leadsInside(address: string): Promise<boolean> {
  const host = new URL(address).hostname.replace(/^\[|\]$/gu, "");
  if (isIP(host)) return isInside(host);
  return new Promise((resolve) =>
    lookupOutside(host, { all: true }, (error) =>
      resolve(error instanceof OutwardFailure && error.why === "inside"),
    ),
  );
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
    "::/128",
    "::1/128",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "2002::/16",
    "fc00::/7",
    "fe80::/10",
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
