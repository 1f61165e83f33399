import { z } from "zod";

const FromServer = z.discriminatedUnion("event", [
  z.object({ event: z.literal("media"), media: z.object({ payload: z.base64().max(400_000) }) }),
  z.object({ event: z.literal("mark"), mark: z.object({ name: z.string().max(256) }) }),
  z.object({ event: z.literal("clear") }),
]);
export type StreamFrame = z.infer<typeof FromServer>;

/** Reads what the far end of a media stream sends; null for anything else. */
export function readStreamFrame(text: string): StreamFrame | null {
  try {
    const read = FromServer.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
