import { z } from "zod";

const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Desks hand their passwords to this address: it must be encrypted unless it is the same machine. */
function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "wss:" || loopback.has(hostname);
}

const server = z
  .url({ protocol: /^wss?$/u, error: "must look like wss://pbx.example.com:7443/ws" })
  .max(300)
  .refine((address) => !URL.canParse(address) || isSafe(address), "must begin with wss://");

/** What an admin may see again of the company's own exchange. */
export const SipConfig = z
  .strictObject({
    /** Its WebSocket, subprotocol `sip`. */
    server,
    /** What follows the @ in everybody's address there. */
    domain: z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/iu, "must be a host's name"),
    /** Where media is led around firewalls; the password of each is a secret of its own. */
    iceServers: z
      .array(
        z.strictObject({
          urls: z.string().regex(/^(?:stuns?|turns?):[^\s,]{1,200}$/u, "must begin with stun: or turn:"),
          username: z.string().max(200).default(""),
        }),
      )
      .max(10)
      .default([]),
    /** Who has which extension. */
    agents: z
      .array(
        z.strictObject({
          userId: z.string().regex(/^[\w:.-]{1,64}$/u),
          username: z.string().regex(/^[\w.+-]{1,64}$/u, "must be letters, digits and . _ + - alone"),
        }),
      )
      .max(1_000)
      .default([]),
  })
  .refine(({ agents }) => isEachOnce(agents.map(({ userId }) => userId)), "Somebody has two extensions.")
  .refine(
    ({ agents }) => isEachOnce(agents.map(({ username }) => username)),
    "Two people have one extension: only one of their desks would ring.",
  );
export type SipConfig = z.infer<typeof SipConfig>;

const password = z.string().min(1).max(200);

/** By what each is for, so that one can be changed without knowing the others. */
export const SipCredentials = z.record(
  z.string().regex(/^(?:agent:[\w:.-]{1,64}|turn:turns?:[^\s,]{1,200})$/u, "is nobody's and no relay's"),
  password,
);
export type SipCredentials = z.infer<typeof SipCredentials>;

export function passwordOf(credentials: SipCredentials, userId: string): string | null {
  return credentials[`agent:${userId}`] ?? null;
}

export function relayPasswordOf(credentials: SipCredentials, urls: string): string {
  return credentials[`turn:${urls}`] ?? "";
}

function isEachOnce(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
