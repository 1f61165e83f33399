import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import { lookupOutside, OutwardFailure, refusalOfNumber } from "../../http/index.ts";
import { answerChallenge, canAnswer, readChallenge } from "./digest.ts";
import { readResponse, writeRequest, type SipRequest, type SipResponse } from "./messages.ts";

/** Thrown when nothing that is SIP was heard in time. */
export class NoExchange extends Error {}

/** How an exchange answers; `needs`: it wants a kind of sign-in that is not known here. */
export type Reply = { status: number; reason: string } | "needs-another-sign-in";

export type Exchange = {
  /** Whether anybody is there. */
  ask(domain: string): Promise<Reply>;
  /** Whether this person may register; registers nobody. */
  signIn(domain: string, username: string, password: string): Promise<Reply>;
  close(): void;
};

type Reach = { mayReachInside: boolean; signal: AbortSignal };

const largestMessage = 64 * 1024;

/**
 * Opens a WebSocket to a company's exchange and asks it things, as a desk would.
 * @throws NoExchange, here and from every question, when `signal` ends before the answer
 */
export async function openExchange(server: string, { mayReachInside, signal }: Reach): Promise<Exchange> {
  const { host, hostname, protocol } = new URL(server);
  if (!mayReachInside && refusalOfNumber(hostname)) throw new NoExchange(`${host} ${isInside}`);
  const socket = new WebSocket(server, ["sip"], {
    ...{ maxPayload: largestMessage, perMessageDeflate: false },
    ...(mayReachInside ? {} : { lookup: lookupOutside }),
  });
  const waiting = new Map<string, (response: SipResponse) => void>();
  const failed = new Promise<never>((_, reject) => {
    const fail = (why: string) => reject(new NoExchange(`${host} ${why}`));
    // A certificate is the admin's to put right; of the rest only that nobody answers is told.
    socket.on("error", (error: Error & { code?: string }) => fail(troubleOf(error)));
    socket.on("close", () => fail(noSip));
    signal.addEventListener("abort", () => fail("does not answer in time."));
  });
  failed.catch(() => socket.terminate());
  socket.on("message", (data) => {
    const response = readResponse(String(data));
    // "Trying" and "ringing" are no answers yet.
    if (response && response.status >= 200) waiting.get(questionOf(response))?.(response);
  });
  await Promise.race([new Promise<void>((resolve) => socket.once("open", () => resolve())), failed]);

  const send = (request: SipRequest): Promise<SipResponse> => {
    const key = `${request.callId} ${request.seq} ${request.method}`;
    const answered = new Promise<SipResponse>((resolve) => waiting.set(key, resolve));
    socket.send(writeRequest(request));
    return Promise.race([answered, failed]).finally(() => waiting.delete(key));
  };
  const begin = (method: SipRequest["method"], domain: string, username: string): SipRequest => ({
    ...{ method, uri: `sip:${domain}`, address: `sip:${username}@${domain}`, seq: 1 },
    ...{ callId: newName(), branch: newName(), tag: newName(), isSecure: protocol === "wss:" },
  });
  return {
    async ask(domain) {
      return send(begin("OPTIONS", domain, "ringside"));
    },
    async signIn(domain, username, password) {
      const first = begin("REGISTER", domain, username);
      const challenged = await send(first);
      if (challenged.status !== 401 && challenged.status !== 407) return challenged;
      const authorization = proofFor(first, challenged, username, password);
      if (authorization === null) return "needs-another-sign-in";
      return send({ ...first, seq: 2, branch: newName(), authorization });
    },
    close: () => socket.close(),
  };
}

const isInside = "stands in the server's own network, where only the operator can let it be tested.";
const noSip = "does not answer as a SIP server over WebSocket.";

function troubleOf(error: Error & { code?: string }): string {
  if (error instanceof OutwardFailure) return isInside;
  return /CERT|ALTNAME/u.test(error.code ?? "")
    ? `has a certificate that does not hold (${error.code})`
    : noSip;
}

/** What an answer has in common with its question. */
function questionOf({ headers }: SipResponse): string {
  const [seq = "", method = ""] = (headers.get("cseq")?.[0] ?? "").split(/\s+/u);
  return `${headers.get("call-id")?.[0] ?? ""} ${seq} ${method}`;
}

function proofFor(
  { method, uri }: SipRequest,
  { status, headers }: SipResponse,
  username: string,
  password: string,
): NonNullable<SipRequest["authorization"]> | null {
  const isProxy = status === 407;
  const offered = headers.get(isProxy ? "proxy-authenticate" : "www-authenticate") ?? [];
  const challenge = offered.map(readChallenge).find((one) => one !== null && canAnswer(one));
  if (!challenge) return null;
  const value = answerChallenge(challenge, { method, uri, username, password }, newName());
  return { header: isProxy ? "Proxy-Authorization" : "Authorization", value };
}

function newName(): string {
  return randomBytes(12).toString("hex");
}
