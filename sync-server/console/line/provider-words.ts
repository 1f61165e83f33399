import type { z } from "zod";
import type { PhoneAccount, Provider } from "../../admin/telephony/wire.ts";

export type Account = z.output<typeof PhoneAccount>;

export const providerWords: Readonly<Record<Provider, { name: string; about: string }>> = {
  twilio: {
    name: "Twilio",
    about: "Numbers, calls and recordings of your own Twilio account. The server steers every call.",
  },
  sip: {
    name: "Your own exchange",
    about:
      "Desks register at your PBX by SIP over WebSocket and call through it. Queues, recordings and listening in stay with the PBX.",
  },
  simulator: {
    name: "Simulated carrier",
    about: "Rings desks with played callers and costs nothing. Nobody outside of this server is called.",
  },
};

export type Field = {
  key: string;
  label: string;
  hint?: string;
  placeholder?: string;
  /** Null = may be left out, and is then kept as null. */
  optional?: true;
};

/** What an admin copies from Twilio's console, by the names that it has there. */
export const twilioConfig: readonly Field[] = [
  {
    key: "accountSid",
    label: "Account SID",
    placeholder: "AC…",
    hint: "On the first page of Twilio’s console.",
  },
  {
    key: "apiKeySid",
    label: "API key SID",
    placeholder: "SK…",
    hint: "Account → API keys. Standard is enough.",
  },
  { key: "applicationSid", label: "TwiML app SID", placeholder: "AP…", hint: "Voice → TwiML apps." },
  { key: "edge", label: "Edge", placeholder: "The nearest", hint: "Such as dublin; empty takes the nearest, which also stands in where it cannot be reached.", optional: true }, // prettier-ignore
];
export const twilioSecrets: readonly Field[] = [
  { key: "authToken", label: "Auth token", hint: "Proves that webhooks come from Twilio." },
  { key: "apiKeySecret", label: "API key secret", hint: "Twilio shows it once, when the key is made." },
];

/** What is wrong with where this server stands, for a carrier that has to reach it; null = nothing. */
export function whyUnreachable(address: string): string | null {
  const { protocol, hostname } = new URL(address);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname) || !/[.:]/u.test(hostname);
  if (isHere)
    return "Twilio cannot reach this machine. Set PUBLIC_URL to where the server is reached from outside.";
  return protocol === "https:"
    ? null
    : "Twilio’s answers would travel in the open. Put the server behind https.";
}
