import { z } from "zod";
import { RecordId } from "../entities/id.ts";

export const Speaker = z.enum(["agent", "customer"]);
export type Speaker = z.infer<typeof Speaker>;

/** What was said in one go, as it stands now. A final one is kept as the segment of the same id. */
export const Utterance = z.strictObject({
  id: RecordId,
  speaker: Speaker,
  /** Milliseconds on the call's one clock, which starts at the answer. */
  startMs: z.int().min(0),
  endMs: z.int().min(0),
  text: z.string().max(20_000),
  /** Start (from `startMs`) and length of each word of `text` in ms, alternately; empty = not told. */
  timing: z.array(z.int().min(0)).max(8_000),
  /** Grows with each telling of the same utterance: one that comes late is known by it. */
  revision: z.int().min(0),
  /** False: the recogniser may still change its mind. */
  final: z.boolean(),
});
export type Utterance = z.infer<typeof Utterance>;
