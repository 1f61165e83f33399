import { z } from "zod";
import { Instant } from "../../entities/fields.ts";
import { RecordId } from "../../entities/id.ts";
import { ListKey, NobodyNext, OfferedLead } from "./wire.ts";

const ofList = { list: ListKey.nullable() };

/**
 * Why the countdown of a power list stands: the person stopped it, is not available, or has a call or a wrap-up open;
 * or the phone has no line.
 */
export const CountdownHeld = z.enum(["person", "presence", "call", "phone"]);
export type CountdownHeld = z.infer<typeof CountdownHeld>;

/**
 * One agent's work through a list, the same in every window. `list` null = all of theirs. Times are this machine's.
 */
export const DiallerState = z.discriminatedUnion("at", [
  z.strictObject({ at: z.literal("off") }),
  /** `note`: what became of the one before, where that needs words; `byHand`: the next one is not dialled by itself. */
  z.strictObject({ at: z.literal("asking"), ...ofList, note: z.string().nullable(), byHand: z.boolean() }),
  z.strictObject({
    at: z.literal("lead"),
    ...ofList,
    lead: OfferedLead,
    note: z.string().nullable(),
    /** When it is dialled by itself; null = by hand, or `held` says why not now. */
    dialsAt: Instant.nullable(),
    held: CountdownHeld.nullable(),
  }),
  z.strictObject({ at: z.literal("dialling"), ...ofList, lead: OfferedLead, callId: RecordId }),
  /** Until wrap-up is over; then comes the next one. */
  z.strictObject({
    at: z.literal("calling"),
    ...ofList,
    lead: OfferedLead,
    callId: RecordId,
    /** The phone has shown it: when it no longer does, it is over. */
    seen: z.boolean(),
  }),
  z.strictObject({ at: z.literal("nobody"), ...ofList, nobody: NobodyNext, note: z.string().nullable() }),
  z.strictObject({ at: z.literal("trouble"), ...ofList, message: z.string() }),
]);
export type DiallerState = z.infer<typeof DiallerState>;
export type DiallerAt<A extends DiallerState["at"]> = Extract<DiallerState, { at: A }>;

export const diallerOff: DiallerState = { at: "off" };

/** What a person may ask of it, from whichever window. */
export const DiallerCommand = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("start"), ...ofList }),
  z.strictObject({ do: z.literal("stop") }),
  /** Dials whoever is shown. */
  z.strictObject({ do: z.literal("call") }),
  /** Stops the countdown: whoever is shown is read, and dialled by hand. */
  z.strictObject({ do: z.literal("hold") }),
  z.strictObject({ do: z.literal("skip") }),
  z.strictObject({ do: z.literal("later"), at: Instant }),
  z.strictObject({ do: z.literal("remove") }),
  /** Asks again at once where nobody came. */
  z.strictObject({ do: z.literal("again") }),
]);
export type DiallerCommand = z.infer<typeof DiallerCommand>;
