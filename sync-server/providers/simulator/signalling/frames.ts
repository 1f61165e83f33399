import { z } from "zod";

const sid = z.string().min(1).max(128);
const sdp = z.string().max(64_000);

const payloads = {
  listen: z.object({
    token: z.string().max(8_192),
    reconnectTimeout: z.number().min(0).max(30).default(0),
    browserinfo: z.object({ plugin: z.string().max(32).default("rtc") }).default({ plugin: "rtc" }),
  }),
  register: z.object({ media: z.object({ audio: z.boolean() }) }),
  invite: z.object({
    callsid: sid,
    sdp,
    reconnect: z.string().max(128).optional(),
    twilio: z.object({ params: z.string().max(16_384).optional() }).default({}),
  }),
  answer: z.object({ callsid: sid, sdp }),
  reinvite: z.object({ callsid: sid, sdp }),
  hangup: z.object({ callsid: sid }),
  reject: z.object({ callsid: sid }),
  dtmf: z.object({ callsid: sid, dtmf: z.string().max(64) }),
  message: z.object({ callsid: sid, voiceeventsid: z.string().max(128).optional() }),
};

type Payloads = typeof payloads;

/** What the SDK's PStream sends. */
export type ClientFrame = {
  [Type in keyof Payloads]: { type: Type; payload: z.infer<Payloads[Type]> };
}[keyof Payloads];

/** Reads one frame; null for anything that the SDK does not send. */
export function readFrame(text: string): ClientFrame | null {
  try {
    const { type, payload } = JSON.parse(text) as { type: string; payload: unknown };
    if (!Object.hasOwn(payloads, type)) return null;
    const read = payloads[type as keyof Payloads].safeParse(payload);
    return read.success ? ({ type, payload: read.data } as ClientFrame) : null;
  } catch {
    return null;
  }
}
