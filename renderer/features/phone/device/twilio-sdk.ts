import type * as Sdk from "@twilio/voice-sdk";

/** Where signalling goes instead of to Twilio; the SDK makes `wss://<host>/signal` of the key. */
const redirects = new Map<string, string>();

let loading: Promise<typeof Sdk> | null = null;

/**
 * The voice SDK, loaded once somebody has a line with it. It takes the WebSocket that it finds while it loads, and
 * speaks TLS to whatever host it is given: the simulator on this machine has none, so its socket is sent there.
 */
export function loadSdk(): Promise<typeof Sdk> {
  return (loading ??= importWith(RedirectedSocket));
}

/** @returns what to give the SDK as the host of `signalling` */
export function redirectSignalling(signalling: string): string {
  const host = `${new URL(signalling).host}`;
  redirects.set(`wss://${host}/signal`, signalling);
  return host;
}

class RedirectedSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(redirects.get(String(url)) ?? url, protocols);
  }
}

async function importWith(Socket: typeof WebSocket): Promise<typeof Sdk> {
  const { WebSocket: browsers } = globalThis;
  globalThis.WebSocket = Socket;
  try {
    return await import("@twilio/voice-sdk");
  } finally {
    globalThis.WebSocket = browsers;
  }
}
