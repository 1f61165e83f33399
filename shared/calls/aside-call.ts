import { z } from "zod";
import { Instant, line, phone, recordRef } from "../entities/fields.ts";
import { RecordId } from "../entities/id.ts";
import { CallState } from "./call.ts";
import { CallEvent } from "./call-event.ts";

/**
 * A call of a company's own exchange that this desk is or was in, and of which nobody has said yet that it is this
 * person's: what is to be told of it should it turn out to be (docs/decisions/0037).
 */
export const AsideCall = z.object({
  callId: RecordId,
  /** What this desk knows of it by itself. */
  events: z.array(CallEvent).max(500),
  /** A colleague's, as it was known last. */
  record: CallState.nullable(),
  name: line,
  company: line,
  leadId: recordRef,
  /** Whom it is with, where that is not with whom it began. */
  passedTo: phone.nullable(),
  /** When this desk was last known to be in it. */
  inUntil: Instant,
});
export type AsideCall = z.infer<typeof AsideCall>;

/** The oldest are let go of: nobody who gave them away was heard for that long. */
export const mostAside = 20;
