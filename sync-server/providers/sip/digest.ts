import { createHash } from "node:crypto";

export type Challenge = Readonly<Record<string, string>>;
export type DigestRequest = { method: string; uri: string; username: string; password: string };

const hashes: Readonly<Record<string, string>> = { md5: "md5", "sha-256": "sha256" };

/** `Digest realm="x", nonce="y"` by its names in lower case; null where it is another way to sign in. */
export function readChallenge(header: string): Challenge | null {
  const [, parameters] = /^\s*Digest\s+(.*)$/isu.exec(header) ?? [];
  if (parameters === undefined) return null;
  const pairs = parameters.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gu);
  return Object.fromEntries(
    [...pairs].map(([, name = "", quoted, bare = ""]) => [
      name.toLowerCase(),
      quoted === undefined ? bare : quoted.replaceAll(/\\(.)/gu, "$1"),
    ]),
  );
}

/** @returns whether `answerChallenge` knows how */
export function canAnswer({ algorithm = "MD5", qop }: Challenge): boolean {
  return hashes[algorithm.toLowerCase()] !== undefined && (qop === undefined || offersAuth(qop));
}

/**
 * The answer to a challenge, as an Authorization header's value (RFC 7616; without `qop` RFC 2069).
 * @param cnonce random, of this side
 */
export function answerChallenge(challenge: Challenge, request: DigestRequest, cnonce: string): string {
  const { realm = "", nonce = "", opaque, algorithm = "MD5", qop } = challenge;
  const { method, uri, username, password } = request;
  const hash = (text: string) =>
    createHash(hashes[algorithm.toLowerCase()] ?? "md5")
      .update(text)
      .digest("hex");
  const [mine, asked] = [hash(`${username}:${realm}:${password}`), hash(`${method}:${uri}`)];
  const count = "00000001";
  const response =
    qop === undefined
      ? hash(`${mine}:${nonce}:${asked}`)
      : hash(`${mine}:${nonce}:${count}:${cnonce}:auth:${asked}`);
  const quoted = Object.entries({ username, realm, nonce, uri, response, ...(opaque ? { opaque } : {}) })
    .map(([name, value]) => `${name}="${value.replaceAll(/["\\]/gu, String.raw`\$&`)}"`)
    .join(", ");
  const proof = qop === undefined ? "" : `, qop=auth, nc=${count}, cnonce="${cnonce}"`;
  return `Digest ${quoted}, algorithm=${algorithm}${proof}`;
}

function offersAuth(qop: string): boolean {
  return qop.split(",").some((one) => one.trim().toLowerCase() === "auth");
}
