import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { shutOut } from "../../../shared/rpc/pipe.ts";

export type Verdict =
  | { let: "in" }
  /** The launch token was right: it becomes a cookie and leaves the address. */
  | { let: "in-with-cookie"; cookie: string; location: string }
  | { let: "out"; status: 401 | 403 | 405 | 421; why: string };

interface Asked {
  method: string | undefined;
  /** Path and query, as in the request line. */
  url: string;
  headers: IncomingHttpHeaders;
  isUpgrade: boolean;
}

export interface Gate {
  /** What the person opens: carries the launch token. */
  address: string;
  /** An address that lets in once: what other programs see in a command line is worth nothing afterwards. */
  addressForOnce(path: string): string;
  judge(asked: Asked): Verdict;
}

/**
 * Decides who may talk to a desk on 127.0.0.1. Any page in any browser of this machine can send requests here, so:
 * Host must be ours (DNS rebinding), Origin must be ours where there is one and there must be one on a WebSocket
 * (other sites), and the caller must hold this launch's secret (other users of the machine).
 */
export function openGate(port: number): Gate {
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const token = randomBytes(32).toString("base64url");
  const ticket = randomBytes(32).toString("base64url");
  // Cookies do not know ports: the name keeps two desks apart.
  const cookieName = `ringside-${port}`;

  const onceTokens = new Set<string>();

  return { address: `${origin}/?token=${token}`, addressForOnce, judge };

  function addressForOnce(path: string): string {
    const once = randomBytes(32).toString("base64url");
    onceTokens.add(once);
    const url = new URL(path, origin);
    url.searchParams.set("token", once);
    return url.href;
  }

  function judge({ method, url, headers, isUpgrade }: Asked): Verdict {
    if (headers.host !== host) return out(421, "This desk answers to its own address only.");
    if (headers.origin !== undefined && headers.origin !== origin)
      return out(403, "Another site asked for this.");
    if (isUpgrade && headers.origin === undefined)
      return out(403, "A connection must say where it comes from.");
    if (method !== "GET" && method !== "HEAD") return out(405, "Pages can only be read.");
    if (isSame(cookieOf(headers.cookie, cookieName), ticket)) return { let: "in" };
    // Joined rather than resolved: whatever the request line says, the host stays ours.
    const asked = URL.parse(origin + url);
    const given = asked?.searchParams.get("token") ?? null;
    if (
      isUpgrade ||
      asked === null ||
      given === null ||
      !(isSame(given, token) || onceTokens.delete(given))
    ) {
      return out(401, shutOut);
    }
    return { let: "in-with-cookie", cookie: asCookie(), location: withoutToken(asked) };
  }

  function asCookie(): string {
    return `${cookieName}=${ticket}; Path=/; HttpOnly; SameSite=Strict`;
  }
}

function out(status: 401 | 403 | 405 | 421, why: string): Verdict {
  return { let: "out", status, why };
}

function withoutToken(url: URL): string {
  url.searchParams.delete("token");
  // A path of `//host` would lead away from here.
  return url.pathname.replace(/^\/+/u, "/") + url.search;
}

function cookieOf(header: string | undefined, name: string): string | null {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

function isSame(given: string | null, secret: string): boolean {
  if (given === null) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
