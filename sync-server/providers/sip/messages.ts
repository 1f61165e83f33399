export type SipRequest = {
  method: "REGISTER" | "OPTIONS";
  /** `sip:domain` */
  uri: string;
  /** Whose address it is about, `sip:user@domain`. */
  address: string;
  callId: string;
  seq: number;
  /** Names this question; the answer repeats it. */
  branch: string;
  tag: string;
  isSecure: boolean;
  authorization?: { header: "Authorization" | "Proxy-Authorization"; value: string };
};

export type SipResponse = {
  status: number;
  reason: string;
  /** Every value of a header, by its whole name in lower case. */
  headers: ReadonlyMap<string, readonly string[]>;
};

/** Nobody can reach a browser or a client behind a WebSocket by name: RFC 7118 has them make one up. */
const nowhere = "ringside.invalid";

/** A request as it goes over the WebSocket. A REGISTER without a contact changes nothing: it asks who is registered. */
export function writeRequest(request: SipRequest): string {
  const { method, uri, address, callId, seq, branch, tag, isSecure, authorization } = request;
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/${isSecure ? "WSS" : "WS"} ${nowhere};branch=z9hG4bK${branch};rport`,
    "Max-Forwards: 70",
    `From: <${address}>;tag=${tag}`,
    `To: <${method === "REGISTER" ? address : uri}>`,
    `Call-ID: ${callId}`,
    `CSeq: ${seq} ${method}`,
    ...(authorization ? [`${authorization.header}: ${authorization.value}`] : []),
    "User-Agent: Ringside",
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
}

const wholeNames: Readonly<Record<string, string>> = { i: "call-id", v: "via", f: "from", t: "to" };

/** What an exchange answers; null for its own requests, keep-alives and what is no SIP. */
export function readResponse(message: string): SipResponse | null {
  const [head = ""] = message.split(/\r?\n\r?\n/u, 1);
  const [start = "", ...lines] = head.replaceAll(/\r?\n[ \t]+/gu, " ").split(/\r?\n/u);
  const [, status, reason = ""] = /^SIP\/2\.0 (\d{3})(?: (.*))?$/iu.exec(start) ?? [];
  if (status === undefined) return null;
  const pairs = lines.flatMap((line) => {
    const [, name = "", value = ""] = /^([^\s:]+)\s*:\s*(.*)$/u.exec(line) ?? [];
    const lower = name.toLowerCase();
    return name === "" ? [] : [[wholeNames[lower] ?? lower, value.trim()] as const];
  });
  const grouped = Map.groupBy(pairs, ([name]) => name);
  const headers = new Map([...grouped].map(([name, found]) => [name, found.map(([, value]) => value)]));
  return { status: Number(status), reason, headers };
}
