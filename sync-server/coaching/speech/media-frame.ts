import { z } from "zod";

const count = z.union([z.string().regex(/^\d{1,12}$/u), z.int().min(0)]).transform(Number);

/** What Twilio, and carriers that speak its language, send on a media stream. */
const Frame = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("start"),
    streamSid: z.string().min(1).max(64),
    start: z.object({
      callSid: z.string().min(1).max(64),
      mediaFormat: z.object({
        encoding: z.literal("audio/x-mulaw"),
        sampleRate: z.literal(8_000),
        channels: z.literal(1),
      }),
    }),
  }),
  z.object({
    event: z.literal("media"),
    media: z.object({
      track: z.enum(["inbound", "outbound"]),
      /** Ms from the stream's beginning. */
      timestamp: count,
      /** µ-law, base64; 20 ms are 160 bytes. */
      payload: z.string().max(32_000),
    }),
  }),
  z.object({ event: z.literal("stop") }),
  z.object({ event: z.enum(["connected", "dtmf", "mark"]) }),
]);
export type MediaFrame = z.infer<typeof Frame>;

/** @returns null for what is none */
export function readMediaFrame(text: string): MediaFrame | null {
  try {
    const read = Frame.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
